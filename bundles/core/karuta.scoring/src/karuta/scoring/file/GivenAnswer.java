package karuta.scoring.file;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * An answer in a file of predictions, with what the file says beside it.
 *
 * @param id of the sample, numbers as they are written; empty in files that have their order alone
 * @param text the answer, as it was generated
 * @param prompt what was asked
 * @param image the image's path
 * @param references the answers that were expected; none if the file does not say them
 * @param task the task of the sample, in a file of several
 * @param stage after which it was asked, in a file of several
 */
public record GivenAnswer(
        Optional<String> id,
        String text,
        Optional<String> prompt,
        Optional<String> image,
        List<String> references,
        Optional<String> task,
        OptionalInt stage) {

    /** Copies the list. */
    public GivenAnswer {
        references = List.copyOf(references);
    }
}
