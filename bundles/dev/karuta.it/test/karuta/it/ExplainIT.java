package karuta.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import karuta.engine.catalog.Strategies;
import karuta.engine.plan.Planner;
import karuta.engine.run.CancellationToken;
import karuta.engine.run.ForgettingExplainer;
import karuta.engine.run.RunOptions;
import karuta.engine.run.StudyListener;
import karuta.engine.run.StudyRunner;
import karuta.metrics.forgetting.Explanation;
import karuta.metrics.forgetting.Explanation.Prompts;
import karuta.study.file.StudyReader;
import karuta.study.record.RunFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.test.common.annotation.InjectService;
import org.osgi.test.junit5.service.ServiceExtension;

/** What explains forgetting in toys explains it with the embedded model. */
@ExtendWith(ServiceExtension.class)
class ExplainIT {

    /** With K = 1 a card is trained alone, whatever selector is to choose it: the oracle's arm has the same cards. */
    private static final String STUDY = """
        study: explain
        seeds: [1]
        backbone: tiny
        encoder: tiny
        benchmark: {id: cards, train: 48, test: 24}
        tasks: [textvqa, ocrvqa, vizwiz]
        training: {steps: 12, batch: 8, rate: 0.05}
        arms:
          random: {learner: prompt, pool: {id: prototype, length: 8}, selector: {id: random, k: 1}, fusion: concat}
          oracle:
            {learner: prompt, pool: {id: prototype, length: 8}, selector: oracle, fusion: concat, analysis: true}
          l2p: {learner: prompt, pool: l2p, selector: l2p, fusion: concat}
          lora: {baseline: {id: lora, rank: 4}, training: {rate: 0.003}}
        """;

    @TempDir
    Path folder;

    @InjectService
    Strategies strategies;

    private Map<String, RunFolder> run() {
        var plan = Planner.plan(strategies, StudyReader.parse("explain", STUDY));
        var options = new RunOptions(folder.resolve("out"), folder.resolve("cache"), 1, false, false);
        var runs = new TreeMap<String, RunFolder>();
        for (var outcome :
                new StudyRunner(strategies, plan, options, StudyListener.NOBODY, new CancellationToken()).run()) {
            assertTrue(outcome.finished(), outcome.toString());
            runs.put(outcome.plan().arm().arm().getName(), outcome.folder().orElseThrow());
        }
        return runs;
    }

    private Explanation explain(RunFolder run) {
        try (var explainer = new ForgettingExplainer(
                strategies, folder.resolve("cache"), StudyListener.NOBODY, new CancellationToken())) {
            return explainer.explain(run);
        }
    }

    @Test
    void aChoiceThatIsPutRightScoresAsTheOraclesArmAndThePartsAreTheWhole() {
        var runs = run();
        var random = explain(runs.get("random"));
        var oracle = runs.get("oracle").read().getMatrix().getRows();
        for (var i = 0; i < 2; i++) {
            var task = random.tasks().get(i);
            assertEquals(oracle.get(3).getScores().get(i), task.scores().rightCards(), task.task());
        }
        assertEquals(Prompts.CONSTANT, random.prompts());

        var l2p = explain(runs.get("l2p"));
        assertEquals(Prompts.KEPT, l2p.prompts());
        assertFalse(l2p.routing());
        assertEquals(Prompts.NONE, explain(runs.get("lora")).prompts());
        for (var explanation : new Explanation[] {random, l2p, explain(runs.get("oracle"))}) {
            assertEquals(2 * 24, explanation.checked());
            for (var task : explanation.tasks()) {
                assertEquals(
                        task.scores().learned() - task.scores().actual(),
                        task.parts().total(),
                        1e-12);
            }
        }
    }
}
