package karuta.tiny;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import karuta.api.RandomStream;
import karuta.bench.cards.QuestionType;

/**
 * What is taught when.
 *
 * <p>It begins with two easy sorts of questions, without preambles; with all sorts at once, training stood still for
 * minutes. Then preambles come in slowly.
 *
 * @param steps in all
 */
record Curriculum(int steps) {

    private static final double EASY = 0.12;
    private static final double RAMP = 0.1;
    private static final double ALIGNED = 0.6;
    private static final double BARE = 0.15;

    private static final Map<QuestionType, Double> FIRST = Map.of(QuestionType.COLOR, 0.6, QuestionType.AT, 0.4);

    /** Places are learned slowest, so they are asked for most. */
    private static final Map<QuestionType, Double> ALL = Map.of(
            QuestionType.AT, 1.2,
            QuestionType.COLOR, 1.5,
            QuestionType.COUNT, 0.8,
            QuestionType.PRESENT, 0.8,
            QuestionType.WHERE, 1.8,
            QuestionType.TEXT, 1.2,
            QuestionType.OBJECT, 1.2);

    /** What to ask at a step. */
    Exercise.Syllabus syllabus(int step) {
        // an enum map, whose order does not change from run to run
        var weights = new EnumMap<QuestionType, Double>(easy(step) ? FIRST : ALL);
        var sum = weights.values().stream().mapToDouble(Double::doubleValue).sum();
        return draws -> {
            var left = draws.uniform(0) * sum;
            for (var entry : weights.entrySet()) {
                left -= entry.getValue();
                if (left < 0) {
                    return entry.getKey();
                }
            }
            return QuestionType.COLOR; // a rounding error away from the sum
        };
    }

    /** The lengths of the preamble's blocks at a step; empty if there is none. */
    List<Integer> blocks(int step, RandomStream draws) {
        var ramp = Math.min(1, (progress(step) - EASY) / RAMP);
        var bare = easy(step) || draws.uniform(1) < BARE || draws.uniform(2) > ramp;
        return bare ? List.of() : Preamble.lengths(draws);
    }

    /** Whether the projector is still helped to speak in words. */
    boolean aligned(int step) {
        return progress(step) < ALIGNED;
    }

    private boolean easy(int step) {
        return progress(step) < EASY;
    }

    private double progress(int step) {
        return (double) step / steps;
    }
}
