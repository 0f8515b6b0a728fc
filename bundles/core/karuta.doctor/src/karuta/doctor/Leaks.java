package karuta.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import karuta.suite.SuiteRecord;

/**
 * Test samples that are trained on: the same is said up to an answer, and the images are the same byte by byte. They are
 * compared only where their sizes agree. The test samples are the few that are kept in mind.
 */
final class Leaks {

    private record Tested(String id, List<Path> images) {}

    private final Map<Long, List<Tested>> tested = new HashMap<>();

    /** @param sizes of the record's images, as far as they are there */
    void test(SuiteRecord record, List<Long> sizes) {
        for (var key : keys(record, sizes)) {
            tested.computeIfAbsent(key, is -> new ArrayList<>(1))
                    .add(new Tested(record.entry().id(), record.images()));
        }
    }

    /** The id of a test sample that a training sample gives away. */
    Optional<String> train(SuiteRecord record, List<Long> sizes) {
        return keys(record, sizes).stream()
                .flatMap(key -> tested.getOrDefault(key, List.of()).stream())
                .filter(test -> isSame(test.images, record.images()))
                .map(Tested::id)
                .findFirst();
    }

    /** One for each question, with all that is said before. */
    private static List<Long> keys(SuiteRecord record, List<Long> sizes) {
        var said = new StringBuilder(sizes.stream().map(String::valueOf).collect(Collectors.joining(",")));
        var keys = new ArrayList<Long>();
        for (var turn : record.entry().turns()) {
            keys.add(Hash.of(said.append('\0').append(turn.question()).toString()));
            turn.answers().stream().limit(1).forEach(answer -> said.append('\0').append(answer));
        }
        return keys;
    }

    private static boolean isSame(List<Path> some, List<Path> others) {
        return some.size() == others.size()
                && IntStream.range(0, some.size()).allMatch(i -> isSame(some.get(i), others.get(i)));
    }

    private static boolean isSame(Path one, Path other) {
        try {
            return one.equals(other) || Files.mismatch(one, other) < 0;
        } catch (IOException unreadable) {
            return false; // told where images are looked at
        }
    }
}
