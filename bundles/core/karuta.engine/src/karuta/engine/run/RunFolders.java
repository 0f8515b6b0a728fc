package karuta.engine.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import karuta.files.Access;
import karuta.files.FolderLock;
import karuta.study.Run;
import karuta.study.RunStatus;
import karuta.study.record.DamagedRecordException;
import karuta.study.record.RecordException;
import karuta.study.record.RunFolder;

/**
 * Finds each run its folder among those that lie in the output folder, and lets one process alone work in it.
 *
 * <p>A run is known by its fingerprint: the folder of its name that was begun last is resumed. A folder of that name in
 * which no row is complete holds nothing and is taken over; one that is damaged is set aside; beside another run of that
 * name, the run gets a number.
 */
final class RunFolders {

    private static final long PAUSE_MILLIS = 20;
    private static final Pattern OURS =
            Pattern.compile("study\\.yaml|run\\.json|matrix\\.(json|csv)|(predictions|trace|answers)\\.jsonl|log\\.txt"
                    + "|(checkpoint|cards|progress)-\\d+\\.safetensors|\\.lock|.*\\.part");

    private final Path out;
    private final boolean restart;
    private final StudyListener watch;
    private final CancellationToken stop;

    /**
     * @param out where the folders lie
     * @param restart whether every run begins anew, in a folder of its own
     * @param watch is told what becomes of folders that are not as expected
     * @param stop ends the wait for other processes
     */
    RunFolders(Path out, boolean restart, StudyListener watch, CancellationToken stop) {
        this.out = out;
        this.restart = restart;
        this.watch = watch;
        this.stop = stop;
    }

    /** What is to be done about a run. */
    sealed interface Claim {}

    /** Nothing: it is finished. */
    record Finished(RunFolder folder) implements Claim {}

    /** Nothing yet: another process, or another study of this one, does it. */
    record Elsewhere(RunFolder folder, String who) implements Claim {}

    /**
     * Everything, or what is missing.
     *
     * @param lock is given back when it is done
     * @param past the record to go on with; empty if the run begins
     */
    record Mine(RunFolder folder, FolderLock lock, Optional<Run> past) implements Claim {}

    /**
     * Finds out about a run.
     *
     * @param wanted its record, not begun
     * @throws RecordException if the output folder cannot be used
     */
    Claim claim(Run wanted) {
        try {
            Access.PRIVATE.folders(out);
            try (var alone = alone()) {
                return find(wanted);
            }
        } catch (IOException | UncheckedIOException unusable) {
            throw new RecordException("cannot find a folder for the run in " + out + ": " + unusable, unusable);
        }
    }

    /** How a run stands; nothing is touched. */
    Forecast.Standing standing(Run wanted) {
        if (!Files.isDirectory(out)) {
            return Forecast.Standing.MISSING;
        }
        var standing = Forecast.Standing.MISSING;
        try {
            for (var folder : named(RunFolder.name(wanted))) {
                var now = standing(folder, wanted);
                standing = now.compareTo(standing) > 0 ? now : standing;
            }
        } catch (IOException unusable) {
            throw new RecordException("cannot look into " + out + ": " + unusable, unusable);
        }
        return standing;
    }

    private static Forecast.Standing standing(RunFolder folder, Run wanted) throws IOException {
        var held = FolderLock.isHeld(folder.path());
        try {
            var run = folder.hasRecord() ? Optional.of(folder.readRecord()) : Optional.<Run>empty();
            var print = Records.fingerprint(wanted, Records.RUN);
            if (run.filter(known -> Records.fingerprint(known, Records.RUN).equals(print))
                    .isEmpty()) {
                return held && run.isEmpty() ? Forecast.Standing.RUNNING : Forecast.Standing.MISSING;
            }
            return switch (run.orElseThrow().getStatus()) {
                case FINISHED -> Forecast.Standing.FINISHED;
                case FAILED -> held ? Forecast.Standing.RUNNING : Forecast.Standing.FAILED;
                default -> held ? Forecast.Standing.RUNNING : Forecast.Standing.BEGUN;
            };
        } catch (DamagedRecordException damaged) {
            return Forecast.Standing.MISSING; // it will be set aside
        }
    }

    /** Looking and taking go together; that takes no time. */
    private FolderLock alone() throws IOException {
        while (true) {
            var lock = FolderLock.tryLock(out);
            if (lock.isPresent()) {
                return lock.get();
            }
            stop.check();
            pause(PAUSE_MILLIS);
        }
    }

