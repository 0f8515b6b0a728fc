package karuta.engine.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import karuta.api.KarutaException;
import karuta.files.Access;
import karuta.files.FolderLock;
import karuta.study.Run;
import karuta.study.RunStatus;
import karuta.study.record.Aside;
import karuta.study.record.DamagedRecordException;
import karuta.study.record.RecordException;
import karuta.study.record.RunFolder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds each run its folder among those that lie in the output folder, and lets one process alone work in it.
 *
 * <p>A run is known by its {@link RunId}, whatever its folder is called. A folder of its name in which no row is complete
 * holds nothing and is taken over; one that is damaged is set aside; beside another run of that name, the run gets a number.
 */
final class RunFolders {

    private static final Logger log = LoggerFactory.getLogger(RunFolders.class);

    private static final long PAUSE_MILLIS = 20;
    private final Path out;
    private final RunIndex index;
    private final StudyListener watch;
    private final CancellationToken stop;
    private final Set<String> told = ConcurrentHashMap.newKeySet();

    /**
     * @param out where the folders lie; it is there, unless somebody has taken it away
     * @param watch is told what becomes of folders that are not as expected
     * @param stop ends the wait for other processes
     */
    RunFolders(Path out, StudyListener watch, CancellationToken stop) {
        this.out = out;
        this.index = new RunIndex(out);
        this.watch = watch;
        this.stop = stop;
    }

    /** What is to be done about a run. */
    sealed interface Claim {}

    /** Nothing: it is finished. */
    record Finished(RunFolder folder) implements Claim {}

