package karuta.product;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A Maven that is started in a process of its own and has no net.
 *
 * @param program its {@code mvn}
 * @param local its local repository
 */
record Maven(Path program, Path local) {

    /** The Maven that runs this build, and its local repository. */
    static Maven ofThisBuild() {
        return new Maven(Path.of(System.getProperty("karuta.maven")), Path.of(System.getProperty("karuta.local")));
    }

    /**
     * The same, and another one of the machine, which is what users have. A Maven before 3.9 gives each plugin the first
     * plexus-utils, so it can be tried only where that one has been fetched.
     */
    static Stream<Path> programs() {
        var own = ofThisBuild();
        var other = Path.of("/usr/bin/mvn");
        var usable = Files.isExecutable(other)
                && Files.exists(
                        own.local.resolve(Path.of("org/codehaus/plexus/plexus-utils/1.1/plexus-utils-1.1.jar")));
        return usable ? Stream.of(own.program, other) : Stream.of(own.program);
    }

    /**
     * Waits for its end, five minutes at most.
     *
     * @param folder of the project
     * @return all that it printed is {@code out}
     */
    Product.Result run(Path folder, String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(
                program.toString(),
                "--offline",
                "--batch-mode",
                "--no-transfer-progress",
                "-Dmaven.repo.local=" + local));
        command.addAll(List.of(arguments));
        var out = Files.createTempFile(folder, "maven", ".txt");
        var builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().keySet().removeIf(name -> name.startsWith("MAVEN_"));
        var process = builder.start();
        if (!process.waitFor(5, TimeUnit.MINUTES)) {
            process.destroyForcibly();
        }
        return new Product.Result(process.waitFor(), Files.readString(out), "");
    }
}
