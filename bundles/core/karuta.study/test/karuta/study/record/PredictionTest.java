package karuta.study.record;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import karuta.study.record.Prediction.Selected;
import org.junit.jupiter.api.Test;

class PredictionTest {

    private static Selected card(String task, double... score) {
        return new Selected(
                task, Optional.of(task), score.length == 0 ? OptionalDouble.empty() : OptionalDouble.of(score[0]));
    }

    private static String best(Selected... cards) {
        return new Prediction(1, "a", "1", "?", "!", "!", 1, List.of(cards))
                .best()
                .map(Selected::card)
                .orElse("none");
    }

    @Test
    void theBestCardIsTheOneOfTheHighestScoreWhereverItStands() {
        assertEquals("b", best(card("a", 0.1), card("b", 0.7), card("c", 0.2)));
        assertEquals("c", best(card("a", 0.1), card("b", 0.2), card("c", 0.2)));
    }

    @Test
    void withoutScoresItIsTheLast() {
        assertEquals("c", best(card("a", 0.9), card("b", 0.1), card("c")));
        assertEquals("none", best(new Selected("general", Optional.empty(), OptionalDouble.of(1))));
    }
}
