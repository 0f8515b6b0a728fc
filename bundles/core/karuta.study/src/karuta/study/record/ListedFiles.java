package karuta.study.record;

import static karuta.study.record.RunFileNames.Numbered.CHECKPOINT;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import karuta.study.FileHash;
import karuta.study.Run;

/** What a record says of the files of its run. */
public final class ListedFiles {

    private ListedFiles() {}

    /** Lets a record list a file, in place of what it said of it before. */
    public static void list(Run run, FileHash hash) {
        RunFiles.put(run, hash);
    }

    /**
     * Whether a record has hashes; those that an older version has written have none, and can be judged by their form
     * alone.
     */
    public static boolean isSealed(Run run) {
        return !run.getFiles().isEmpty();
    }

    /** The stages whose checkpoints a record lists, the last one first. */
    public static List<Integer> checkpoints(Run run) {
        return run.getFiles().stream()
                .map(file -> (int) CHECKPOINT.number(Path.of(file.getName())))
                .filter(stage -> stage >= 0)
                .sorted(Comparator.reverseOrder())
                .toList();
    }

    /** Lets a record no longer list a checkpoint. */
    public static void unlistCheckpoint(Run run, int stage) {
        run.getFiles().removeIf(file -> stage >= 0 && CHECKPOINT.number(Path.of(file.getName())) == stage);
    }
}
