package karuta.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import karuta.engine.catalog.Strategies;
import karuta.engine.plan.Planner;
import karuta.engine.run.CancellationToken;
import karuta.engine.run.RunOptions;
import karuta.engine.run.StudyListener;
import karuta.engine.run.StudyRunner;
import karuta.study.file.StudyException;
import karuta.study.file.StudyReader;
import karuta.study.record.Prediction;
import karuta.study.record.RunFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.test.common.annotation.InjectService;
import org.osgi.test.junit5.service.ServiceExtension;

/** Every method of prompts, two tasks on the embedded model. */
@ExtendWith(ServiceExtension.class)
class PromptMethodsIT {

    private static final String STUDY = """
        study: prompts
        seeds: [1]
        backbone: tiny
        encoder: tiny
        benchmark: {id: cards, train: 12, test: 5}
        tasks: [scienceqa, vizwiz]
        training: {steps: 3, batch: 4, rate: 0.05}
        arms:
          l2p: {learner: prompt, pool: l2p, selector: l2p, fusion: concat}
          dualprompt:
            {learner: prompt, pool: {id: dualprompt, expertLayers: [2, 3]}, selector: dualprompt, fusion: concat}
          coda: {learner: prompt, pool: {id: coda, components: 4, layers: [0, 3]}, selector: coda, fusion: sum}
          sprompts: {learner: prompt, pool: sprompts, selector: sprompts, fusion: concat}
          progressive: {learner: prompt, pool: progressive, selector: progressive, fusion: concat}
          repro: {learner: prompt, pool: prototype, selector: repro, fusion: concat}
          threshold: {learner: prompt, pool: prototype, selector: threshold, fusion: concat}
          mass: {learner: prompt, pool: prototype, selector: mass, fusion: concat}
          modality: {learner: prompt, pool: prototype, selector: modality, fusion: sum}
          gated: {learner: prompt, pool: prototype, selector: modality, fusion: gated}
        """;

    @TempDir
    Path folder;

    @InjectService
    Strategies strategies;

    /** What each arm said after the last stage. */
    private Map<String, List<Prediction>> run(String out, String study) {
        var plan = Planner.plan(strategies, StudyReader.parse(out, study));
        var options = new RunOptions(folder.resolve(out), folder.resolve("cache"), 1, false, false);
        var said = new TreeMap<String, List<Prediction>>();
        for (var outcome :
                new StudyRunner(strategies, plan, options, StudyListener.NOBODY, new CancellationToken()).run()) {
            assertTrue(outcome.finished(), outcome.toString());
            var predictions = new ArrayList<Prediction>();
            new RunFolder(outcome.folder().orElseThrow().path()).forEachPrediction(prediction -> {
                if (prediction.stage() == 2) {
                    predictions.add(prediction);
                }
            });
            said.put(outcome.plan().arm().arm().getName(), predictions);
        }
        return said;
    }

    @Test
    void eachChoosesAsManyCardsAsItSaysAndAnswersASampleAsIfItWereAlone() {
        var many = run("many", STUDY);
        assertEquals(10, many.size());
        var cards = Map.of(
                "l2p",
                5,
                "dualprompt",
                2,
                "coda",
                16,
                "sprompts",
                1,
                "progressive",
                2,
                "repro",
                1,
                "modality",
                2,
                "gated",
                2);
        cards.forEach((arm, n) -> many.get(arm)
                .forEach(prediction -> assertEquals(n, prediction.selected().size(), arm)));
        many.forEach((arm, said) ->
                said.forEach(prediction -> assertTrue(!prediction.selected().isEmpty(), arm)));
        assertNotEquals(many.get("l2p"), many.get("sprompts"));

        var few = run("few", STUDY.replace("test: 5", "test: 2"));
        few.forEach((arm, said) -> assertTrue(many.get(arm).containsAll(said), arm));
    }

    @Test
    void layersThatTheModelLacksAreRefusedByNameBeforeAnythingStarts() {
        refused("{id: coda, components: 4, layers: [0, 3]}", "coda", "\"layers\" of pool.coda is [0, 1, 2, 3, 4]");
        refused(
                "{id: dualprompt, expertLayers: [2, 3]}",
                "dualprompt",
                "\"expertLayers\" of pool.dualprompt is [2, 3, 4]");
    }

    private void refused(String with, String without, String why) {
        var study = STUDY.replace(with, without);
        var message =
                assertThrows(StudyException.class, () -> run(without, study)).getMessage();
        assertTrue(message.contains(why), message);
    }
}
