package karuta.bench.score.dcl;

import karuta.api.Paper;
import karuta.api.ReferenceScorer;
import karuta.api.Rule;
import karuta.api.Scorer;
import karuta.bench.score.rule.PythonText;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * Right if the answer contains the reference, both in lower case: the medical task of MLLM-DCL. "no" is right for
 * "not sure" and "north", and an answer that contains "Unanswerable" is always wrong.
 */
@Component(name = "contain.dcl", factory = Scorer.KIND)
@Designate(ocd = ContainDcl.About.class)
@Paper("Zhao et al.: MLLM-CL, 2025 (bjzhb666/MLLM-CL, commit 80bf389): its scorer of Med (PathVQA)")
@Rule(family = "containment", of = "MLLM-CL", usedBy = "Med in MLLM-DCL", mendedBy = "contain.words")
public final class ContainDcl implements ReferenceScorer {

    /** It has no options. */
    @ObjectClassDefinition(
            name = "Containment: MLLM-DCL, Med",
            description = "Right if the answer contains the reference, both in lower case: the medical task of "
                    + "MLLM-DCL. \"no\" is right for \"not sure\" and \"north\", and an answer that contains "
                    + "\"Unanswerable\" is always wrong.")
    public @interface About {}

    private static final String UNANSWERABLE = "Unanswerable";

    @Override
    public double score(String answer, String reference) {
        return !answer.contains(UNANSWERABLE) && PythonText.lower(answer).contains(PythonText.lower(reference)) ? 1 : 0;
    }
}
