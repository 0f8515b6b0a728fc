package karuta.archive.git;

import java.time.Instant;
import java.util.List;

/**
 * A commit.
 *
 * @param id of the commit, 40 hexadecimal digits
 * @param author who made it
 * @param when by the clock of the author's machine, to the second
 * @param message whole
 * @param parents ids of the commits it was made from; two after a merge
 */
public record Revision(String id, Author author, Instant when, String message, List<String> parents) {

    /** Copies the list. */
    public Revision {
        parents = List.copyOf(parents);
    }

    /** The first line of the message. */
    public String subject() {
        return message.lines().findFirst().orElse("");
    }

    /** The id as people write it. */
    public String shortId() {
        return id.substring(0, 10);
    }
}
