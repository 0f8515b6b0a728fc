package karuta.engine.features;

/**
 * What taking answers over has saved.
 *
 * @param answers that were taken over
 * @param seconds that making them took when they were made, less what looking for them has taken; below zero where nothing was
 *     found
 */
public record Reuse(long answers, double seconds) {

    /** Nothing. */
    public static final Reuse NONE = new Reuse(0, 0);

    /** Both. */
    public Reuse plus(Reuse other) {
        return new Reuse(answers + other.answers, seconds + other.seconds);
    }
}
