package karuta.bench.score.acl;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;
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
 * Multiple choice: the one option letter among the words of the answer, or else the one option whose text the
 * answer contains; integers and floats must be equal as numbers; what the published rule would send to a language
 * model is wrong here and counted as the share that needs a judge. Answers of type text and list can never be
 * right, and floats are compared exactly.
 */
@Component(name = "mathvista.prefetch", factory = Scorer.KIND)
@Designate(ocd = MathvistaPrefetch.About.class)
@Paper("Lu et al.: MathVista, ICLR 2024; VLMEvalKit's evaluation, without its extraction by a " + "language model")
@Rule(
        family = "by kind of question",
        of = "MathVista, VLMEvalKit",
        usedBy = "Math in MLLM-ACL, without its judge",
        needs = "question_type",
        takes = {"answer_type", "choices"})
public final class MathvistaPrefetch implements Scorer {

    /** It has no options. */
    @ObjectClassDefinition(
            name = "MathVista without a judge: MLLM-ACL",
            description = "Multiple choice: the one option letter among the words of the answer, or else the one "
                    + "option whose text the answer contains; integers and floats must be equal as numbers; what "
                    + "the published rule would send to a language model is wrong here and counted as the share "
                    + "that needs a judge. Answers of type text and list can never be right, and floats are "
                    + "compared exactly.")
    public @interface About {}

    private static final String ID = "mathvista.prefetch";
    private static final Set<String> NUMBERS = Set.of("integer", "float");

    /** What the published rule compares texts and lists with. */
    private static final String NOTHING = "None";

    private static final Pattern MARKS = Pattern.compile("[.()\\[\\],:;!*#{}]");

    @Override
    public Scores score(List<Response> responses) {
        var verdicts = responses.stream().map(MathvistaPrefetch::verdict).toList();
        var each = verdicts.stream()
                .map(verdict -> new Scores.Score(verdict.right ? 1 : 0, verdict.parsed))
                .toList();
        var open = verdicts.stream().filter(verdict -> !verdict.right).count();
        return new Scores(
                Scores.mean(each).value(), each, Map.of("needs judge", (double) open / Math.max(1, each.size())));
    }

    /** What is not right is not settled: the published rule asks the judge then. */
    private record Verdict(boolean right, String parsed) {}

    private static Verdict verdict(Response response) {
        var sample = response.sample();
        if (Field.QUESTION_TYPE.one(sample, ID).equals("multi_choice")) {
            var letter = letter(response.answer(), Field.CHOICES.all(sample, ID));
            return new Verdict(letter.filter(sample.answer()::equals).isPresent(), letter.orElse(""));
        }
        var type = Field.ANSWER_TYPE.one(sample, ID);
        if (!NUMBERS.contains(type)) {
            return new Verdict(sample.answer().equals(NOTHING), NOTHING);
        }
        var said = number(type, response.answer());
        return new Verdict(
                said.isPresent() && said.equals(number(type, sample.answer())),
                said.map(Number::toString).orElse(""));
    }

    private static Optional<Number> number(String type, String text) {
        return type.equals("integer")
                ? PythonText.integer(text).map(Number.class::cast)
                : PythonText.number(text).stream()
                        .mapToObj(MathvistaPrefetch::plain)
                        .findFirst();
    }

    /** No zero below zero. */
    private static Number plain(double number) {
        return number + 0.0;
    }

    private static Optional<String> letter(String answer, List<String> choices) {
        var words = PythonText.words(MARKS.matcher(answer).replaceAll(" "));
        var named = letters(choices, i -> words.contains(letter(i)));
        var said = PythonText.lower(answer);
        return named.size() == 1
                ? Optional.of(named.get(0))
                : Optional.of(letters(choices, i -> said.contains(PythonText.lower(choices.get(i)))))
                        .filter(held -> held.size() == 1)
                        .map(held -> held.get(0));
    }

    private static List<String> letters(List<String> choices, IntPredicate which) {
        return IntStream.range(0, choices.size())
                .filter(which)
                .mapToObj(MathvistaPrefetch::letter)
                .toList();
    }

    private static String letter(int option) {
        return Character.toString('A' + option);
    }
}