    /** Waits for other processes. */
    static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting", ended);
        }
    }

    private Claim find(Run wanted) throws IOException {
        var folders = new ArrayList<Seen>();
        for (var folder : named(RunFolder.name(wanted))) {
            folders.add(look(folder));
        }
        if (!restart) {
            var unknown = folders.stream().filter(Seen::isAboutToBegin).findFirst();
            if (unknown.isPresent()) {
                return elsewhere(unknown.get().folder());
            }
            var same = newest(folders, wanted);
            if (same.isPresent()) {
                return take(same.get(), wanted);
            }
        }
        for (var each : folders) {
            if (!each.held() && isEmpty(each.folder())) {
                return takeOver(each.folder());
            }
        }
        var folder = RunFolder.create(out, wanted);
        if (!restart && !folder.path().getFileName().toString().equals(RunFolder.name(wanted))) {
            watch.says("other runs are called " + RunFolder.name(wanted)
                    + ", of other settings, data or versions; this one is kept in " + folder.path());
        }
        return new Mine(folder, FolderLock.tryLock(folder.path()).orElseThrow(), Optional.empty());
    }

    private List<RunFolder> named(String name) throws IOException {
        var numbered = Pattern.compile(Pattern.quote(name) + "(\\.\\d{1,9})?");
        try (var inside = Files.list(out)) {
            return inside.filter(path ->
                            numbered.matcher(path.getFileName().toString()).matches() && Files.isDirectory(path))
                    .sorted(Comparator.comparing(
                            path -> path.getFileName().toString().length()))
                    .map(RunFolder::new)
                    .toList();
        }
    }

    /**
     * A folder as it was found. Whoever has it may write its record, remove it and give the folder back at any moment, so
     * that two looks need not fit together: there is one.
     *
     * @param held whether somebody has it; if not, nobody takes it until the claim is made
     * @param run its record, if it can be read
     */
    private record Seen(RunFolder folder, boolean held, Optional<Run> run) {

        /** It may become, or may just have become, the folder of any run of its name. */
        boolean isAboutToBegin() {
            return held && run.isEmpty();
        }
    }

    private Seen look(RunFolder folder) throws IOException {
        var held = FolderLock.isHeld(folder.path()); // first: the record of one that is given back now is there by now
        try {
            return new Seen(folder, held, folder.hasRecord() ? Optional.of(folder.readRecord()) : Optional.empty());
        } catch (DamagedRecordException damaged) {
            if (!held) {
                setAside(folder, damaged);
            }
            return new Seen(folder, held, Optional.empty());
        }
    }

    private static Optional<RunFolder> newest(List<Seen> folders, Run wanted) {
        var print = Records.fingerprint(wanted, Records.RUN);
        return folders.stream()
                .filter(each -> each.run()
                        .filter(run -> Records.fingerprint(run, Records.RUN).equals(print))
                        .isPresent())
                .max(Comparator.comparing(each -> each.run().orElseThrow().getStarted()))
                .map(Seen::folder);
    }

    private Claim take(RunFolder folder, Run wanted) throws IOException {
        var lock = FolderLock.tryLock(folder.path());
        if (lock.isEmpty()) {
            return elsewhere(folder);
        }
        try {
            var run = folder.read();
            if (run.getStatus() == RunStatus.FINISHED && RunRecorder.isWhole(folder, run)) {
                lock.get().close();
                return new Finished(folder);
            }
            return new Mine(folder, lock.get(), Optional.of(run));
        } catch (DamagedRecordException damaged) {
            lock.get().close();
            setAside(folder, damaged);
            return find(wanted);
        } catch (RuntimeException failed) {
            lock.get().close();
            throw failed;
        }
    }

    /** What another run has left is removed at once, so that nobody takes the folder for that run's. */
    private static Claim takeOver(RunFolder folder) throws IOException {
        var lock = FolderLock.tryLock(folder.path());
        if (lock.isEmpty()) {
            return elsewhere(folder);
        }
        try {
            folder.clear();
            return new Mine(folder, lock.get(), Optional.empty());
        } catch (RecordException failed) {
            lock.get().close();
            throw failed;
        }
    }

    private static Elsewhere elsewhere(RunFolder folder) throws IOException {
        return new Elsewhere(folder, FolderLock.holder(folder.path()).orElse("another process"));
    }

    /** No row is complete, and there is nothing that a run does not write. */
    private static boolean isEmpty(RunFolder folder) throws IOException {
        if (!Files.isDirectory(folder.path())) {
            return false; // set aside
        }
        try (var files = Files.list(folder.path())) {
            if (!files.allMatch(
                    file -> OURS.matcher(file.getFileName().toString()).matches())) {
                return false;
            }
        }
        return !folder.hasRecord() || !RunRecorder.isResumable(folder.read());
    }

    private void setAside(RunFolder folder, DamagedRecordException why) {
        watch.warns(why.getMessage() + "\n  the run begins anew; what there was is now "
                + folder.setAside().path());
    }
}
