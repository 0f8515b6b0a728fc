package karuta.doctor;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import karuta.suite.Suite;

/**
 * What an examination has found.
 *
 * @param title what was examined
 * @param tasks in their order
 * @param groups what was found, by kind; none without an entry
 * @param sources licences of the data, as far as they are known
 * @param decoded whether images were decoded
 */
public record DataReport(
        String title, List<TaskReport> tasks, List<Group> groups, List<Suite.Source> sources, boolean decoded) {

    /** Copies the lists. */
    public DataReport {
        tasks = List.copyOf(tasks);
        groups = List.copyOf(groups);
        sources = List.copyOf(sources);
    }

    /** Whether something must be mended. */
    public boolean isFaulty() {
        return groups.stream().anyMatch(group -> group.kind().isFault());
    }

    /**
     * A task.
     *
     * @param name of the task
     * @param files that are there
     * @param train its training samples
     * @param test its test samples
     */
    public record TaskReport(String name, List<FileReport> files, SplitReport train, SplitReport test) {}

    /**
     * A file.
     *
     * @param role {@code train}, {@code test}, or the name of a file beside the samples
     * @param file where it is
     * @param bytes its size
     * @param sha256 64 digits; empty if it cannot be read
     * @param about which version of several this is, if that is known
     */
    public record FileReport(String role, Path file, long bytes, String sha256, Optional<String> about) {}

    /**
     * The samples of a file.
     *
     * @param samples that could be read
     * @param published how many there should be, if that is known
     * @param images how many different image files they name
     * @param answers what is answered
     */
    public record SplitReport(int samples, Optional<Integer> published, int images, Answers answers) {}

    /**
     * Answers.
     *
     * @param count of all, over all turns of conversations
     * @param distinct how many different ones
     * @param majority the most frequent one, cut at 60 characters; empty if there is none
     * @param share of the most frequent one, from 0 to 1: what who always gives it would score by equality
     * @param words in the middle one of all
     * @param longest words of the longest one
     * @param common the most frequent ones, each with its count
     */
    public record Answers(
            long count, int distinct, String majority, double share, int words, int longest, List<Common> common) {}

    /**
     * A frequent answer.
     *
     * @param answer cut at 60 characters
     * @param count how often it is given
     */
    public record Common(String answer, long count) {}

    /**
     * All that is of one kind.
     *
     * @param kind of it
     * @param count how many there are
     * @param findings the first of them
     */
    public record Group(Kind kind, int count, List<Finding> findings) {}

    /**
     * Something that was found.
     *
     * @param task in which; empty if in none
     * @param what a sentence
     */
    public record Finding(String task, String what) {}
}
