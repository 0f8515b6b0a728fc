package karuta.bench.score.acl;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import karuta.api.Scorer;
import karuta.api.Scores;
import karuta.bench.score.rule.Field;
import karuta.bench.score.rule.PythonText;

/** What one answer counts in OCRBench, by the type of text that is asked for. */
final class Ocrbench {

    private static final String FORMULAS = "Handwritten Mathematical Expression Recognition";

    private Ocrbench() {}

    static Scores.Score score(Scorer.Response response) {
        var formulas = type(response).equals(FORMULAS);
        var said = normal(response.answer(), formulas);
        var right = response.sample().references().stream()
                .anyMatch(reference -> said.contains(normal(reference, formulas)));
        return new Scores.Score(right ? 1 : 0, said);
    }

    /** The share of right answers by type. */
    static Map<String, Double> types(List<Scorer.Response> responses, List<Scores.Score> each) {
        return IntStream.range(0, each.size())
                .boxed()
                .collect(Collectors.groupingBy(
                        i -> type(responses.get(i)),
                        Collectors.averagingDouble(i -> each.get(i).value())));
    }

    private static String type(Scorer.Response response) {
        return Field.ANSWER_TYPE.one(response.sample(), "ocrbench");
    }

    private static String normal(String text, boolean formula) {
        return formula
                ? PythonText.strip(text).replace(" ", "").replace("\n", "")
                : PythonText.strip(PythonText.lower(text)).replace("\n", "");
    }
}
