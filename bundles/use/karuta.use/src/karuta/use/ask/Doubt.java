package karuta.use.ask;

import java.util.Locale;

/**
 * Why a question gets no answer.
 *
 * @param card the nearest one
 * @param measure what was compared
 * @param value of the question
 * @param reach what nearly all of the card's own validation questions reach
 */
public record Doubt(String card, Measure measure, double value, double reach) {

    /** How near a question is to a card. */
    public enum Measure {
        /** By the pool's selector: the more, the nearer. */
        SCORE("%.3f, its own questions reach %.3f"),
        /** From the card's own samples, in standard deviations: the less, the nearer. */
        DISTANCE("at the distance %.2f, its own questions lie within %.2f");

        private final String words;

        Measure(String words) {
            this.words = words;
        }
    }

    /** For whoever asked. */
    public String words() {
        return "no card is like this question: nearest \"" + card + "\" "
                + String.format(Locale.ROOT, measure.words, value, reach);
    }
}
