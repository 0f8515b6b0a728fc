package karuta.api;

import java.util.List;
import java.util.Optional;

/**
 * What a user asks: all that inference may see of a sample. It names no task.
 *
 * @param images what is asked about; empty for a question about nothing but itself
 * @param earlier what was said before in the same conversation, oldest first; mostly empty. The images belong to its first
 *     question
 * @param instruction the question, without system sentence, image token or role names
 */
public record Query(List<Image> images, List<Turn> earlier, String instruction) {

    /** Copies the lists. */
    public Query {
        images = List.copyOf(images);
        earlier = List.copyOf(earlier);
    }

    /** A question that nothing was said before, about one image or none. */
    public Query(Optional<Image> image, String instruction) {
        this(image.map(List::of).orElse(List.of()), List.of(), instruction);
    }
}
