package karuta.api;

/**
 * What a learner costs, in all, after the stage it has just closed.
 *
 * @param trained numbers that the stage trained
 * @param stored numbers kept beside the frozen model, for inference or for later stages
 * @param samples old examples kept
 * @param bytes size of these examples: raw pixels, UTF-8 text, and tensors that are kept with them, such as logits
 */
public record Footprint(long trained, long stored, long samples, long bytes) {

    /** Nothing. */
    public static final Footprint NONE = new Footprint(0, 0, 0, 0);

    /** Both together. */
    public Footprint plus(Footprint other) {
        return new Footprint(
                trained + other.trained, stored + other.stored, samples + other.samples, bytes + other.bytes);
    }
}
