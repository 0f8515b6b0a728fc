package karuta.it;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Collectors;
import karuta.engine.catalog.Strategies;
import karuta.engine.plan.Planner;
import karuta.engine.run.CancellationToken;
import karuta.engine.run.RunOptions;
import karuta.engine.run.StudyListener;
import karuta.engine.run.StudyRunner;
import karuta.lmm.check.Models;
import karuta.safetensors.SafeTensors;
import karuta.study.file.StudyReader;
import karuta.study.record.RunFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.test.common.annotation.InjectService;
import org.osgi.test.junit5.service.ServiceExtension;

/** What true strategies keep can be exported in PEFT's format, and what is imported from it can be begun with. */
@ExtendWith(ServiceExtension.class)
class ExchangeIT {

    private static final String STUDY = """
        study: exchange
        seeds: [1]
        backbone: {id: llava, path: 'MODEL', maxNewTokens: 6}
        encoder: tiny
        benchmark: {id: cards, train: 8, test: 6}
        tasks: [scienceqa]
        training: {steps: 2, batch: 4, rate: 0.05, warmup: 0}
        arms:
        """;
    private static final String LORA = "  lora: {baseline: {id: lora, rank: 3, alpha: 5.5, targets: [q_proj, up_proj]}";
    private static final String PROMPT =
            "  prompt: {learner: prompt, pool: {id: prototype, length: 4}, selector: dual, fusion: concat}\n";

    @TempDir
    Path folder;

    @InjectService
    Strategies strategies;

    @InjectService
    Models models;

    /** The runs of a study, by their arms. */
    private Map<String, RunFolder> run(String name, String arms) {
        var study = STUDY.replace("MODEL", folder.resolve("model").toString()) + arms;
        var plan = Planner.plan(strategies, StudyReader.parse(name, study));
        var options = new RunOptions(folder.resolve(name), folder.resolve("cache"), 1, false, false);
        var outcomes = new StudyRunner(strategies, plan, options, StudyListener.NOBODY, new CancellationToken()).run();
        outcomes.forEach(outcome -> assertTrue(outcome.finished(), outcome.toString()));
        return outcomes.stream()
                .collect(Collectors.toMap(
                        outcome -> outcome.plan().arm().arm().getName(),
                        outcome -> outcome.folder().orElseThrow()));
    }

    private static Map<String, float[]> tensors(Path file) {
        try (var manager = NDManager.newBaseManager("PyTorch");
                var stored = SafeTensors.open(file)) {
            return new TreeMap<>(stored.names().stream()
                    .collect(Collectors.toMap(
                            name -> name,
                            name -> stored.read(name, manager, DataType.FLOAT32).toFloatArray())));
        }
    }

    private static List<String> answers(RunFolder run, int stage) {
        var answers = new ArrayList<String>();
        run.forEachPrediction(prediction -> {
            if (prediction.stage() == stage) {
                answers.add(prediction.text());
            }
        });
        return answers;
    }

    private Path export(RunFolder run) {
        var out = folder.resolve("peft." + run.path().getFileName());
        models.exportAdapters(run.newestCheckpoint().orElseThrow(), folder.resolve("model"), out, line -> {});
        return out;
    }

    @Test
    void anAdapterGoesOutAndComesBack() {
        models.random(
                new Models.RandomModelSpec("tiny", OptionalInt.empty(), "fp32", 1, folder.resolve("model")),
                line -> {});
        var runs = run("before", LORA + "}\n" + PROMPT);

        var before = runs.get("lora");
        var imported = folder.resolve("imported");
        models.importAdapter(export(before), imported, line -> {});
        var kept = tensors(before.newestCheckpoint().orElseThrow());
        var back = tensors(imported.resolve("checkpoint-1.safetensors"));
        assertEquals(kept.keySet(), back.keySet());
        kept.forEach((name, numbers) -> assertArrayEquals(numbers, back.get(name), name));
        var after = run("after", LORA + ", from: '" + imported + "'}\n").get("lora");
        assertEquals(answers(before, 1), answers(after, 0));
        assertNotEquals(answers(before, 0), answers(after, 0));

        var prompt = runs.get("prompt");
        assertArrayEquals(
                tensors(prompt.newestCheckpoint().orElseThrow()).get("pool/card.0.prompt"),
                tensors(export(prompt).resolve("scienceqa/adapter_model.safetensors"))
                        .get("prompt_embeddings"));
    }
}
