package karuta.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The rooms of Karuta: its bundles that have sources, {@code bundles/FOLDER/ROOM}. */
final class Rooms {

    private static final Path BUNDLES =
            Path.of("..", "..", "bundles").toAbsolutePath().normalize();
    private static final String CLASSES = "/target/classes/";

    private final Map<String, Path> places = new TreeMap<>();

    Rooms() {
        try (var sources = Files.find(BUNDLES, 4, (path, type) -> path.endsWith("src/karuta"))) {
            sources.map(path -> path.getParent().getParent())
                    .forEach(place -> places.put(place.getFileName().toString(), place));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    Set<String> names() {
        return places.keySet();
    }

    /** The folder that a room lies in, such as {@code methods}. */
    String folder(String room) {
        return places.get(room).getParent().getFileName().toString();
    }

    /** All classes of all rooms that have a source in the tree; EMF generates others. */
    JavaClasses classes() {
        var compiled = places.values().stream()
                .map(place -> place.resolve("target").resolve("classes"))
                .toList();
        compiled.stream().filter(Files::notExists).findAny().ifPresent(missing -> {
            throw new IllegalStateException(missing + " is missing. Build all bundles.");
        });
        return new ClassFileImporter()
                .importPaths(compiled)
                .that(describe(
                        "have a source",
                        type -> type.getSource()
                                .flatMap(source -> source.getFileName().map(name -> source(source.getUri(), name)))
                                .filter(Files::exists)
                                .isPresent()));
    }

    private static Path source(URI compiled, String name) {
        return Path.of(URI.create(compiled.toString().replace(CLASSES, "/src/")))
                .resolveSibling(name);
    }

    /** Whether a class was compiled in the room that its package names. */
    DescribedPredicate<JavaClass> lieWhereTheirPackageSays() {
        return describe(
                "lie in the bundle that their package names",
                type -> roomOf(type)
                        .flatMap(room -> type.getSource()
                                .filter(source -> source.getUri().toString().contains("/" + room + CLASSES)))
                        .isPresent());
    }

    /** Whether a class, or what it is an array of, belongs to one of some rooms. */
    DescribedPredicate<JavaClass> in(Set<String> rooms) {
        return describe(
                "in " + rooms, type -> roomOf(type).filter(rooms::contains).isPresent());
    }

    private Optional<String> roomOf(JavaClass type) {
        var packageName = type.getBaseComponentType().getPackageName();
        return names().stream()
                .filter(room -> (packageName + ".").startsWith(room + "."))
                .max(Comparator.comparing(String::length));
    }
}
