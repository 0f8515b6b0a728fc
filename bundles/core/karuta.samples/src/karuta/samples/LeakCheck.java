package karuta.samples;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import karuta.api.KarutaException;
import karuta.api.Sample;
import karuta.api.Turn;

/**
 * Finds test samples that were trained on. Files are compared by content, but looked at only where all that is said
 * agrees, and opened only where their sizes agree, too. The test samples are the few that are kept in mind.
 */
public final class LeakCheck {

    /** All that is said up to a question. */
    private record Question(List<Turn> earlier, String instruction) {}

    private final Map<Question, Set<Sample>> tested = new HashMap<>();
    private final Map<ImageFile, Optional<Long>> sizes = new HashMap<>();
    private final Map<ImageFile, String> contents = new HashMap<>();

    private LeakCheck(List<Sample> test) {
        test.forEach(sample ->
                tested.computeIfAbsent(question(sample), key -> new HashSet<>()).add(sample));
    }

    /** @throws KarutaException if there is one */
    public static void check(Path folder, List<Sample> train, List<Sample> test) {
        var leak = new LeakCheck(test);
        for (var sample : train) {
            leak.twin(sample).ifPresent(twin -> {
                throw new KarutaException(
                        "The task in " + folder + " tests on what it trains on: test sample " + twin.id()
                                + " has the image and the question of training sample " + sample.id() + ".",
                        "Take it out of train.json or test.json.");
            });
        }
    }

    /** The training samples that are tested on, in their order. */
    public static Set<Sample> find(List<Sample> train, List<Sample> test) {
        var leak = new LeakCheck(test);
        var found = new LinkedHashSet<Sample>();
        train.stream().filter(sample -> leak.twin(sample).isPresent()).forEach(found::add);
        return found;
    }

    private Optional<Sample> twin(Sample trained) {
        return tested.getOrDefault(question(trained), Set.of()).stream()
                .filter(test -> isSame(files(trained), files(test)))
                .findFirst();
    }

    private static Question question(Sample sample) {
        return new Question(sample.query().earlier(), sample.query().instruction());
    }

    private static List<ImageFile> files(Sample sample) {
        return sample.query().images().stream().map(ImageFile.class::cast).toList();
    }

    private boolean isSame(List<ImageFile> some, List<ImageFile> others) {
        return some.size() == others.size()
                && IntStream.range(0, some.size()).allMatch(i -> isSame(some.get(i), others.get(i)));
    }

    private boolean isSame(ImageFile one, ImageFile other) {
        if (one.equals(other)) {
            return true;
        }
        var size = size(one);
        return size.isPresent() && size.equals(size(other)) && content(one).equals(content(other));
    }

    /** Empty for a file that cannot be read: that is told where pictures are looked at. */
    private Optional<Long> size(ImageFile file) {
        return sizes.computeIfAbsent(file, unknown -> {
            try {
                return Optional.of(file.size());
            } catch (KarutaException unreadable) {
                return Optional.empty();
            }
        });
    }

    private String content(ImageFile file) {
        return contents.computeIfAbsent(file, ImageFile::contentHash);
    }
}
