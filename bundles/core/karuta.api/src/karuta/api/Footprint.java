package karuta.api;

/**
 * What a learner costs, in all, after the stage it has just closed.
 *
 * @param trained numbers that the stage trained
 * @param stored numbers that inference needs beside the frozen model
 * @param samples old examples kept
 * @param bytes size of these examples: raw pixels and UTF-8 text
 */
public record Footprint(long trained, long stored, long samples, long bytes) {

    /** Nothing. */
    public static final Footprint NONE = new Footprint(0, 0, 0, 0);
}
