package karuta.bench.score.equal;

import java.util.Locale;
import karuta.api.Paper;
import karuta.api.ReferenceScorer;
import karuta.api.Rule;
import karuta.api.Scorer;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * Right if both texts are the same but for case, white space and punctuation at the end. An answer that consists of
 * punctuation alone keeps it. An empty answer is right only if an empty one is expected.
 */
@Component(name = "exact", factory = Scorer.KIND)
@Designate(ocd = ExactScorer.About.class)
@Paper("Chen, Zhu, Luo, Shen, Song, Gao: CoIN, NeurIPS 2024: its scorers of VQAv2, VizWiz and OCR-VQA compare without"
        + " case, the one of GQA drops the full stop at the end")
@Rule(family = "equality", of = "Karuta", usedBy = "any task with short answers")
public final class ExactScorer implements ReferenceScorer {

    /** It has no options. */
    @ObjectClassDefinition(
            name = "Equality",
            description = "Right if answer and reference are the same text but for case, white space and punctuation "
                    + "at the end: Karuta's own rule. No published script scores so, which means that its numbers"
                    + " do not compare with theirs.")
    public @interface About {}

    @Override
    public double score(String answer, String reference) {
        return normal(answer).equals(normal(reference)) ? 1 : 0;
    }

    private static String normal(String text) {
        var plain = text.strip().replaceAll("\\s+", " ").toLowerCase(Locale.ROOT);
        var bare = plain.replaceAll("[\\s.,;:!?]+$", "");
        return bare.isEmpty() ? plain : bare;
    }
}
