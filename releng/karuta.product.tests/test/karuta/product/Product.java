package karuta.product;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The product that was just built, with the launcher.
 *
 * @param home holds {@code karuta}, {@code plugins} and {@code configuration}
 * @param cache where it keeps its features; the natives are those of all tests
 */
record Product(Path home, Path cache) {

    private static final Path BUILT = Path.of("..", "karuta.product", "target", "products", "karuta.product")
            .resolve(Path.of("linux", "gtk", "x86_64"))
            .toAbsolutePath()
            .normalize();

    /** Commands are over before the slower compiler's work pays: it takes as much time of the processor as all else. */
    private static final String QUICK = "-XX:TieredStopAtLevel=1";

    /**
     * What a command did.
     *
     * @param code its exit code
     * @param out what it printed
     * @param err what it said of itself
     */
    record Result(int code, String out, String err) {}

    /** A copy in a folder, which is made: links to what was built, and the launcher. */
    static Product in(Path folder) {
        try {
            var home = Files.createDirectories(folder.resolve("karuta"));
            for (var part : List.of("plugins", "configuration", "repository")) {
                Files.createSymbolicLink(home.resolve(part), BUILT.resolve(part));
            }
            Files.copy(Path.of("..", "..", "karuta"), home.resolve("karuta"));
            var cache = Files.createDirectories(folder.resolve("cache"));
            Files.createSymbolicLink(cache.resolve("djl"), Path.of(System.getProperty("DJL_CACHE_DIR")));
            return new Product(home, cache);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A command that goes on by itself. */
    static final class Running {

        private final Process process;
        private final Path out;
        private final Path err;

        private Running(Product product, Map<String, String> environment, String... arguments) {
            try {
                out = Files.createTempFile(product.cache, "out", ".txt");
                err = Files.createTempFile(product.cache, "err", ".txt");
                var command = new ArrayList<String>();
                command.add(product.home.resolve("karuta").toString());
                command.addAll(Arrays.asList(arguments));
                var builder = new ProcessBuilder(command)
                        .directory(product.home.getParent().toFile())
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile());
                builder.environment().put("KARUTA_CACHE", product.cache.toString());
                builder.environment().put("KARUTA_JAVA_OPTS", QUICK);
                builder.environment()
                        .put(
                                "XDG_STATE_HOME",
                                product.cache.resolveSibling("state").toString());
                builder.environment().putAll(environment);
                process = builder.start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        Process process() {
            return process;
        }

        /** What it has printed until now. */
        String said() {
            try {
                return Files.readString(out);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** Kills it, its children first: Java is one. */
        void kill() throws InterruptedException {
            var all = process.descendants().toList();
            all.forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor();
            all.forEach(child -> child.onExit().join());
        }

        /** Waits for its end, five minutes at most. */
        Result end() {
            try {
                if (!process.waitFor(5, TimeUnit.MINUTES)) {
                    process.destroyForcibly();
                }
                return new Result(process.waitFor(), Files.readString(out), Files.readString(err));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                process.destroyForcibly();
                throw new IllegalStateException(e);
            }
        }
    }

    /**
     * Starts a command.
     *
     * @param environment beside that of the tests
     */
    Running start(Map<String, String> environment, String... arguments) {
        return new Running(this, environment, arguments);
    }
}
