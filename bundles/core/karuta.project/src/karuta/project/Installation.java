package karuta.project;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import karuta.api.KarutaException;
import karuta.api.Strategy;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;

/**
 * The Karuta that a project is made for and built with.
 *
 * @param version as its Maven repository has it
 * @param repository its Maven repository, a folder
 * @param jars what a strategy is compiled with
 */
public record Installation(String version, Path repository, List<Path> jars) {

    /** Copies the list. */
    public Installation {
        jars = List.copyOf(jars);
    }

    /**
     * The running one.
     *
     * @param context of a bundle that is started
     * @param dropins its drop-in folder, whose bundles a strategy may use
     */
    public static Installation running(BundleContext context, Optional<Path> dropins) {
        var home = folder(context.getProperty("osgi.install.area"));
        var jars = new ArrayList<>(jars(home.resolve("plugins")));
        dropins.filter(Files::isDirectory).ifPresent(folder -> jars.addAll(jars(folder)));
        var repository = home.resolve("repository");
        var version = FrameworkUtil.getBundle(Strategy.class).getVersion();
        var numbers = version.getMajor() + "." + version.getMinor() + "." + version.getMicro();
        return new Installation(deployed(repository).orElse(numbers), repository, jars);
    }

    private static Path folder(String area) {
        try {
            return Path.of(URI.create(area.replace(" ", "%20"))).toRealPath();
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    private static List<Path> jars(Path folder) {
        return listed(folder)
                .filter(file -> file.toString().endsWith(".jar"))
                .sorted()
                .toList();
    }

    /** The version of the projects' parent in the repository. */
    private static Optional<String> deployed(Path repository) {
        var parent = repository.resolve(Path.of("karuta", "karuta.strategy"));
        return Files.isDirectory(parent)
                ? listed(parent)
                        .filter(Files::isDirectory)
                        .map(folder -> folder.getFileName().toString())
                        .findFirst()
                : Optional.empty();
    }

    private static Stream<Path> listed(Path folder) {
        try (var files = Files.list(folder)) {
            return files.toList().stream();
        } catch (IOException unreadable) {
            throw new KarutaException(
                    "The folder " + folder + " cannot be read: " + NewProject.reason(unreadable) + ".",
                    "Make it readable.",
                    unreadable);
        }
    }
}
