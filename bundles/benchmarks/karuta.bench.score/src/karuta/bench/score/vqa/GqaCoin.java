package karuta.bench.score.vqa;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import karuta.api.Paper;
import karuta.api.Scorer;
import karuta.api.Scores;
import karuta.bench.score.rule.Field;
import karuta.bench.score.rule.PythonText;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * Right if the answer in lower case and without full stops at its end is the reference; only the samples whose
 * field isBalanced does not say otherwise count, with binary and open questions beside the figure. A space or a
 * comma at the end makes an answer wrong, and so does a capital in the reference.
 */
@Component(name = "gqa.coin", factory = Scorer.KIND)
@Designate(ocd = GqaCoin.About.class)
@Paper("Hudson, Manning: GQA, CVPR 2019; Chen, Zhu, Luo, Shen, Song, Gao: CoIN, NeurIPS 2024: its " + "scorer of GQA")
public final class GqaCoin implements Scorer {

    /** It has no options. */
    @ObjectClassDefinition(
            name = "GQA",
            description = "Right if the answer in lower case and without full stops at its end is the reference; only"
                    + " the samples whose field isBalanced does not say otherwise count, with binary and open "
                    + "questions beside the figure. A space or a comma at the end makes an answer wrong, and so "
                    + "does a capital in the reference.")
    public @interface About {}

    private static final Pattern FULL_STOPS = Pattern.compile("\\.+\\z");
    private static final Optional<String> QUERY = Optional.of("query");

    @Override
    public Scores score(List<Response> responses) {
        var each = responses.stream().map(GqaCoin::score).toList();
        var balanced = IntStream.range(0, each.size())
                .filter(i -> Field.BALANCED
                        .find(responses.get(i).sample())
                        .map(text -> text.equalsIgnoreCase("true"))
                        .orElse(true))
                .boxed()
                .toList();
        var figures = balanced.stream()
                .filter(i -> Field.STRUCTURAL.find(responses.get(i).sample()).isPresent())
                .collect(Collectors.groupingBy(
                        i -> kind(responses.get(i)),
                        Collectors.averagingDouble(i -> each.get(i).value())));
        var counted = Scores.mean(balanced.stream().map(each::get).toList());
        return new Scores(counted.value(), each, figures);
    }

    private static String kind(Response response) {
        return Field.STRUCTURAL.find(response.sample()).equals(QUERY) ? "Open" : "Binary";
    }

    private static Scores.Score score(Response response) {
        var said = PythonText.lower(FULL_STOPS.matcher(response.answer()).replaceFirst(""));
        return new Scores.Score(response.sample().references().contains(said) ? 1 : 0, said);
    }
}
