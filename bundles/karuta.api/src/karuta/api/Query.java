package karuta.api;

import java.util.Optional;

/**
 * What a user asks: all that inference may see of a sample. It names no task.
 *
 * @param picture what is asked about; empty for a question about nothing but itself
 * @param instruction the question, without system sentence, image token or role names
 */
public record Query(Optional<Picture> picture, String instruction) {}
