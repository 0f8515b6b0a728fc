package karuta.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import karuta.engine.catalog.Strategies;
import karuta.engine.plan.Planner;
import karuta.engine.run.CancellationToken;
import karuta.engine.run.CheckpointPace;
import karuta.engine.run.RunOptions;
import karuta.engine.run.StudyListener;
import karuta.engine.run.StudyRunner;
import karuta.study.file.StudyReader;
import karuta.study.record.RunFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.test.common.annotation.InjectService;
import org.osgi.test.junit5.service.ServiceExtension;

/** Answers that are taken over are those that would have been generated. */
@ExtendWith(ServiceExtension.class)
class ReuseIT {

    private static final String STUDY = """
        study: reuse
        seeds: [1, 2]
        backbone: tiny
        encoder: tiny
        benchmark: {id: cards, train: 16, test: 40}
        tasks: [scienceqa, vizwiz, imagenet]
        training: {steps: 4, batch: 8, rate: 0.05}
        arms:
          modalprompt:
            learner: prompt
            pool: {id: prototype, length: 8}
            selector: {id: dual, k: 1}
            fusion: concat
          coda: {learner: prompt, pool: {id: coda, components: 4, layers: [0, 3]}, selector: coda, fusion: sum}
          moelora: {learner: moelora, training: {rate: 0.003}}
          lora-replay:
            baseline: {id: replay, buffer: 8, batch: 4}
            over: {baseline: {id: lora, rank: 4}}
            training: {rate: 0.003}
        """;

    @TempDir
    Path folder;

    @InjectService
    Strategies strategies;

    private Map<String, RunFolder> run(String out, int jobs, boolean reuse) {
        var plan = Planner.plan(strategies, StudyReader.parse(out, STUDY));
        var options = new RunOptions(
                folder.resolve(out), folder.resolve("cache"), jobs, false, false, reuse, CheckpointPace.DEFAULT);
        var runs = new TreeMap<String, RunFolder>();
        for (var outcome :
                new StudyRunner(strategies, plan, options, StudyListener.NOBODY, new CancellationToken()).run()) {
            assertTrue(outcome.finished(), outcome.toString());
            runs.put(outcome.plan().title(), outcome.folder().orElseThrow());
        }
        return runs;
    }

    @Test
    void takingOverChangesNoPredictionOfAnyArmOneAfterTheOtherOrTwoAtATime() throws IOException {
        var all = run("all", 1, false);
        for (var jobs : new int[] {1, 2}) {
            var saved = run("reuse" + jobs, jobs, true);
            assertEquals(all.keySet(), saved.keySet());
            var taken = 0L;
            for (var title : all.keySet()) {
                for (var file : new String[] {"predictions.jsonl", "matrix.json"}) {
                    assertEquals(
                            Files.readString(all.get(title).path().resolve(file)),
                            Files.readString(saved.get(title).path().resolve(file)),
                            title + ", " + file);
                }
                assertEquals(0, all.get(title).read().getTakenOver());
                assertEquals(4 * 3 * 40, saved.get(title).read().getAnswers());
                taken += saved.get(title).read().getTakenOver();
            }
            assertTrue(taken >= 5 * 120, "before training most arms are the frozen model: " + taken);
        }
    }
}
