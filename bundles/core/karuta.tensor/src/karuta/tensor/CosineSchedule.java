package karuta.tensor;

/**
 * The learning rate rises in a line from 0, then falls along half a cosine to 0, as in Hugging Face's {@code
 * get_cosine_schedule_with_warmup}.
 *
 * @param steps in all
 * @param warmup steps of the rise
 */
public record CosineSchedule(int steps, int warmup) {

    /**
     * @param steps in all
     * @param ratio share of the rise, from 0 to 1; rounded up to whole steps
     */
    public CosineSchedule(int steps, double ratio) {
        this(steps, (int) Math.ceil(steps * ratio));
    }

    /** The factor on the learning rate for a step, counted from 0; between 0 and 1. */
    public double rate(int step) {
        if (step < warmup) {
            return (double) step / Math.max(1, warmup);
        }
        var progress = (double) (step - warmup) / Math.max(1, steps - warmup);
        return Math.max(0, (1 + Math.cos(Math.PI * progress)) / 2);
    }
}
