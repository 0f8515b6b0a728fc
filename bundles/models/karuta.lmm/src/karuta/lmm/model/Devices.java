package karuta.lmm.model;

import ai.djl.Device;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.types.Shape;
import java.util.regex.Pattern;
import karuta.api.KarutaException;
import karuta.tensor.TorchEngine;

/** Where arrays are: {@code cpu}, or {@code gpu:0} and so on. */
public final class Devices {

    /** PyTorch numbers devices in 8 bits: 256 would be the first again. */
    private static final Pattern GPU = Pattern.compile("gpu(?::(\\d{1,2}))?");

    private Devices() {}

    /**
     * The device of a name.
     *
     * @throws KarutaException if there is no such device
     */
    public static Device of(String name) {
        if (name.equals("cpu")) {
            return Device.cpu();
        }
        var gpu = GPU.matcher(name);
        if (!gpu.matches()) {
            throw new KarutaException("There is no device \"" + name + "\".", "Say cpu, or gpu:0 for the first GPU.");
        }
        TorchEngine.start();
        var device = Device.gpu(gpu.group(1) == null ? 0 : Integer.parseInt(gpu.group(1)));
        try {
            probe(device);
        } catch (EngineException e) {
            throw new KarutaException(
                    "The device " + name + " is not there: " + why(String.valueOf(e.getMessage())),
                    "Say cpu, or set KARUTA_LIBTORCH to a libtorch for CUDA, see gpu.md.",
                    e);
        }
        return device;
    }

    private static String why(String said) {
        return said.contains("from the 'CUDA' backend")
                ? "these PyTorch libraries are for the CPU."
                : said.lines().findFirst().orElse("PyTorch does not say why.");
    }

    /** Asks PyTorch. DJL's own count needs a CUDA runtime where the system looks for libraries, which PyTorch brings. */
    private static void probe(Device device) {
        try (var manager = TorchEngine.manager(device)) {
            manager.zeros(new Shape(1));
        }
    }
}
