package karuta.report;

import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import karuta.metrics.separability.Separability;
import karuta.metrics.separability.StudySeparability;
import karuta.metrics.separability.View;

/** Whether the tasks are too easy to tell apart: what a router does that has learned nothing. */
final class SeparabilityTable {

    /** So many of the hardest pairs are named. */
    private static final int PAIRS = 3;

    /** From this accuracy on a right choice is no test of a selector. */
    private static final double EASY = 0.99;

    private SeparabilityTable() {}

    /** What lies beside the runs of a comparison; nothing if there is no such file of their data and encoder. */
    static Optional<Separability> found(List<Result> results) {
        var read = new HashMap<Path, Optional<StudySeparability>>(); // a file lies beside many runs
        return results.stream()
                .flatMap(result -> read.computeIfAbsent(file(result), SeparabilityTable::readable).stream()
                        .filter(there -> fits(there, result)))
                .findFirst()
                .map(StudySeparability::found);
    }

    /** The same as a table. */
    static Optional<Block> of(List<Result> results) {
        return found(results).map(SeparabilityTable::table);
    }

    /** What cannot be read of such files, and why. */
    static List<String> damages(List<Result> results) {
        return results.stream()
                .map(SeparabilityTable::file)
                .distinct()
                .filter(Files::exists)
                .flatMap(file -> {
                    try {
                        StudySeparability.read(Files.readString(file));
                        return Stream.empty();
                    } catch (IOException | JsonParseException damaged) {
                        return Stream.of(file + " is damaged: " + damaged.getMessage()
                                + "\n  Remove it, or run the study again, which makes it anew.");
                    }
                })
                .toList();
    }

    private static Path file(Result result) {
        return result.folder()
                .path()
                .toAbsolutePath()
                .resolveSibling(StudySeparability.file(result.run().getStudy()));
    }

    private static Optional<StudySeparability> readable(Path file) {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(StudySeparability.read(Files.readString(file)));
        } catch (IOException | JsonParseException damaged) {
            return Optional.empty(); // told among the damages
        }
    }

    private static boolean fits(StudySeparability there, Result result) {
        return result.fingerprint("encoder").equals(Optional.of(there.encoder()))
                && result.fingerprint("data").filter(there.data()::contains).isPresent();
    }

    private static Block table(Separability found) {
        var heads = Stream.concat(Stream.of("features", "all", "neighbours\nof own task"), found.tasks().stream())
                .toList();
        var rows = found.views().stream()
                .map(view -> Stream.concat(
                                Stream.of(
                                        view.name(),
                                        Numbers.percent(view.accuracy()),
                                        Numbers.percent(view.ownNeighbours())),
                                IntStream.range(0, found.tasks().size())
                                        .mapToObj(task -> Numbers.percent(
                                                view.routed().get(task).get(task))))
                        .toList())
                .toList();
        return new Block.Table(
                "Are the tasks too easy to tell apart? Percent of test samples that go to their own task by the nearest"
                        + " mean of frozen features; by chance "
                        + Numbers.percent(1.0 / found.tasks().size()),
                heads,
                rows,
                notes(found));
    }

    private static List<String> notes(Separability found) {
        var notes = new ArrayList<String>();
        if (found.widest().accuracy() >= EASY) {
            notes.add("nothing learned tells these tasks apart: that a selector is right here is no merit of it");
        }
        var pairs = pairs(found, found.widest());
        if (!pairs.isEmpty()) {
            notes.add("hardest pairs (" + found.widest().name()
                    + "; percent that is nearer to the other task, 50 cannot be told apart): "
                    + String.join(", ", pairs));
        }
        return notes;
    }

    private static List<String> pairs(Separability found, View view) {
        record Overlap(int a, int b, double share) {}
        return IntStream.range(0, found.tasks().size())
                .boxed()
                .flatMap(a -> IntStream.range(a + 1, found.tasks().size())
                        .mapToObj(b -> new Overlap(a, b, view.overlap().get(a).get(b))))
                .filter(overlap -> overlap.share > 0)
                .sorted(Comparator.comparing(Overlap::share).reversed())
                .limit(PAIRS)
                .map(overlap -> found.tasks().get(overlap.a) + " and "
                        + found.tasks().get(overlap.b) + " " + Numbers.percent(overlap.share))
                .toList();
    }
}
