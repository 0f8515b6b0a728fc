package karuta.api;

import java.util.List;
import java.util.Optional;

/**
 * What a user asks: all that inference may see of a sample. It names no task.
 *
 * @param image what is asked about; empty for a question about nothing but itself
 * @param earlier what was said before in the same conversation, oldest first; mostly empty. The picture belongs to its
 *     first question
 * @param instruction the question, without system sentence, image token or role names
 */
public record Query(Optional<Image> image, List<Turn> earlier, String instruction) {

    /** Copies the list. */
    public Query {
        earlier = List.copyOf(earlier);
    }

    /** A question that nothing was said before. */
    public Query(Optional<Image> image, String instruction) {
        this(image, List.of(), instruction);
    }
}
