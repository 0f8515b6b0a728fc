package karuta.bench.score.dcl;

import java.util.stream.Stream;
import karuta.api.Paper;
import karuta.api.ReferenceScorer;
import karuta.api.Rule;
import karuta.api.Scorer;
import karuta.bench.score.rule.PythonText;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * Right if the answer contains the reference next to a space, a full stop or a comma; a reference of several
 * words, or an answer of one, need only be contained: remote sensing and driving in MLLM-DCL. "c" is right for
 * "there is a car", "no" for "north", and an empty reference for everything; an answer that contains
 * "Unanswerable" is wrong.
 */
@Component(name = "words.dcl", factory = Scorer.KIND)
@Designate(ocd = WordsDcl.About.class)
@Paper("Zhao et al.: MLLM-CL, 2025 (bjzhb666/MLLM-CL, commit 80bf389): its scorer of RS (RSVQA) " + "and AD (DriveLM)")
@Rule(family = "containment", of = "MLLM-CL", usedBy = "RS and AD in MLLM-DCL", mendedBy = "contain.words")
public final class WordsDcl implements ReferenceScorer {

    /** It has no options. */
    @ObjectClassDefinition(
            name = "Words: MLLM-DCL, RS and AD",
            description = "Right if the answer contains the reference next to a space, a full stop or a comma; a "
                    + "reference of several words, or an answer of one, need only be contained: remote sensing "
                    + "and driving in MLLM-DCL. \"c\" is right for \"there is a car\", \"no\" for \"north\", and an empty"
                    + " reference for everything; an answer that contains \"Unanswerable\" is wrong.")
    public @interface About {}

    private static final String UNANSWERABLE = "Unanswerable";

    @Override
    public double score(String answer, String reference) {
        return !answer.contains(UNANSWERABLE) && stands(PythonText.lower(reference), PythonText.lower(answer)) ? 1 : 0;
    }

    private static boolean stands(String reference, String answer) {
        if (reference.contains(" ")) {
            return answer.contains(reference);
        }
        var bare = reference.replace(".", "");
        return answer.contains(" ")
                ? Stream.of(" " + bare, bare + " ", bare + ".", bare + ",").anyMatch(answer::contains)
                : answer.contains(bare);
    }
}
