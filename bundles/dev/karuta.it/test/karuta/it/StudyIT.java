package karuta.it;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import karuta.engine.catalog.Strategies;
import karuta.engine.plan.Planner;
import karuta.engine.run.CancellationToken;
import karuta.engine.run.RunOptions;
import karuta.engine.run.RunOutcome;
import karuta.engine.run.StudyListener;
import karuta.engine.run.StudyRunner;
import karuta.lmm.check.Models;
import karuta.safetensors.SafeTensors;
import karuta.safetensors.SafeTensorsWriter;
import karuta.study.file.StudyReader;
import karuta.study.record.Prediction;
import karuta.study.record.RunFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.test.common.annotation.InjectService;
import org.osgi.test.junit5.service.ServiceExtension;

/** Small true studies with the embedded model, checked by what must hold of them. */
@ExtendWith(ServiceExtension.class)
class StudyIT {

    private static final String STUDY = """
        study: properties
        seeds: [1]
        backbone: tiny
        encoder: tiny
        benchmark: {id: cards, train: 32, test: 12}
        tasks: [scienceqa, vizwiz]
        training: {steps: 8, batch: 8, rate: 0.05, warmup: 0.125}
        arms:
          modalprompt:
            learner: prompt
            pool: {id: prototype, length: 8}
            selector: dual
            fusion: concat
          lora-replay:
            baseline: {id: replay, buffer: 8, batch: 4}
            over: {baseline: {id: lora, rank: 4}}
            training: {rate: 0.003}
          zero-shot: {baseline: zero-shot}
        """;

    private static final int HIDDEN = 96;
    private static final int LENGTH = 8;
    private static final int VOCABULARY = 5;

    @TempDir
    Path folder;

    @InjectService
    Models models;

    @InjectService
    Strategies strategies;

    private Map<String, Path> run(String out, String study) {
        var plan = Planner.plan(strategies, StudyReader.parse(out, study));
        var options = new RunOptions(folder.resolve(out), folder.resolve("cache"), 1, false, false);
        var outcomes = new StudyRunner(strategies, plan, options, StudyListener.NOBODY, new CancellationToken()).run();
        outcomes.forEach(outcome -> assertTrue(outcome.finished(), outcome.toString()));
        return outcomes.stream()
                .collect(Collectors.toMap(outcome -> outcome.plan().arm().arm().getName(), StudyIT::folder));
    }

    private static Path folder(RunOutcome outcome) {
        return outcome.folder().orElseThrow().path();
    }

    private static List<String> matrix(Path run) throws IOException {
        return Files.readAllLines(run.resolve("matrix.csv"));
    }

    /** What was answered after a stage to the first n samples of a task. */
    private static List<Prediction> answers(Path run, int stage, String task, int n) {
        var answers = new ArrayList<Prediction>();
        new RunFolder(run).forEachPrediction(prediction -> {
            if (prediction.stage() == stage && prediction.task().equals(task) && answers.size() < n) {
                answers.add(prediction);
            }
        });
        return answers;
    }

    /** The numbers that the pool of a run keeps, by name. */
    private static Map<String, float[]> kept(Path run, int stage) {
        try (var manager = NDManager.newBaseManager("PyTorch");
                var file = SafeTensors.open(run.resolve("checkpoint-" + stage + ".safetensors"))) {
            return file.names().stream()
                    .filter(name -> name.startsWith("pool/"))
                    .collect(Collectors.toMap(
                            name -> name,
                            name -> file.read(name, manager, DataType.FLOAT32).toFloatArray()));
        }
    }

    @Test
    void whatMustHoldOfAStudyHolds() throws IOException {
        var runs = run("once", STUDY);
        var again = run("again", STUDY);

        for (var arm : runs.keySet()) {
            var matrix = matrix(runs.get(arm));
            assertEquals("stage,scienceqa [choice],vizwiz [exact]", matrix.get(0));
            assertEquals(4, matrix.size());
            assertEquals(
                    matrix(runs.get("zero-shot")).get(1),
                    matrix.get(1),
                    "before training every arm is the frozen model");
            for (var file : List.of("matrix.csv", "predictions.jsonl")) {
                assertEquals(
                        Files.readString(runs.get(arm).resolve(file)),
                        Files.readString(again.get(arm).resolve(file)),
                        "the same seed gives the same bits: " + arm + ", " + file);
            }
        }
        var frozen = matrix(runs.get("zero-shot"));
        assertEquals(frozen.get(1).substring(1), frozen.get(3).substring(1), "zero-shot never changes");
        assertNotEquals(
                Files.readString(runs.get("zero-shot").resolve("predictions.jsonl")),
                Files.readString(runs.get("modalprompt").resolve("predictions.jsonl")));
        assertFalse(answers(runs.get("modalprompt"), 2, "vizwiz", 1)
                .get(0)
                .selected()
                .isEmpty());
    }

    @Test
    void anEarlierPromptStaysBitForBit() throws IOException {
        var both = run("both", STUDY).get("modalprompt");
        var first = run("first", STUDY.replace("[scienceqa, vizwiz]", "[scienceqa]"))
                .get("modalprompt");

        var before = kept(first, 1);
        var after = kept(both, 2);
        assertEquals(2 * before.size(), after.size(), "a second card beside the first");
        before.forEach((name, numbers) -> assertArrayEquals(numbers, after.get(name), name));
    }

