package karuta.lmm.model;

import ai.djl.Device;
import ai.djl.engine.Engine;
import java.util.regex.Pattern;
import karuta.api.KarutaException;
import karuta.tensor.TorchEngine;

/** Where arrays are: {@code cpu}, or {@code gpu:0} and so on. */
public final class Devices {

    private static final Pattern GPU = Pattern.compile("gpu(?::(\\d{1,3}))?");

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
        var count = Engine.getEngine("PyTorch").getGpuCount();
        var number = gpu.group(1) == null ? 0 : Integer.parseInt(gpu.group(1));
        if (number >= count) {
            throw new KarutaException(
                    "The device gpu:" + number + " is not there: PyTorch sees " + count + " GPUs.",
                    "Say cpu, or set KARUTA_LIBTORCH to a libtorch 2.7.1 for CUDA 12.8.");
        }
        return Device.gpu(number);
    }
}
