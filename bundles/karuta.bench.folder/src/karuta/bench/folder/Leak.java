package karuta.bench.folder;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import karuta.api.KarutaException;
import karuta.api.Sample;

/**
 * Finds test samples that were trained on. Files are compared by content, but opened only where question and size
 * agree.
 */
final class Leak {

    /** @param size of the image file; -1 without one */
    private record Alike(String question, long size) {}

    private Leak() {}

    static void check(Path folder, List<Sample> train, List<Sample> test) {
        Map<Alike, Set<Sample>> trained = new HashMap<>();
        train.forEach(sample ->
                trained.computeIfAbsent(alike(sample), key -> new HashSet<>()).add(sample));
        for (var sample : test) {
            trained.getOrDefault(alike(sample), Set.of()).stream()
                    .filter(twin -> content(twin).equals(content(sample)))
                    .findFirst()
                    .ifPresent(twin -> {
                        throw new KarutaException(
                                "The task in " + folder + " tests on what it trains on: test sample " + sample.id()
                                        + " has the image and the question of training sample " + twin.id() + ".",
                                "Take it out of train.json or test.json.");
                    });
        }
    }

    private static Alike alike(Sample sample) {
        return new Alike(
                sample.query().instruction(), file(sample).map(ImageFile::size).orElse(-1L));
    }

    private static Optional<String> content(Sample sample) {
        return file(sample).map(ImageFile::contentHash);
    }

    private static Optional<ImageFile> file(Sample sample) {
        return sample.query().picture().map(ImageFile.class::cast);
    }
}
