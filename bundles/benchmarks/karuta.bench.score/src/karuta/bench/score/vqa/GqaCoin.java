package karuta.bench.score.vqa;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import karuta.api.Paper;
import karuta.api.Rule;
import karuta.api.Sample;
import karuta.api.Scorer;
import karuta.api.Scores;
import karuta.bench.score.rule.Field;
import karuta.bench.score.rule.PythonText;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * Right if the answer in lower case and without full stops at its end is the reference; only the samples whose
 * field isBalanced does not say otherwise count, with binary and open questions, the types, the steps of reasoning, the
 * words of the question and the distance of the two distributions of answers beside the figure. A space or a
 * comma at the end makes an answer wrong, and so does a capital in the reference.
 */
@Component(name = "gqa.coin", factory = Scorer.KIND)
@Designate(ocd = GqaCoin.About.class)
@Paper("Hudson, Manning: GQA, CVPR 2019; Chen, Zhu, Luo, Shen, Song, Gao: CoIN, NeurIPS 2024: its " + "scorer of GQA")
@Rule(
        family = "equality",
        of = "GQA, CoIN",
        usedBy = "GQA in CoIN and CVIT",
        takes = {"isBalanced", "structural", "semantic", "program", "group", "question"},
        mendedBy = "exact")
public final class GqaCoin implements Scorer {

    /** It has no options. */
    @ObjectClassDefinition(
            name = "GQA",
            description = "Right if the answer in lower case and without full stops at its end is the reference; only"
                    + " the samples whose field isBalanced does not say otherwise count, with binary and open "
                    + "questions, the types, the steps of reasoning, the words of the question and the distance "
                    + "of the two distributions of answers beside the figure. A space or a comma at the end makes "
                    + "an answer wrong, and so does a capital in the reference.")
    public @interface About {}

    private static final Pattern FULL_STOPS = Pattern.compile("\\.+\\z");

    @Override
    public Scores score(List<Response> responses) {
        var judged = responses.stream().map(GqaCoin::judged).toList();
        var counted = judged.stream().filter(Judged::counts).toList();
        var figures = counted.stream()
                .flatMap(one -> GqaGroups.of(one.sample).map(group -> Map.entry(group, one.score.value())))
                .collect(Collectors.groupingBy(Map.Entry::getKey, Collectors.averagingDouble(Map.Entry::getValue)));
        distance(counted).ifPresent(distance -> figures.put("Distribution", distance));
        return new Scores(
                Scores.mean(counted.stream().map(Judged::score).toList()).value(),
                judged.stream().map(Judged::score).toList(),
                figures);
    }

    private record Judged(Sample sample, Scores.Score score) {

        boolean counts() {
            return Field.BALANCED.find(sample).map("true"::equalsIgnoreCase).orElse(true);
        }
    }

    private static OptionalDouble distance(List<Judged> counted) {
        var distributions = new AnswerDistributions();
        counted.forEach(one -> Field.GROUP
                .find(one.sample)
                .ifPresent(group -> distributions.add(group, one.sample.answer(), one.score.parsed())));
        return distributions.distance();
    }

    private static Judged judged(Response response) {
        var said = PythonText.lower(FULL_STOPS.matcher(response.answer()).replaceFirst(""));
        var right = response.sample().references().contains(said);
        return new Judged(response.sample(), new Scores.Score(right ? 1 : 0, said));
    }
}
