package karuta.tensor;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDManager;
import java.nio.file.Path;
import java.util.Optional;
import karuta.api.KarutaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The PyTorch engine. */
public final class TorchEngine {

    private static final Logger log = LoggerFactory.getLogger(TorchEngine.class);
    private static boolean started;

    private TorchEngine() {}

    /**
     * Makes the engine ready, inside OSGi and outside. Further calls do nothing. Nothing is downloaded and nothing is
     * reported to anybody.
     *
     * @throws KarutaException if the engine or its native libraries are not there, or the user's own do not fit
     */
    public static synchronized void start() {
        if (started) {
            return;
        }
        setIfAbsent("ai.djl.offline", "true");
        setIfAbsent("OPT_OUT_TRACKING", "true");
        Optional.ofNullable(System.getProperty(Libtorch.PROPERTY))
                .map(Path::of)
                .map(Libtorch::in)
                .ifPresent(Libtorch::choose);
        var thread = Thread.currentThread();
        var loader = thread.getContextClassLoader();
        // DJL finds its engine by ServiceLoader, and its natives as resources, through the thread's class loader.
        thread.setContextClassLoader(Engine.class.getClassLoader());
        try {
            var engine = Engine.getEngine("PyTorch");
            log.debug("{} {}", engine.getEngineName(), engine.getVersion());
        } catch (EngineException | IllegalArgumentException | LinkageError | AssertionError e) {
            throw new KarutaException(
                    "The PyTorch engine did not start: " + innermost(e).getMessage(),
                    "Is the native library for this platform installed, and is the cache folder (property"
                            + " DJL_CACHE_DIR) writable, with 500 MB free?",
                    e);
        } finally {
            thread.setContextClassLoader(loader);
        }
        started = true;
    }

    /**
     * A manager of arrays. Who asks DJL for one before {@link #start} gets an engine that heeds nothing of the above.
     *
     * @param device where its arrays lie
     * @throws KarutaException if the engine does not start
     */
    public static NDManager manager(Device device) {
        start();
        return NDManager.newBaseManager(device);
    }

    /** DJL's own words only say that libraries were not loaded, the linker's say which. */
    private static Throwable innermost(Throwable thrown) {
        return thrown.getCause() == null ? thrown : innermost(thrown.getCause());
    }

    private static void setIfAbsent(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }
}
