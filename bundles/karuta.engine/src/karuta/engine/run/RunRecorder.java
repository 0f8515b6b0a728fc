package karuta.engine.run;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import karuta.api.State;
import karuta.engine.loop.Evaluation;
import karuta.engine.loop.Journal;
import karuta.engine.loop.StageResult;
import karuta.model.Run;
import karuta.model.RunStatus;
import karuta.model.run.Prediction;
import karuta.model.run.RunFolder;

/**
 * Keeps a run in its folder. After every stage the folder is complete: first what was answered and what the learner
 * keeps, then the matrix, and last the record, which names the complete stages.
 */
final class RunRecorder implements Journal {

    private final RunFolder folder;
    private final Run run;
    private final double secondsBefore;
    private final long started = System.nanoTime();

    private RunRecorder(RunFolder folder, Run run) {
        this.folder = folder;
        this.run = run;
        this.secondsBefore = run.getSeconds();
    }

    /** Begins a run in a new folder. */
    static RunRecorder begin(RunFolder folder, Run run, String study) {
        run.setStarted(Instant.now().truncatedTo(ChronoUnit.MILLIS).toString());
        folder.writeStudy(study);
        folder.writeRun(run);
        return new RunRecorder(folder, run);
    }

    /** Goes on with a run that ended early; what was not complete is dropped. */
    static RunRecorder resume(RunFolder folder) {
        var run = folder.read();
        var rows = run.getMatrix().getRows();
        var complete = Math.min(run.getStages().size(), rows.size() - 1);
        rows.subList(complete + 1, rows.size()).clear();
        run.getStages().subList(complete, run.getStages().size()).clear();
        run.setStatus(RunStatus.RUNNING);
        run.setMessage(null);
        return new RunRecorder(folder, run);
    }

    /** Whether a run that ended early got far enough to go on with it. */
    static boolean resumable(Run run) {
        return run.getMatrix() != null && !run.getMatrix().getRows().isEmpty();
    }

    RunFolder folder() {
        return folder;
    }

    /** The last complete evaluation. */
    Evaluation last() {
        var stage = run.getMatrix().getRows().size() - 1;
        List<Prediction> predictions = new ArrayList<>();
        folder.forEachPrediction(prediction -> {
            if (prediction.stage() == stage) {
                predictions.add(prediction);
            }
        });
        return new Evaluation(stage, predictions, 0, 0);
    }

    /** What the learner and its parts kept then. */
    Checkpoint checkpoint() {
        return new Checkpoint(folder.checkpoint(run.getMatrix().getRows().size() - 1));
    }

    @Override
    public void complete(Optional<StageResult> result, Evaluation evaluation, Map<String, State> states) {
        folder.writePredictions(evaluation.stage(), evaluation.predictions());
        new Checkpoint(folder.checkpoint(evaluation.stage())).write(states);
        var trained = result.map(r -> r.stage().tasks()).orElse(List.of());
        run.getMatrix().getRows().add(Records.row(trained, evaluation, run.getTasks()));
        folder.writeMatrix(run.getMatrix());
        result.ifPresent(r -> run.getStages().add(Records.of(r, evaluation)));
        write();
        if (evaluation.stage() > 0) {
            new Checkpoint(folder.checkpoint(evaluation.stage() - 1)).delete();
        }
    }

    /** Ends the record. */
    void end(RunStatus status, Optional<String> message) {
        run.setStatus(status);
        message.ifPresent(run::setMessage);
        write();
    }

    private void write() {
        run.setSeconds(secondsBefore + (System.nanoTime() - started) / 1e9);
        folder.writeRun(run);
    }
}
