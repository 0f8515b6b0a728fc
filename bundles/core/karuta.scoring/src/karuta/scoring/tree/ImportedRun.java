package karuta.scoring.tree;

import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import karuta.api.Image;
import karuta.api.KarutaException;
import karuta.files.Sha256;
import karuta.scoring.rule.Outcome;
import karuta.scoring.table.TaskScores;
import karuta.study.FileHash;
import karuta.study.KarutaFactory;
import karuta.study.Row;
import karuta.study.Run;
import karuta.study.RunStatus;
import karuta.study.StrategyReference;
import karuta.study.record.Entries;
import karuta.study.record.ListedFiles;
import karuta.study.record.Prediction;
import karuta.study.record.RunFolder;

/**
 * Keeps answers of others, scored by one rule for each task, in a folder that is read like that of a run: marked as imported,
 * with holes where nothing was evaluated. It cannot be run again, and has no checkpoints.
 */
public final class ImportedRun {

    private static final KarutaFactory FACTORY = KarutaFactory.eINSTANCE;
    private static final String NOBODY = "unknown";

    private final RunFolder folder;
    private final Run run;
    private final List<String> tasks;
    private final StringBuilder all = new StringBuilder();

    private ImportedRun(RunFolder folder, Run run) {
        this.folder = folder;
        this.run = run;
        this.tasks = List.copyOf(run.getTasks());
    }

    /**
     * Begins one in a new folder.
     *
     * @param out where the folder is made
     * @param name of the arm
     * @param order of the tasks
     * @param origin where the answers are from
     * @param benchmark what they are to: {@code suite coin}
     */
    public static ImportedRun begin(Path out, String name, StageOrder order, Path origin, String benchmark) {
        var run = FACTORY.createRun();
        run.setStudy("imported");
        var arm = FACTORY.createArm();
        arm.setName(name);
        run.setArm(arm);
        run.setOrder("learned");
        run.getTasks().addAll(order.tasks());
        run.setBackbone(reference("backbone", NOBODY));
        run.setEncoder(reference("encoder", NOBODY));
        run.setBenchmark(reference("benchmark", benchmark));
        run.setTraining(FACTORY.createTraining());
        run.setStatus(RunStatus.RUNNING);
        run.setStarted(Instant.now().truncatedTo(ChronoUnit.MILLIS).toString());
        run.setImported(origin.toString());
        run.getData().add(Entries.note("order", order.note()));
        var matrix = FACTORY.createScoreMatrix();
        matrix.getTasks().addAll(order.tasks());
        order.tasks().forEach(task -> matrix.getScorers().add(NOBODY));
        run.setMatrix(matrix);
        for (var stage = 0; stage <= order.tasks().size(); stage++) {
            var learned = stage == 0 ? List.<String>of() : List.of(order.tasks().get(stage - 1));
            matrix.getRows().add(row(stage, learned, order.tasks().size()));
            if (stage > 0) {
                var record = FACTORY.createStage();
                record.setNumber(stage);
                record.getTasks().addAll(learned);
                run.getStages().add(record);
            }
        }
        return new ImportedRun(RunFolder.create(out, run), run);
    }

    private static Row row(int stage, List<String> learned, int size) {
        var row = FACTORY.createRow();
        row.setStage(stage);
        row.getTrained().addAll(learned);
        IntStream.range(0, size).forEach(task -> row.getScores().add(Double.NaN));
        return row;
    }

    private static StrategyReference reference(String kind, String id) {
        var reference = FACTORY.createStrategyReference();
        reference.setKind(kind);
        reference.setId(id);
        return reference;
    }

    /**
     * Keeps the answers of a stage by the first rule of each task.
     *
     * @param scores of one stage, which is later than all before
     * @throws KarutaException if a task has another rule than before, or none could score it
     */
    public void add(List<TaskScores> scores) {
        var stage = scores.get(0).stage().orElseThrow();
        var predictions = new ArrayList<Prediction>();
        for (var task : scores) {
            var outcome = task.scoring().outcomes().stream()
                    .findFirst()
                    .orElseThrow(() -> task.scoring().failures().get(0));
            enter(stage, task, outcome);
            for (var i = 0; i < outcome.each().size(); i++) {
                predictions.add(prediction(stage, task.task(), outcome, i));
            }
        }
        list(folder.writePredictions(stage, predictions));
    }

    private void enter(int stage, TaskScores task, Outcome outcome) {
        var place = tasks.indexOf(task.task());
        var scorers = run.getMatrix().getScorers();
        var former = scorers.get(place);
        if (!former.equals(NOBODY) && !former.equals(outcome.rule())) {
            throw new KarutaException(
                    "Task " + task.task() + " was scored by " + former + " before stage " + stage + ", and by "
                            + outcome.rule() + " after it: two rules cannot share a column.",
                    "Name one rule with --rule.");
        }
        scorers.set(place, outcome.rule());
        var row = run.getMatrix().getRows().get(stage);
        row.getScores().set(place, outcome.value());
        new TreeMap<>(outcome.figures())
                .forEach((name, value) -> row.getFigures().add(Entries.figure(task.task() + "/" + name, value)));
        var words = "after stage " + stage + ": " + task.source() + ", "
                + outcome.paired().responses().size()
                + " answers scored, over " + outcome.paired().denominator() + "; pairing "
                + outcome.pairing().id()
                + ": " + outcome.pairing().words();
        run.getData().add(Entries.note(task.task(), words));
        all.append(task.task())
                .append(' ')
                .append(outcome.rule())
                .append(' ')
                .append(outcome.value())
                .append(words);
    }

    private static Prediction prediction(int stage, String task, Outcome outcome, int place) {
        var response = outcome.paired().responses().get(place);
        var sample = response.sample();
        return new Prediction(
                stage,
                task,
                sample.id(),
                sample.query().images().stream()
                        .map(Image::path)
                        .flatMap(Optional::stream)
                        .findFirst(),
                sample.query().instruction(),
                response.answer(),
                outcome.each().get(place).parsed(),
                sample.references(),
                outcome.each().get(place).value(),
                List.of());
    }

    private void list(FileHash hash) {
        ListedFiles.list(run, hash);
    }

    /** Ends it; gives the folder. */
    public RunFolder end() {
        run.getFingerprints().add(Entries.note("run", Sha256.of(all.toString())));
        run.setStatus(RunStatus.FINISHED);
        list(folder.writeMatrix(run.getMatrix()));
        folder.writeRun(run);
        return folder;
    }
}
