package karuta.lmm.model;

import ai.djl.Device;
import ai.djl.engine.EngineException;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.function.Supplier;
import javax.management.JMException;
import javax.management.ObjectName;
import karuta.api.KarutaException;
import karuta.safetensors.Weights;

/** Says how much memory a model needs, where it will not fit. */
final class MemoryCheck {

    private static final double GIB = 1L << 30;

    private MemoryCheck() {}

    /**
     * Loads a model.
     *
     * @param weights what will be loaded
     * @throws KarutaException before anything is loaded if the weights are larger than the main memory; or if the GPU's
     *     memory, or Java's, turns out to be too small
     */
    static <T> T loading(Weights weights, Precision precision, Device device, Supplier<T> load) {
        var needed = weights.names().stream()
                        .mapToLong(name -> weights.shape(name).size())
                        .sum()
                * (precision == Precision.FP32 ? Float.BYTES : Short.BYTES);
        if (!device.isGpu() && needed > mainMemory()) {
            throw tooLarge(
                    weights,
                    needed,
                    precision,
                    String.format(Locale.ROOT, "this machine has %.1f GiB", mainMemory() / GIB));
        }
        try {
            return load.get();
        } catch (EngineException e) {
            if (device.isGpu() && String.valueOf(e.getMessage()).contains("out of memory")) {
                throw tooLarge(weights, needed, precision, "the GPU has less");
            }
            throw e;
        } catch (OutOfMemoryError e) {
            throw new KarutaException(
                    String.format(
                            Locale.ROOT,
                            "Memory ended while %s was loaded, whose weights take %.1f GiB in %s: %s.",
                            weights.source(),
                            needed / GIB,
                            precision.name().toLowerCase(Locale.ROOT),
                            e.getMessage()),
                    "Give Java more (KARUTA_JAVA_OPTS=-Xmx4g), or set dtype to bf16 or fp16.",
                    e);
        }
    }

    private static KarutaException tooLarge(Weights weights, long needed, Precision precision, String have) {
        return new KarutaException(
                String.format(
                        Locale.ROOT,
                        "The weights of %s take %.1f GiB in %s; %s.",
                        weights.source(),
                        needed / GIB,
                        precision.name().toLowerCase(Locale.ROOT),
                        have),
                precision == Precision.FP32 ? "Set dtype to bf16 or fp16, which halves it." : "Use a smaller model.");
    }

    /** Asked for by name, since not every Java has the class that the value belongs to. */
    private static long mainMemory() {
        try {
            var system = new ObjectName(ManagementFactory.OPERATING_SYSTEM_MXBEAN_NAME);
            return (long) ManagementFactory.getPlatformMBeanServer().getAttribute(system, "TotalMemorySize");
        } catch (JMException e) {
            return Long.MAX_VALUE;
        }
    }
}