    /** Nothing: it has failed since this study was begun, in whatever process. */
    record Failed(RunFolder folder, String why) implements Claim {}

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
            if (!Files.isDirectory(out)) {
                watch.warns(
                        "the output folder " + out + " was not there any more (was it removed, renamed or unmounted?);"
                                + " it is made again, and what has been in it does not count");
            }
            Access.PRIVATE.folders(out);
            try (var alone = alone()) {
                return find(wanted);
            }
        } catch (IOException | UncheckedIOException unusable) {
            throw new RecordException("cannot find a folder for the run in " + out + ": " + unusable, unusable);
        }
    }

    /**
     * Lets what failed before be tried again.
     *
     * @param runs of which
     */
    void reopen(Predicate<Run> runs) {
        if (!Files.isDirectory(out)) {
            return;
        }
        try (var inside = Files.newDirectoryStream(out, path -> !Aside.is(path))) {
            for (var path : inside) {
                RunFolder.of(path).ifPresent(folder -> reopen(folder, runs));
            }
        } catch (IOException unusable) {
            throw new RecordException("cannot look into " + out + ": " + unusable, unusable);
        }
    }

    private static void reopen(RunFolder folder, Predicate<Run> runs) {
        try {
            if (!hasFailed(folder.readRecord(), runs)) {
                return;
            }
            var lock = FolderLock.tryLock(folder.path());
            if (lock.isPresent()) {
                try (var mine = lock.get()) {
                    var run = folder.readRecord();
                    if (hasFailed(run, runs)) {
                        run.setStatus(RunStatus.INTERRUPTED);
                        folder.writeRun(run);
                    }
                }
            }
        } catch (IOException | RecordException unusable) {
            log.debug("{} stays as it is", folder.path(), unusable); // whoever claims the run tells of it
        }
    }

    private static boolean hasFailed(Run run, Predicate<Run> runs) {
        return run.getStatus() == RunStatus.FAILED && runs.test(run);
    }

    /**
     * Sets aside what there is of runs, so that they begin anew.
     *
     * @throws KarutaException if somebody carries out one of them; nothing has been touched then
     */
    void setAside(List<Run> wanted) {
        if (!Files.isDirectory(out)) {
            return;
        }
        try (var alone = alone()) {
            var old = new LinkedHashSet<RunFolder>();
            for (var run : wanted) {
                for (var folder : index.candidates(run)) {
                    var seen = look(folder);
                    if (seen.isAboutToBegin() || seen.isOf(run) && seen.held()) {
                        throw new KarutaException(
                                folder.path() + " is being carried out by "
                                        + elsewhere(folder).who() + ", so it cannot begin anew.",
                                "End that process first, or leave --anew out.");
                    }
                    if (seen.isOf(run)) {
                        old.add(folder);
                    }
                }
            }
            old.forEach(Aside.OLD::set);
            if (!old.isEmpty()) {
                watch.says(old.size() + (old.size() == 1 ? " run is" : " runs are") + " set aside in " + out
                        + " (NAME.old) and begin anew");
            }
        } catch (IOException | UncheckedIOException unusable) {
            throw new RecordException("cannot set runs aside in " + out + ": " + unusable, unusable);
        }
    }

    /** How a run stands; nothing is touched. */
    Forecast.Standing standing(Run wanted) {
        if (!Files.isDirectory(out)) {
            return Forecast.Standing.MISSING;
        }
        var standing = Forecast.Standing.MISSING;
        try {
            for (var folder : index.candidates(wanted)) {
                var now = SeenFolder.at(folder).standing(wanted);
                standing = now.compareTo(standing) > 0 ? now : standing;
            }
        } catch (IOException unusable) {
            throw new RecordException("cannot look into " + out + ": " + unusable, unusable);
        }
        return standing;
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
        var folders = new ArrayList<SeenFolder>();
        for (var folder : index.candidates(wanted)) {
            folders.add(look(folder));
        }
        var unknown = folders.stream().filter(SeenFolder::isAboutToBegin).findFirst();
        if (unknown.isPresent()) {
            return elsewhere(unknown.get().folder());
        }
        var same = folders.stream().filter(each -> each.isOf(wanted)).toList();
        if (!same.isEmpty()) {
            return take(theOne(same), wanted);
        }
        for (var each : folders) {
            if (!each.held() && isEmpty(each.folder())) {
                return takeOver(each.folder());
            }
        }
        var folder = RunFolder.create(out, wanted);
        if (!folder.path().getFileName().toString().equals(RunFolder.name(wanted))) {
            once(
                    "another",
                    "other runs are called " + RunFolder.name(wanted)
                            + ", of other settings, data or versions (the study was changed, or another one has its name);"
                            + " they stay, and this one is kept in " + folder.path() + "; so it is with all such runs");
        }
        return new Mine(folder, FolderLock.tryLock(folder.path()).orElseThrow(), Optional.empty());
    }

    /** Somebody may have copied a folder: what is finished counts before what is worked on, and that before what is left. */
    private RunFolder theOne(List<SeenFolder> same) {
        var first = same.stream()
                .sorted(Comparator.comparing(SeenFolder::rank).reversed())
                .findFirst()
                .orElseThrow();
        same.stream()
                .filter(each -> each != first)
                .map(each -> first.folder().path() + " and " + each.folder().path()
                        + " hold the same run; the first one counts, and the other is left as it is")
                .filter(told::add)
                .forEach(watch::warns);
        return first.folder();
    }

    private void once(String kind, String words) {
        if (told.add(kind)) {
            watch.says(words);
        }
    }

    private SeenFolder look(RunFolder folder) throws IOException {
        var seen = SeenFolder.at(folder);
        seen.damage().filter(damaged -> !seen.held()).ifPresent(damaged -> setAside(folder, damaged));
        return seen;
    }

    private Claim take(RunFolder folder, Run wanted) throws IOException {
        var lock = FolderLock.tryLock(folder.path());
        if (lock.isEmpty()) {
            return elsewhere(folder);
        }
        try {
            var run = folder.read();
            if (run.getStatus() == RunStatus.FAILED) {
                lock.get().close();
                return new Failed(folder, Optional.ofNullable(run.getMessage()).orElse("nobody knows why"));
            }
            if (run.getStatus() == RunStatus.FINISHED && RunRecorder.isWhole(folder, run)) {
                lock.get().close();
                tell(folder, run, wanted);
                return new Finished(folder);
            }
            if (!RunId.sameBits(run, wanted)) {
                Records.moved(run, wanted);
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

    private void tell(RunFolder folder, Run found, Run wanted) {
        if (!RunFolder.name(found).equals(RunFolder.name(wanted))) {
            watch.says(RunFolder.name(wanted) + " is the same run as " + RunFolder.name(found)
                    + ": what study, arm and order are called makes no difference; it counts as it lies in "
                    + folder.path());
        }
        if (!RunId.sameBits(found, wanted)) {
            once(
                    "machine",
                    "runs that another kind of machine has carried out, or another number of threads, count, such as "
                            + folder.path() + "; --anew carries them out here");
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
            if (!files.allMatch(RunFolder::isOfRun)) {
                return false;
            }
        }
        return !folder.hasRecord() || !RunRecorder.isResumable(folder.read());
    }

    private void setAside(RunFolder folder, DamagedRecordException why) {
        watch.warns(why.getMessage() + "\n  the run begins anew; what there was is now "
                + Aside.DAMAGED.set(folder).path());
    }
}
