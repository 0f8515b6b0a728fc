package karuta.doctor;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import karuta.picture.ImageFiles;
import karuta.suite.Split;
import karuta.suite.Suite;
import karuta.suite.TaskScan;

/** What can be examined: tasks in files. */
public interface Data {

    /** What it is and where. */
    String title();

    /** The tasks that are examined, in their order. */
    List<String> tasks();

    /** Whether these are all that there are, so that an image that none of them names is named by none. */
    boolean isWhole();

    /**
     * Shows all that a task's files hold and all that is wrong with them.
     *
     * @param scan is shown test samples, then training samples
     */
    void scan(String task, TaskScan scan);

    /** About how many bytes of samples a task's files of a split have; 0 if there is none. */
    long bytes(String task, Split split);

    /** How many samples a split should have, if that is known. */
    Optional<Integer> published(String task, Split split);

    /** The rule that the task is scored by. */
    String rule(String task);

    /** Which version of several a file beside the samples is, if that is known. */
    Optional<String> version(String task, String role, Path file);

    /** Sentences about folders that lie beside those of the tasks and belong to none. */
    List<String> strangers();

    /** Licences. */
    List<Suite.Source> sources();

    /** How images are read. */
    ImageFiles images();
}
