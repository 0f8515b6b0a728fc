package karuta.bench.score.choice;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import karuta.api.Scorer;
import karuta.api.Scores;
import karuta.bench.score.rule.Field;

/** The figure that ModalPrompt's, HiDe-LLaVA's and Prism's scripts print beside: of the questions that show an image. */
final class WithImage {

    private WithImage() {}

    static Scores beside(List<Scorer.Response> responses, Scores scores) {
        var accuracy = IntStream.range(0, responses.size())
                .filter(i -> Field.showsImage(responses.get(i).sample()))
                .mapToDouble(i -> scores.each().get(i).value())
                .average();
        return accuracy.isPresent()
                ? new Scores(scores.value(), scores.each(), Map.of("with image", accuracy.getAsDouble()))
                : scores;
    }
}
