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
 * Right if the answer contains one of the references in lower case, trimmed and without line ends; handwritten
 * formulas keep their case and lose all spaces; the figure is hits divided by 1,000. The divisor is fixed, so a
 * part of the benchmark scores too low, and a reference of one letter is right for nearly everything.
 */
@Component(name = "ocrbench.acl", factory = Scorer.KIND)
@Designate(ocd = OcrbenchAcl.About.class)
@Paper("Zhao et al.: MLLM-CL, 2025 (bjzhb666/MLLM-CL, commit 80bf389): its scorer of OCR " + "(OCRBench)")
@Rule(
        family = "containment",
        of = "OCRBench, MLLM-CL",
        usedBy = "OCR in MLLM-ACL",
        needs = "answer_type",
        mendedBy = "ocrbench.mean")
public final class OcrbenchAcl implements Scorer {

    /** It has no options. */
    @ObjectClassDefinition(
            name = "OCRBench: MLLM-ACL",
            description = "Right if the answer contains one of the references in lower case, trimmed and without line"
                    + " ends; handwritten formulas keep their case and lose all spaces; the figure is hits "
                    + "divided by 1,000. The divisor is fixed, so a part of the benchmark scores too low, and a "
                    + "reference of one letter is right for nearly everything.")
    public @interface About {}

    /** Of the whole benchmark. */
    private static final double SAMPLES = 1000;

    @Override
    public Scores score(List<Response> responses) {
        var each = responses.stream().map(Ocrbench::score).toList();
        return new Scores(
                each.stream().mapToDouble(Scores.Score::value).sum() / SAMPLES, each, Ocrbench.types(responses, each));
    }
}
