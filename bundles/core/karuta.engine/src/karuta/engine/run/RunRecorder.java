package karuta.engine.run;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import karuta.api.KarutaException;
import karuta.api.State;
import karuta.engine.features.Reuse;
import karuta.engine.loop.Evaluation;
import karuta.engine.loop.StageListener;
import karuta.engine.loop.StageResult;
import karuta.study.Cost;
import karuta.study.FileHash;
import karuta.study.Row;
import karuta.study.Run;
import karuta.study.RunStatus;
import karuta.study.record.DamagedRecordException;
import karuta.study.record.Entries;
import karuta.study.record.ListedFiles;
import karuta.study.record.Prediction;
import karuta.study.record.RunFolder;
import karuta.study.record.Trace;

/**
 * Keeps a run in its folder. After every stage the folder is complete: first what was answered and what the learner
 * keeps, then the matrix, and last the record, which names the complete stages and lists the files. The checkpoint of the
 * stage before stays, to go back to if the newest one is damaged.
 */
final class RunRecorder implements StageListener {

    private final RunFolder folder;
    private final Run run;
    private final Trace trace;
    private final double secondsBefore;
    private final long started = System.nanoTime();
    private final List<String> damages = new ArrayList<>();

    private RunRecorder(RunFolder folder, Run run) {
        this.folder = folder;
        this.run = run;
        this.trace = folder.trace();
        this.secondsBefore = run.getSeconds();
    }

    /** Begins a run in a folder that is new, or holds nothing that is needed but answers that it gave before training. */
    static RunRecorder begin(RunFolder folder, Run run, String study) {
        folder.clearButAnswers();
        run.setStarted(Instant.now().truncatedTo(ChronoUnit.MILLIS).toString());
        var recorder = new RunRecorder(folder, run);
        recorder.list(folder.writeStudy(study));
        folder.writeRun(run);
        return recorder;
    }

    /**
     * Goes on with a run after the last stage whose checkpoint is whole; what came later is done again.
     *
     * @param past its record
     * @param log gets a line for each checkpoint that is not whole
     * @return empty if it must begin anew
     */
    static Optional<RunRecorder> resume(RunFolder folder, Run past, Consumer<String> log) {
        for (var stage = isResumable(past) ? last(past) : -1; stage >= 0; stage--) {
            try {
                folder.checkCheckpoint(past, stage);
                new Checkpoint(folder.checkpoint(stage)).check();
                return Optional.of(new RunRecorder(folder, past).cut(stage));
            } catch (DamagedRecordException | KarutaException damaged) {
                log.accept(damaged.getMessage().lines().findFirst().orElseThrow() + "\n  "
                        + (stage > 0 ? "the run goes back to the stage before" : "the run begins anew"));
            }
        }
        return Optional.empty();
    }

    /** Whether the newest checkpoint of a finished run is as it was written, or has been removed by somebody. */
    static boolean isWhole(RunFolder folder, Run run) {
        try {
            var newest = ListedFiles.checkpoints(run).stream().findFirst();
            newest.filter(folder::hasCheckpoint).ifPresent(stage -> folder.checkCheckpoint(run, stage));
            return true;
        } catch (DamagedRecordException damaged) {
            return false;
        }
    }

    private static int last(Run run) {
        return run.getMatrix().getRows().size() - 1;
    }

    private RunRecorder cut(int stage) {
        var rows = run.getMatrix().getRows();
        if (stage < last(run)) {
            rows.subList(stage + 1, rows.size()).clear();
            run.getStages().subList(stage, run.getStages().size()).clear();
            run.getCosts().removeIf(cost -> cost.getStage() > stage);
            list(folder.hashOf(run.getMatrix()));
            list(folder.predictionsBefore(stage + 1));
            ListedFiles.checkpoints(run).stream()
                    .filter(later -> later > stage)
                    .forEach(later -> ListedFiles.unlistCheckpoint(run, later));
        }
        run.setStatus(RunStatus.RUNNING);
        run.setMessage(null);
        folder.writeRun(run);
        return this;
    }

    /** Whether a run that ended early got far enough to go on with it. */
    static boolean isResumable(Run run) {
        return run.getMatrix() != null && !run.getMatrix().getRows().isEmpty();
    }

    RunFolder folder() {
        return folder;
    }

    /** Its record. */
    Run run() {
        return run;
    }

    /** Where what happens in the run is added; whoever carries it out closes it. */
    Trace trace() {
        return trace;
    }

