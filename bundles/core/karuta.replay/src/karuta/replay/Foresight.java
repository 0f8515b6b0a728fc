package karuta.replay;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import karuta.engine.plan.StudyPlan;
import karuta.engine.run.Progress;
import karuta.engine.run.RunOutcome;
import karuta.engine.run.StudyListener;
import karuta.study.record.RunFolder;

/**
 * Follows a run that is run again, and looks at its record as soon as there is one: what the run cannot prove is to be known
 * before it has taken its hours.
 *
 * @param watch is told all the same
 * @param out where the run is kept
 * @param begun gets its folder, once
 * @param told whether it has
 */
record Foresight(StudyListener watch, Path out, Consumer<RunFolder> begun, AtomicBoolean told)
        implements StudyListener {

    Foresight(StudyListener watch, Path out, Consumer<RunFolder> begun) {
        this(watch, out, begun, new AtomicBoolean());
    }

    @Override
    public void planned(StudyPlan plan) {
        watch.planned(plan);
    }

    @Override
    public void says(String message) {
        watch.says(message);
    }

    @Override
    public void warns(String message) {
        watch.warns(message);
    }

    @Override
    public void progress(Progress progress) {
        if (!told.get()) {
            begunRun().filter(folder -> told.compareAndSet(false, true)).ifPresent(begun);
        }
        watch.progress(progress);
    }

    private Optional<RunFolder> begunRun() {
        try (var inside = Files.newDirectoryStream(out, Files::isDirectory)) {
            for (var folder : inside) {
                var record = RunFolder.of(folder);
                if (record.isPresent()) {
                    return record;
                }
            }
            return Optional.empty();
        } catch (IOException unusable) {
            return Optional.empty(); // the run itself will say so
        }
    }

    @Override
    public void ended(RunOutcome outcome) {
        watch.ended(outcome);
    }
}
