package karuta.bench.score.acl;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import karuta.api.Paper;
import karuta.api.Rule;
import karuta.api.Scorer;
import karuta.api.Scores;
import karuta.bench.score.rule.Field;
import karuta.bench.score.rule.PythonText;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * Right if the answer contains the reference, both in lower case and without spaces, line ends and full stops: CV-
 * Bench in MLLM-ACL, with the figure of the samples of task "Count" beside it. "1" is right for "10", and "35" for
 * "3.5".
 */
@Component(name = "squeeze.acl", factory = Scorer.KIND)
@Designate(ocd = SqueezeAcl.About.class)
@Paper("Zhao et al.: MLLM-CL, 2025 (bjzhb666/MLLM-CL, commit 80bf389): its scorer of VP (CV-Bench)")
@Rule(family = "containment", of = "MLLM-CL", usedBy = "VP in MLLM-ACL", takes = "task", mendedBy = "contain.words")
public final class SqueezeAcl implements Scorer {

    /** It has no options. */
    @ObjectClassDefinition(
            name = "Containment without spaces: MLLM-ACL, VP",
            description = "Right if the answer contains the reference, both in lower case and without spaces, line "
                    + "ends and full stops: CV-Bench in MLLM-ACL, with the figure of the samples of task \"Count\" "
                    + "beside it. \"1\" is right for \"10\", and \"35\" for \"3.5\".")
    public @interface About {}

    private static final Optional<String> COUNT = Optional.of("Count");

    @Override
    public Scores score(List<Response> responses) {
        var each = responses.stream().map(SqueezeAcl::score).toList();
        var counts = IntStream.range(0, each.size())
                .filter(i -> Field.TASK.find(responses.get(i).sample()).equals(COUNT))
                .mapToDouble(i -> each.get(i).value())
                .average();
        var scores = Scores.mean(each);
        return counts.isPresent() ? new Scores(scores.value(), each, Map.of("Count", counts.getAsDouble())) : scores;
    }

    private static Scores.Score score(Response response) {
        var said = squeezed(response.answer());
        var right = response.sample().references().stream()
                .map(SqueezeAcl::squeezed)
                .anyMatch(said::contains);
        return new Scores.Score(right ? 1 : 0, said);
    }

    private static String squeezed(String text) {
        return PythonText.strip(PythonText.lower(text))
                .replace(" ", "")
                .replace("\n", "")
                .replace(".", "");
    }
}
