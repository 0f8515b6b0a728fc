package karuta.engine.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import karuta.engine.features.Hash;
import karuta.files.Sha256;

/** The native libraries that compute, by content: those of PyTorch that are in the process, whoever has put them there. */
final class Natives {

    private static final Path MAPS = Path.of("/proc/self/maps");
    private static final Pattern COMPUTES =
            Pattern.compile(".*(torch|libc10|libgomp|libcudart|libcublas|libcudnn).*\\.so.*");

    private static Optional<String> known = Optional.empty();

    private Natives() {}

    /** One SHA-256 for all; nothing where the system does not tell which they are. */
    static synchronized Optional<String> loaded() {
        if (known.isEmpty() && Files.isReadable(MAPS)) {
            known = of(libraries());
        }
        return known;
    }

    private static List<Path> libraries() {
        try (var maps = Files.lines(MAPS)) {
            return maps.map(line -> line.replaceFirst("^[^/]*", ""))
                    .filter(path ->
                            COMPUTES.matcher(path.replaceFirst(".*/", "")).matches())
                    .distinct()
                    .map(Path::of)
                    .filter(Files::isReadable)
                    .toList();
        } catch (IOException | UncheckedIOException untold) {
            return List.of();
        }
    }

    private static Optional<String> of(List<Path> libraries) {
        return libraries.isEmpty()
                ? Optional.empty()
                : Optional.of(Hash.of(libraries.stream()
                                .flatMap(Natives::named)
                                .sorted()
                                .toArray(String[]::new))
                        .hex());
    }

    private static Stream<String> named(Path file) {
        try {
            return Stream.of(file.getFileName() + " " + remembered(file));
        } catch (IOException gone) {
            return Stream.of(file.getFileName() + " cannot be read");
        }
    }

    /** Half a gigabyte takes seconds, so the hash is kept beside the folder, where nobody takes it for a library. */
    private static String remembered(Path file) throws IOException {
        var state = Files.size(file) + " " + Files.getLastModifiedTime(file).toMillis();
        var folder = file.getParent();
        var memo = folder.resolveSibling(folder.getFileName() + "." + file.getFileName() + ".sha256");
        if (Files.isReadable(memo)) {
            var said = Files.readString(memo).split("\t");
            if (said.length == 2 && said[0].equals(state)) {
                return said[1];
            }
        }
        var hash = Sha256.of(file);
        try {
            Files.writeString(memo, state + "\t" + hash);
        } catch (IOException readOnly) {
            return hash; // then it takes as long the next time
        }
        return hash;
    }
}
