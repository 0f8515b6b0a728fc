package karuta.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import karuta.engine.catalog.Strategies;
import karuta.engine.plan.Planner;
import karuta.engine.run.CancellationToken;
import karuta.engine.run.RunOptions;
import karuta.engine.run.StudyListener;
import karuta.engine.run.StudyRunner;
import karuta.study.Note;
import karuta.study.file.StudyReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.test.common.annotation.InjectService;
import org.osgi.test.junit5.service.ServiceExtension;

/** What a record says of the bundles that a run was made of, in the container that wires them. */
@ExtendWith(ServiceExtension.class)
class RecordIT {

    private static final String STUDY = """
        study: record
        seeds: [1]
        backbone: tiny
        encoder: tiny
        benchmark: {id: cards, train: 16, test: 4}
        tasks: [scienceqa, vizwiz]
        training: {steps: 2, batch: 4}
        arms:
          modalprompt: {learner: prompt, pool: {id: prototype, length: 8}, selector: {id: dual, k: 1}, fusion: concat}
        """;

    @TempDir
    Path folder;

    @InjectService
    Strategies strategies;

    private static Map<String, String> texts(List<Note> notes) {
        return notes.stream().collect(Collectors.toMap(Note::getName, Note::getText));
    }

    @Test
    void bundlesWiringSettingsAndCostsStandInTheRecordAndInItsFile() throws Exception {
        var plan = Planner.plan(strategies, StudyReader.parse("record.yaml", STUDY));
        var options = new RunOptions(folder.resolve("out"), folder.resolve("cache"), 1, false, false);
        var outcome = new StudyRunner(strategies, plan, options, StudyListener.NOBODY, new CancellationToken())
                .run()
                .get(0);
        assertTrue(outcome.finished(), outcome.toString());
        var run = outcome.folder().orElseThrow().read();
        var bundles = texts(run.getBundles());
        for (var part : run.getParts()) {
            assertEquals(part.getSha256(), bundles.get(part.getBundle()).split(" ")[1], part.getName());
        }
        var wiring = texts(run.getWiring());
        assertEquals(bundles.keySet(), wiring.keySet());
        assertTrue(List.of(wiring.get("karuta.selector.dual").split(", ")).contains("karuta.api"), wiring.toString());
        assertTrue(bundles.containsKey("karuta.engine") && !bundles.containsKey("karuta.selector.text"));

        var json = Files.readString(outcome.folder().orElseThrow().path().resolve("run.json"));
        assertTrue(json.contains("\"pool.length\": 8"), json);
        assertTrue(json.contains("\"selector.k\": 1"), json);
        assertTrue(json.contains("\"natives\": "), json);
        var costs = run.getCosts();
        assertEquals(3, costs.size());
        assertEquals(0, costs.get(0).getPromptTokens(), "no card yet");
        assertEquals(8, costs.get(2).getPromptTokens(), "one card of eight tokens");
        assertTrue(costs.get(1).getScoredFlops()
                > 2.0 * run.getParameters() * costs.get(1).getScoredTokens() * 2);
    }
}
