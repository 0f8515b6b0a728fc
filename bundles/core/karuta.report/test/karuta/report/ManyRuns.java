package karuta.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import karuta.study.FileHash;
import karuta.study.Run;
import karuta.study.record.ListedFiles;
import karuta.study.record.Prediction;
import karuta.study.record.RunFolder;

/** A large sweep: many arms with several seeds, eight tasks, every answer kept. */
public final class ManyRuns {

    private static final List<String> TASKS = List.of("one", "two", "three", "four", "five", "six", "seven", "eight");
    private static final int SAMPLES = 5;

    private ManyRuns() {}

    /** Writes them; the seeds of an arm share files, as writing them all takes minutes. */
    public static void write(Path out, int arms, int seeds) throws IOException {
        var runs = new Runs(out);
        var random = new Random(1);
        for (var arm = 0; arm < arms; arm++) {
            var run = run("arm-" + arm, random);
            var first = runs.write(run);
            ListedFiles.list(run, answers(first, random));
            first.writeRun(run);
            for (var seed = 2; seed <= seeds; seed++) {
                run.setSeed(seed);
                var folder = RunFolder.create(out, run);
                for (var file : List.of("matrix.json", "matrix.csv", "predictions.jsonl")) {
                    Files.createLink(folder.path().resolve(file), first.path().resolve(file));
                }
                folder.writeRun(run);
            }
        }
    }

    private static Run run(String arm, Random random) {
        var run = Runs.run("dual", 1, 0, 0, 0.5, 0, 0.5, 0.5);
        run.getArm().setName(arm);
        Runs.learned(run, TASKS);
        for (var row : run.getMatrix().getRows()) {
            for (var j = 0; j < row.getStage(); j++) {
                row.getScores().set(j, random.nextInt(101) / 100.0);
            }
        }
        return run;
    }

    private static FileHash answers(RunFolder folder, Random random) {
        var answers = new ArrayList<Prediction>();
        for (var stage = 0; stage <= TASKS.size(); stage++) {
            for (var task : TASKS) {
                for (var i = 0; i < SAMPLES; i++) {
                    var right = random.nextInt(2);
                    var card = TASKS.get(random.nextInt(TASKS.size()));
                    answers.add(new Prediction(
                            stage,
                            task,
                            task + i,
                            "what is it?",
                            right == 1 ? "yes" : "no",
                            "yes",
                            right,
                            List.of(new Prediction.Selected(card, Optional.of(card), OptionalDouble.of(0.5)))));
                }
            }
        }
        return folder.writePredictions(0, answers);
    }
}
