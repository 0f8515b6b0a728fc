package karuta.project;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.jar.JarFile;
import karuta.api.KarutaException;
import karuta.files.Access;
import karuta.files.WholeFile;

/**
 * Where Karuta takes strategies from.
 *
 * @param path of the folder; it need not be there yet
 */
public record DropinFolder(Path path) {

    /**
     * Puts a jar there, whole or not at all, in the place of what was built of the same project before.
     *
     * @return where it lies
     * @throws KarutaException if it cannot be written, or another file there is a bundle of the same name
     */
    public Path install(StrategyBuild.Built built) {
        var place = path.resolve(built.name() + ".jar");
        try {
            Files.createDirectories(path);
            try (var jars = Files.newDirectoryStream(path, "*.jar")) {
                for (var jar : jars) {
                    if (!jar.equals(place) && name(jar).equals(Optional.of(built.name()))) {
                        throw new KarutaException(
                                jar + " is the bundle " + built.name()
                                        + ", too: of two, nobody knows which one counts.",
                                "Remove that file, and install again.");
                    }
                }
            }
            new WholeFile(place, Access.SHARED).stream(out -> Files.copy(built.jar(), out));
            return place;
        } catch (IOException refused) {
            throw new KarutaException(
                    "The drop-in folder " + path + " cannot be written: " + NewProject.reason(refused) + ".",
                    "Set KARUTA_DROPINS to a folder that you may write; every command with it then finds the strategy.",
                    refused);
        }
    }

    /** The symbolic name of a jar; empty if it has none or cannot be read, which others tell. */
    private static Optional<String> name(Path jar) {
        try (var file = new JarFile(jar.toFile())) {
            return Optional.ofNullable(file.getManifest())
                    .map(manifest -> manifest.getMainAttributes().getValue("Bundle-SymbolicName"))
                    .map(name -> name.split(";")[0].strip());
        } catch (IOException broken) {
            return Optional.empty();
        }
    }
}
