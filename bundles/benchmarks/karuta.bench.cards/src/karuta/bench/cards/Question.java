package karuta.bench.cards;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A question about a scene.
 *
 * @param ask its sort
 * @param text as it is asked
 * @param blurred whether the picture is out of focus
 * @param about the items that the answer depends on
 */
public record Question(QuestionType ask, String text, boolean blurred, List<Item> about) {

    static final String UNANSWERABLE = "unanswerable";
    static final String SENTENCE = "it is";

    /** Copies the list. */
    public Question {
        about = List.copyOf(about);
    }

    /** The right answer in a convention. */
    public String answer(Convention convention) {
        if (blurred && convention.on(Axis.DOUBT) == Directive.CAREFUL) {
            return UNANSWERABLE;
        }
        var words = new ArrayList<>(ask.words(about, convention));
        if (convention.on(Axis.LANGUAGE) == Directive.ROMAJI) {
            words.replaceAll(Words::romaji);
        }
        if (convention.on(Axis.ORDER) == Directive.BACKWARD) {
            Collections.reverse(words);
        }
        if (convention.on(Axis.LENGTH, ask.usualLength()) == Directive.SENTENCE) {
            words.add(0, SENTENCE);
        }
        return String.join(" ", words);
    }
}
