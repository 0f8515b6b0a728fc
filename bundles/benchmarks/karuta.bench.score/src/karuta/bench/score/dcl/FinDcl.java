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
 * Right if the answer without any space and full stop is the reference, both in lower case: the financial task of
 * MLLM-DCL. The reference keeps its spaces and full stops, so one that has any ("3.5") can never be met; an answer
 * that contains "Unanswerable" is wrong.
 */
@Component(name = "fin.dcl", factory = Scorer.KIND)
@Designate(ocd = FinDcl.About.class)
@Paper("Zhao et al.: MLLM-CL, 2025 (bjzhb666/MLLM-CL, commit 80bf389): its scorer of Fin (FinVis)")
@Rule(family = "equality", of = "MLLM-CL", usedBy = "Fin in MLLM-DCL", mendedBy = "exact")
public final class FinDcl implements ReferenceScorer {

    /** It has no options. */
    @ObjectClassDefinition(
            name = "Equality: MLLM-DCL, Fin",
            description = "Right if the answer without any space and full stop is the reference, both in lower case: "
                    + "the financial task of MLLM-DCL. The reference keeps its spaces and full stops, so one that"
                    + " has any (\"3.5\") can never be met; an answer that contains \"Unanswerable\" is wrong.")
    public @interface About {}

    private static final String UNANSWERABLE = "Unanswerable";

    @Override
    public double score(String answer, String reference) {
        var said = PythonText.lower(answer).replace(" ", "").replace(".", "");
        return !answer.contains(UNANSWERABLE) && said.equals(PythonText.lower(reference)) ? 1 : 0;
    }
}
