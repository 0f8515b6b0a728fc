package karuta.bench.score.caption;

import java.util.List;
import karuta.bench.score.rule.PythonText;

/**
 * A caption and what it is compared with, as texts of tokens between single spaces.
 *
 * @param said what was generated
 * @param references what was expected, at least one
 */
record CaptionText(String said, List<String> references) {

    static CaptionText of(Caption caption) {
        return new CaptionText(
                String.join(" ", caption.said()),
                caption.references().stream()
                        .map(tokens -> String.join(" ", tokens))
                        .toList());
    }

    /** Cut at white space of all kinds: a token of Stanford's can have a space within that does not break. */
    Caption words() {
        return new Caption(
                PythonText.words(said),
                references.stream().map(PythonText::words).toList());
    }

    /** Cut at single spaces, so that nothing at all is one empty token. */
    Caption pieces() {
        return new Caption(
                List.of(said.split(" ", -1)),
                references.stream().map(text -> List.of(text.split(" ", -1))).toList());
    }
}
