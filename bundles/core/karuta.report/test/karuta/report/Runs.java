package karuta.report;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import karuta.study.KarutaFactory;
import karuta.study.Run;
import karuta.study.RunStatus;
import karuta.study.ScoreMatrix;
import karuta.study.Stage;
import karuta.study.TaskFree;
import karuta.study.file.StudyReader;
import karuta.study.file.TrainingDefaults;
import karuta.study.record.ListedFiles;
import karuta.study.record.Prediction;
import karuta.study.record.RunFolder;

/** Writes run folders as an engine would. */
public final class Runs {

    private static final KarutaFactory FACTORY = KarutaFactory.eINSTANCE;
    private static final String STUDY = """
        study: demo
        seeds: [1]
        backbone: tiny
        encoder: tiny
        benchmark: {id: cards, test: 10}
        training: {steps: 80}
        arms:
          dual: {learner: prompt, selector: {id: dual, k: 3}}
          lora: {baseline: lora}
          oracle: {learner: prompt, selector: oracle, analysis: true}
          joint: {baseline: joint, over: {baseline: lora}}
        """;

    private final Path out;
    private int written;

    /** @param out where to */
    public Runs(Path out) {
        this.out = out;
    }

    /** An arm of {@link #STUDY} with tasks a and b; the scores of all rows are given in their order. */
    public static Run run(String arm, long seed, double... scores) {
        var study = StudyReader.parse("demo.yaml", STUDY);
        var run = FACTORY.createRun();
        run.setStudy(study.getName());
        run.setArm(study.getArms().stream()
                .filter(each -> each.getName().equals(arm))
                .findFirst()
                .orElseThrow());
        run.setTraining(TrainingDefaults.of(study, run.getArm()));
        run.setBackbone(study.getBackbone());
        run.setEncoder(study.getEncoder());
        run.setBenchmark(study.getBenchmark());
        run.setSeed(seed);
        run.setOrder("default");
        run.getTasks().addAll(List.of("a", "b"));
        run.setStatus(RunStatus.FINISHED);
        run.setTaskFree(TaskFree.VERIFIED);
        var joint = arm.equals("joint");
        run.setMatrix(matrix(joint, scores));
        run.getMatrix().getRows().stream()
                .skip(1)
                .forEach(row -> run.getStages().add(stage(row.getStage(), row.getTrained())));
        return run;
    }

    private static ScoreMatrix matrix(boolean joint, double... scores) {
        var matrix = FACTORY.createScoreMatrix();
        matrix.getTasks().addAll(List.of("a", "b"));
        for (var i = 0; i < scores.length / 2; i++) {
            var row = FACTORY.createRow();
            row.setStage(i);
            if (i > 0) {
                row.getTrained().addAll(joint ? List.of("a", "b") : List.of(i == 1 ? "a" : "b"));
            }
            row.getScores().addAll(List.of(scores[2 * i], scores[2 * i + 1]));
            matrix.getRows().add(row);
        }
        return matrix;
    }

    private static Stage stage(int number, List<String> learned) {
        var stage = FACTORY.createStage();
        stage.setNumber(number);
        stage.getTasks().addAll(learned);
        stage.setTrained(1280);
        stage.setStored(2560L * number);
        stage.setStoredSamples(80L * number);
        stage.setStoredBytes(1_000_000L * number);
        stage.setSamples(2000);
        stage.setSeconds(4);
        stage.setEvaluationSeconds(1.25);
        return stage;
    }

    /** Lets a run have learned other tasks, one after the other, with no score above zero. */
    static void learned(Run run, List<String> tasks) {
        run.getTasks().clear();
        run.getStages().clear();
        run.getTasks().addAll(tasks);
        var matrix = FACTORY.createScoreMatrix();
        matrix.getTasks().addAll(tasks);
        for (var i = 0; i <= tasks.size(); i++) {
            var row = FACTORY.createRow();
            row.setStage(i);
            row.getScores().addAll(Collections.nCopies(tasks.size(), 0.0));
            if (i > 0) {
                row.getTrained().add(tasks.get(i - 1));
                run.getStages().add(stage(i, row.getTrained()));
            }
            matrix.getRows().add(row);
        }
        run.setMatrix(matrix);
    }

    /** Writes a run that started after those written before. */
    public RunFolder write(Run run) {
        run.setStarted(
                Instant.parse("2026-01-01T12:00:00Z").plusSeconds(written++).toString());
        var folder = RunFolder.create(out, run);
        ListedFiles.list(run, folder.writeMatrix(run.getMatrix()));
        folder.writeRun(run);
        return folder;
    }

    /** Writes predictions of a stage: for each sample its true task and the tasks of the cards chosen for it. */
    public static void choose(RunFolder folder, int stage, List<List<String>> samples) {
        var predictions = new ArrayList<Prediction>();
        for (var sample : samples) {
            var selected = sample.stream()
                    .skip(1)
                    .map(task -> new Prediction.Selected(task, Optional.of(task), OptionalDouble.of(0.5)))
                    .toList();
            predictions.add(new Prediction(stage, sample.get(0), "1", "?", "yes", "yes", 1, selected));
        }
        folder.writePredictions(stage, predictions);
    }
}