    @Test
    void anAnswerDoesNotDependOnTheOthersInItsBatch() {
        var many = run("many", STUDY).get("modalprompt");
        var few = run("few", STUDY.replace("test: 12", "test: 5")).get("modalprompt");

        for (var task : List.of("scienceqa", "vizwiz")) {
            assertEquals(answers(few, 2, task, 5), answers(many, 2, task, 5));
        }
    }

    @Test
    void anArmGoesOnFromTheFolderOfARun() throws IOException {
        var one = STUDY.replace("[scienceqa, vizwiz]", "[scienceqa]").replaceAll("(?s)  modalprompt:.*?concat\n", "");
        var before = run("before", one).get("lora-replay");
        var after = run(
                        "after",
                        one.replace("[scienceqa]", "[vizwiz, scienceqa]")
                                .replace("lora-replay:", "lora-replay:\n    from: '" + before + "'"))
                .get("lora-replay");

        var last = answers(before, 1, "scienceqa", 12);
        var row = answers(after, 0, "scienceqa", 12);
        assertEquals(
                last.stream().map(Prediction::text).toList(),
                row.stream().map(Prediction::text).toList());
        assertEquals(matrix(before).get(2).split(",")[1], matrix(after).get(1).split(",")[2]);
        assertNotEquals(
                answers(before, 0, "scienceqa", 12).stream()
                        .map(Prediction::text)
                        .toList(),
                row.stream().map(Prediction::text).toList());
    }

    @Test
    void aPoolThatGoesOnKeepsItsCardsBitForBit() {
        var prompts = STUDY.replaceAll("(?s)  lora-replay:.*", "");
        var before = run("before", prompts.replace("[scienceqa, vizwiz]", "[scienceqa]"))
                .get("modalprompt");
        var after = run(
                        "after",
                        prompts.replace("[scienceqa, vizwiz]", "[vizwiz]")
                                .replace("modalprompt:", "modalprompt:\n    from: '" + before + "'"))
                .get("modalprompt");

        kept(before, 1)
                .forEach((name, numbers) ->
                        assertArrayEquals(numbers, kept(after, 1).get(name), name));
        assertEquals(4, kept(after, 1).size());
        assertEquals(
                "scienceqa",
                answers(after, 0, "vizwiz", 1).get(0).selected().get(0).card());
    }

    /** The transforms say nothing but the prototypes that the run has found. */
    private static Map<String, NDArray> official(Map<String, float[]> kept, int cards, NDManager manager) {
        var tensors = new HashMap<String, NDArray>();
        NDArray table = manager.zeros(new Shape(VOCABULARY, HIDDEN));
        for (var i = 0; i < cards; i++) {
            var key = kept.get("pool/card." + i + ".key");
            var at = "prompt_transform." + i + ".";
            table = table.concat(manager.create(kept.get("pool/card." + i + ".prompt"), new Shape(LENGTH, HIDDEN)), 0);
            tensors.put(at + "0.weight", manager.zeros(new Shape(HIDDEN, HIDDEN)));
            tensors.put(at + "0.bias", manager.zeros(new Shape(HIDDEN)));
            tensors.put(at + "2.weight", manager.zeros(new Shape(key.length, HIDDEN)));
            tensors.put(at + "2.bias", manager.create(key));
        }
        tensors.put("model.embed_tokens.weight", table);
        return tensors;
    }

    @Test
    void promptsOfTheOfficialCodeAnswerAsWhereTheyCameFrom() {
        var prompts = STUDY.replaceAll("(?s)  lora-replay:.*", "");
        var before = run("before", prompts).get("modalprompt");
        var file = folder.resolve("non_lora_trainables.safetensors");
        var imported = folder.resolve("imported");
        try (var manager = NDManager.newBaseManager("PyTorch")) {
            SafeTensorsWriter.write(file, official(kept(before, 2), 2, manager), Map.of());
        }
        models.importPrompts(
                new Models.Prompts(file, imported, List.of("scienceqa", "vizwiz"), LENGTH, VOCABULARY), line -> {});
        var after = run("after", prompts.replace("modalprompt:", "modalprompt:\n    from: '" + imported + "'"))
                .get("modalprompt");

        for (var task : List.of("scienceqa", "vizwiz")) {
            var last = answers(before, 2, task, 12);
            var first = answers(after, 0, task, 12);
            assertEquals(
                    last.stream().map(Prediction::text).toList(),
                    first.stream().map(Prediction::text).toList());
            assertEquals(
                    cards(last), cards(first), "prototypes are means, which are rounded: the scores may differ a bit");
        }
        var cards = cards(answers(after, 2, "vizwiz", 12)).stream()
                .flatMap(List::stream)
                .collect(Collectors.toSet());
        assertTrue(Set.of("scienceqa", "vizwiz", "scienceqa#2", "vizwiz#2").containsAll(cards), cards.toString());
        assertTrue(cards.stream().anyMatch(card -> card.endsWith("#2")), cards.toString());
    }

    private static List<List<String>> cards(List<Prediction> answers) {
        return answers.stream()
                .map(answer -> answer.selected().stream()
                        .map(Prediction.Selected::card)
                        .toList())
                .toList();
    }
}
