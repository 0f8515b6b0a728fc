package karuta.use.ask;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import karuta.archive.pool.CardRecord;
import karuta.study.record.Prediction;
import karuta.study.record.Prediction.Selected;
import karuta.study.record.RunFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the selector of a run scored. */
class RunLikenessTest {

    @TempDir
    private Path folder;

    @Test
    void theBestCardsScoresAfterTheLastStageCount() {
        var likeness = likeness(List.of(
                asked(1, "a", card("a", .9)),
                asked(2, "a", card("b", .3), card("a", .7)),
                asked(2, "a", card("a", .2), card("b", .5)),
                asked(2, "b", card("a", .1))));
        assertEquals(List.of(.5, .7), likeness.of(Optional.of("a")));
        assertEquals(List.of(.1), likeness.of(Optional.of("b")));
        assertEquals(List.of(), likeness.of(Optional.of("c")));
        assertEquals(List.of(), likeness.of(Optional.empty()));
    }

    @Test
    void aSelectorWithoutScoresLeavesNone() {
        var chosen = new Selected("a", Optional.of("a"), OptionalDouble.empty());
        assertEquals(List.of(), likeness(List.of(asked(2, "a", chosen))).of(Optional.of("a")));
    }

    @Test
    void ofManyTheLowestAndAnEvenShareAreKept() {
        var many = new ArrayList<Prediction>();
        IntStream.range(0, 10 * CardRecord.LIKENESSES).forEach(i -> many.add(asked(2, "a", card("a", i))));
        var kept = likeness(many).of(Optional.of("a"));
        assertEquals(
                IntStream.range(0, CardRecord.LIKENESSES)
                        .mapToObj(i -> 10.0 * i)
                        .toList(),
                kept);
    }

    private RunLikeness likeness(List<Prediction> predictions) {
        var run = new RunFolder(folder);
        run.writePredictions(0, predictions);
        return RunLikeness.of(run, 2);
    }

    private static Prediction asked(int stage, String task, Selected... cards) {
        return new Prediction(stage, task, "id", "what?", "x", "x", 1, List.of(cards));
    }

    private static Selected card(String name, double score) {
        return new Selected(name, Optional.of(name), OptionalDouble.of(score));
    }
}
