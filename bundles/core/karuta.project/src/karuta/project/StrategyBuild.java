package karuta.project;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import karuta.api.KarutaException;
import karuta.files.Access;
import karuta.files.FolderTree;
import karuta.files.WholeFile;

/** Builds a project without Maven, and runs nothing of it. */
public final class StrategyBuild {

    private static final Path SOURCES = Path.of("src", "main", "java");
    private static final Path RESOURCES = Path.of("src", "main", "resources");

    private final Path project;
    private final Installation karuta;

    /**
     * @param project its folder
     * @param karuta what it is compiled with
     */
    public StrategyBuild(Path project, Installation karuta) {
        this.project = project;
        this.karuta = karuta;
    }

    /**
     * What was built.
     *
     * @param jar the file
     * @param name of the bundle
     * @param version of the bundle
     * @param warnings of compiler and bnd
     */
    public record Built(Path jar, String name, String version, List<String> warnings) {

        /** Copies the list. */
        public Built {
            warnings = List.copyOf(warnings);
        }
    }

    /**
     * Builds it.
     *
     * @param out the jar, which is there whole or not at all; {@code target/NAME.jar} in the project if left out
     * @throws KarutaException telling what is wrong with the project, or that it cannot be built here
     */
    public Built build(Optional<Path> out) {
        var pom = Pom.of(project);
        try {
            var sources = sources();
            OlderProject.refuse(pom.contracts(), sources);
            var compiler = SourceCompiler.ofTheJdk();
            var classes = Files.createTempDirectory("karuta-build-");
            try {
                var warnings = new ArrayList<>(compiler.compile(sources, karuta.jars(), classes));
                copyResources(classes);
                var jar = out.orElseGet(() -> project.resolve(Path.of("target", pom.name() + ".jar")));
                write(jar, content -> warnings.addAll(BundleJar.write(classes, karuta.jars(), pom, content)));
                return new Built(jar, pom.name(), pom.bundleVersion(), warnings);
            } finally {
                FolderTree.delete(classes);
            }
        } catch (IOException unreadable) {
            throw new KarutaException(
                    "The project " + project + " cannot be built: " + NewProject.reason(unreadable) + ".",
                    "Make its files readable, and see that the folder for temporary files has room.",
                    unreadable);
        }
    }

    private static void write(Path jar, WholeFile.Stream content) {
        try {
            Files.createDirectories(jar.toAbsolutePath().getParent());
            new WholeFile(jar, Access.SHARED).stream(content);
        } catch (IOException refused) {
            throw new KarutaException(
                    "The jar cannot be written to " + jar + ": " + NewProject.reason(refused) + ".",
                    "Name another file: --out FILE.jar.",
                    refused);
        }
    }

    private List<Path> sources() throws IOException {
        var folder = project.resolve(SOURCES);
        var sources = Files.isDirectory(folder)
                ? files(folder).stream().filter(StrategyBuild::isJava).toList()
                : List.<Path>of();
        if (sources.isEmpty()) {
            throw new KarutaException(
                    "There are no Java files in " + folder + ".", "Put the strategy there, as Maven has it.");
        }
        return sources;
    }

    private static boolean isJava(Path file) {
        return file.toString().endsWith(".java");
    }

    private static List<Path> files(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private void copyResources(Path classes) throws IOException {
        var folder = project.resolve(RESOURCES);
        if (Files.isDirectory(folder)) {
            for (var file : files(folder)) {
                var copy = classes.resolve(folder.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
    }
}
