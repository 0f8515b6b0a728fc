package karuta.bench.score.caption;

import java.util.List;
import karuta.api.Scorer;
import karuta.bench.score.rule.PythonText;

/**
 * A caption and what it is compared with, all cut into tokens.
 *
 * @param said what was generated
 * @param references what was expected, at least one
 */
record Caption(List<String> said, List<List<String>> references) {

    /** Cut at white space. */
    static Caption split(Scorer.Response response) {
        return new Caption(
                PythonText.words(response.answer()),
                response.sample().references().stream().map(PythonText::words).toList());
    }
}
