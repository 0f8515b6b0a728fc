package karuta.use.ask;

import java.util.Locale;

/**
 * Why a question gets no answer.
 *
 * @param card the nearest one
 * @param score of the question, by the pool's selector
 * @param reach what nearly all of the card's own validation questions reach
 */
public record Doubt(String card, double score, double reach) {

    /** For whoever asked. */
    public String words() {
        return String.format(
                Locale.ROOT,
                "no card is like this question: nearest \"%s\" %.3f, its own questions reach %.3f",
                card,
                score,
                reach);
    }
}
