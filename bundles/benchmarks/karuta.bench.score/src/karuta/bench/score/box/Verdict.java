package karuta.bench.score.box;

import java.util.Optional;
import karuta.api.KarutaException;
import karuta.api.Sample;
import karuta.api.Scores;
import karuta.bench.score.rule.Field;
import karuta.bench.score.rule.PythonText;

/** Right if two boxes overlap by more than half. */
final class Verdict {

    static final double ENOUGH = 0.5;

    private Verdict() {}

    /**
     * As the published scripts decide: in pixels of the padded image, where its size is known. Rounding can turn the
     * verdict at one half exactly.
     */
    static Scores.Score of(Sample sample, Optional<Box> box, String rule) {
        var side = Field.SIZE.all(sample).stream()
                .mapToDouble(size -> PythonText.number(size).orElse(1))
                .max()
                .orElse(1);
        var right = sample.references().stream()
                .map(reference -> expected(reference, rule).times(side))
                .anyMatch(expected ->
                        box.map(said -> said.times(side).iou(expected)).orElse(0.0) > ENOUGH);
        return new Scores.Score(right ? 1 : 0, box.map(Box::toString).orElse(""));
    }

    /** @throws KarutaException if the reference is no box */
    static Box expected(String reference, String rule) {
        return Box.read(reference)
                .orElseThrow(() -> new KarutaException(
                        "The scorer \"" + rule + "\" needs boxes [x1,y1,x2,y2], but a reference answer is \""
                                + reference + "\".",
                        "Correct the answer in the data, or give the task another scorer."));
    }
}