    /** Something that was kept is not as it was written, and is done again; the record says so. */
    void damaged(String what) {
        damages.add(what);
        run.getEnvironment().add(Entries.note("damage", what));
    }

    /** What was damaged. */
    List<String> damages() {
        return List.copyOf(damages);
    }

    /** Says of this run what is complete, as no other run and no other stage would. */
    String place() {
        var print = Records.fingerprint(run, Records.RUN);
        if (!resumed()) {
            return print;
        }
        var checkpoint = folder.checkpoint(last(run)).getFileName().toString();
        var hash = run.getFiles().stream()
                .filter(file -> file.getName().equals(checkpoint))
                .map(FileHash::getHash)
                .collect(Collectors.joining());
        return print + " " + last(run) + " " + hash;
    }

    /** Whether there is something to go on with. */
    boolean resumed() {
        return isResumable(run);
    }

    /** The tasks that have been learned. */
    List<String> learned() {
        return run.getMatrix().getRows().stream()
                .flatMap(row -> row.getTrained().stream())
                .toList();
    }

    /** The last complete evaluation. */
    Evaluation last() {
        var stage = last(run);
        List<Prediction> predictions = new ArrayList<>();
        folder.forEachPrediction(prediction -> {
            if (prediction.stage() == stage) {
                predictions.add(prediction);
            }
        });
        var rows = run.getMatrix().getRows();
        var row = rows.get(rows.size() - 1);
        var values = new HashMap<String, Double>();
        put(values, run.getTasks(), row.getScores());
        put(values, run.getWatched(), row.getWatched());
        return new Evaluation(stage, predictions, values, figures(row), 0, 0, 0, Reuse.NONE);
    }

    private static void put(Map<String, Double> values, List<String> tasks, List<Double> scores) {
        for (var i = 0; i < scores.size(); i++) {
            if (!scores.get(i).isNaN()) {
                values.put(tasks.get(i), scores.get(i));
            }
        }
    }

    /** By task and name, as {@link Records#row} joined them; a task's name may hold a slash, a figure's does not. */
    private static Map<String, Map<String, Double>> figures(Row row) {
        var figures = new HashMap<String, Map<String, Double>>();
        for (var figure : row.getFigures()) {
            var end = figure.getName().lastIndexOf('/');
            figures.computeIfAbsent(figure.getName().substring(0, end), task -> new HashMap<>())
                    .put(figure.getName().substring(end + 1), figure.getValue());
        }
        return figures;
    }

    /** What the learner and its parts kept then. */
    Checkpoint checkpoint() {
        return new Checkpoint(folder.checkpoint(last(run)));
    }

    /** Notes what a stage took that is about to be complete. */
    void took(Cost cost) {
        run.getCosts().add(cost);
    }

    @Override
    public void complete(Optional<StageResult> result, Evaluation evaluation, Map<String, State> states) {
        var stage = evaluation.stage();
        list(folder.writePredictions(stage, evaluation.predictions()));
        trace.force();
        list(folder.hashOfTrace());
        var checkpoint = new Checkpoint(folder.checkpoint(stage));
        checkpoint.write(states);
        checkpoint.check(); // the one before goes only when this one can be read
        list(folder.hashOfCheckpoint(stage));
        var trained = result.map(r -> r.stage().tasks()).orElse(List.of());
        run.getMatrix().getRows().add(Records.row(trained, evaluation, run));
        list(folder.writeMatrix(run.getMatrix()));
        result.ifPresent(r -> run.getStages().add(Records.of(r, evaluation)));
        run.setTaskFreeSamples(run.getTaskFreeSamples() + evaluation.verified());
        run.setAnswers(run.getAnswers() + evaluation.predictions().size());
        run.setTakenOver(run.getTakenOver() + evaluation.reuse().answers());
        run.setSecondsSaved(run.getSecondsSaved() + evaluation.reuse().seconds());
        ListedFiles.unlistCheckpoint(run, stage - 2);
        write();
        if (stage > 1) {
            new Checkpoint(folder.checkpoint(stage - 2)).delete();
        }
    }

    private void list(FileHash file) {
        ListedFiles.list(run, file);
    }

    /** Ends the record. */
    void end(RunStatus status, Optional<String> message) {
        run.setStatus(status);
        if (status == RunStatus.FINISHED) {
            run.setTaskFree(Records.taskFree(run));
        }
        message.ifPresent(run::setMessage);
        write();
    }

    private void write() {
        run.setSeconds(secondsBefore + (System.nanoTime() - started) / 1e9);
        folder.writeRun(run);
    }
}
