package karuta.engine.run;

import ai.djl.Device;
import ai.djl.engine.Engine;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;

/** What the numbers of a run depend on beside the study: versions, machine, threads. */
final class Provenance {

    private static final String THREADS = "ai.djl.pytorch.num_threads";

    private Provenance() {}

    /** What decides over the last bits of a result, beside the device. */
    static String numerics() {
        return String.join("\n", torch(), threads(), System.getProperty("os.arch"), kernels());
    }

    static Map<String, String> environment(Device device) {
        var notes = new TreeMap<String, String>();
        notes.put("device", device.toString());
        notes.put("java", System.getProperty("java.vendor") + " " + System.getProperty("java.version"));
        notes.put(
                "os",
                System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                        + System.getProperty("os.arch"));
        notes.put("processor", Processor.here().model());
        notes.put("kernels", kernels());
        notes.put("processors", Integer.toString(Runtime.getRuntime().availableProcessors()));
        notes.put("threads", threads());
        return notes;
    }

    /** Of the bundles that take part; outside OSGi, of PyTorch alone. */
    static Map<String, String> versions() {
        var versions = new TreeMap<String, String>();
        versions.put("pytorch", torch());
        Natives.loaded().ifPresent(hash -> versions.put("natives", hash));
        Optional.ofNullable(FrameworkUtil.getBundle(Provenance.class))
                .map(Bundle::getBundleContext)
                .map(BundleContext::getBundles)
                .map(Arrays::stream)
                .orElseGet(Stream::of)
                .filter(bundle -> bundle.getSymbolicName().startsWith("karuta.")
                        || bundle.getSymbolicName().startsWith("ai.djl."))
                .forEach(bundle -> versions.put(
                        bundle.getSymbolicName(), bundle.getVersion().toString()));
        return versions;
    }

    private static String kernels() {
        return Processor.here().kernels(System.getenv());
    }

    private static String torch() {
        return Engine.getEngine("PyTorch").getVersion();
    }

    private static String threads() {
        return System.getProperty(THREADS, Integer.toString(Runtime.getRuntime().availableProcessors()));
    }
}
