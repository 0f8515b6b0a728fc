package karuta.bench.score.acl;

import java.util.List;
import karuta.api.Paper;
import karuta.api.Rule;
import karuta.api.Scorer;
import karuta.api.Scores;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * Judges each answer as ocrbench.acl does, but divides the hits by the number of answers: Karuta's own mend. A
 * short reference is still right for every answer that happens to hold its letters.
 */
@Component(name = "ocrbench.mean", factory = Scorer.KIND)
@Designate(ocd = OcrbenchMean.About.class)
@Paper("Karuta's own; Liu et al.: OCRBench, 2023")
@Rule(family = "containment", of = "Karuta", usedBy = "OCR in MLLM-ACL, or a part of it", needs = "answer_type")
public final class OcrbenchMean implements Scorer {

    /** It has no options. */
    @ObjectClassDefinition(
            name = "OCRBench, by the samples that are there",
            description = "Judges each answer as ocrbench.acl does, but divides the hits by the number of answers: "
                    + "Karuta's own mend. A short reference is still right for every answer that happens to hold "
                    + "its letters.")
    public @interface About {}

    @Override
    public Scores score(List<Response> responses) {
        var each = responses.stream().map(Ocrbench::score).toList();
        return new Scores(Scores.mean(each).value(), each, Ocrbench.types(responses, each));
    }
}
