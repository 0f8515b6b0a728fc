package karuta.report.watch;

import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import karuta.files.FolderLock;
import karuta.study.Run;
import karuta.study.RunStatus;
import karuta.study.file.StudyException;
import karuta.study.file.StudyReader;
import karuta.study.record.RecordException;
import karuta.study.record.RunFolder;

/** Looks at a folder of runs again and again, and reads anew only what has changed. It writes nothing. */
public final class RunsWatch {

    private final Path folder;
    private final Map<RunFolder, Known> known = new HashMap<>();

    /** A record, and the time at which it was written. */
    private record Known(FileTime written, Run run) {}

    /** @param folder of a run, or of many */
    public RunsWatch(Path folder) {
        this.folder = folder;
    }

    /**
     * How far the runs are now. One whose record cannot be read is left out until it can.
     *
     * @throws RecordException if there is no run, or none that can be read
     */
    public StudyState look() {
        var folders = RunFolder.find(folder);
        var runs = folders.stream().flatMap(run -> state(run).stream()).toList();
        if (runs.isEmpty()) {
            folders.get(0).readRecord(); // says why it cannot be read
        }
        return new StudyState(runs, Math.max(folders.size(), planned(folders)));
    }

    private Optional<RunState> state(RunFolder run) {
        return read(run).map(record -> {
            var open = record.getStatus() != RunStatus.FINISHED && record.getStatus() != RunStatus.FAILED;
            return RunState.of(record, open && held(run), open ? LogTail.of(run.log()) : Optional.empty());
        });
    }

    private Optional<Run> read(RunFolder run) {
        try {
            var written = run.written();
            var before = known.get(run);
            if (before == null || !before.written().equals(written)) {
                known.put(run, new Known(written, run.readRecord()));
            }
            return Optional.of(Objects.requireNonNull(known.get(run)).run());
        } catch (RecordException unreadable) {
            return Optional.empty();
        }
    }

    private static boolean held(RunFolder run) {
        try {
            return FolderLock.isHeld(run.path());
        } catch (IOException unknown) {
            return false;
        }
    }

    /** How many runs the studies ask for, by the newest copy of each that lies with its runs; 0 where none can be read. */
    private int planned(List<RunFolder> folders) {
        if (folders.size() == 1 && folders.get(0).path().equals(folder)) {
            return 1;
        }
        var newest = folders.stream()
                .filter(known::containsKey)
                .collect(Collectors.toMap(
                        run -> record(run).getStudy(),
                        run -> run,
                        (one, other) ->
                                record(one).getStarted().compareTo(record(other).getStarted()) < 0 ? other : one));
        return newest.values().stream().mapToInt(RunsWatch::runs).sum();
    }

    private Run record(RunFolder run) {
        return Objects.requireNonNull(known.get(run)).run();
    }

    private static int runs(RunFolder run) {
        try {
            var study = StudyReader.parse("study.yaml", run.readStudy());
            return study.getArms().size()
                    * study.getSeeds().size()
                    * Math.max(1, study.getOrders().size());
        } catch (RecordException | StudyException unreadable) {
            return 0;
        }
    }
}
