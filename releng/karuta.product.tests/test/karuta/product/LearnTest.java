package karuta.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tasks that are learned into a pool, one at a time. */
class LearnTest {

    private static final String ADA = "Ada <ada@example.org>";

    private static final String STUDY = """
            study: short
            seeds: [1]
            backbone: tiny
            encoder: tiny
            benchmark: {id: cards, train: 64, test: 20, seed: 1}
            tasks: [imagenet, vizwiz]
            training: {steps: 20, batch: 16, rate: 0.05}
            arms:
              dual: {learner: prompt, pool: {id: prototype, length: 4}, selector: {id: dual, k: 2}, fusion: concat}
            """;

    @TempDir
    private Path folder;

    @BeforeEach
    void export() throws IOException {
        Files.writeString(folder.resolve("short.yaml"), STUDY);
        karuta("export-tasks", "tasks", "-o", "train=64", "-o", "test=20", "-o", "seed=1");
    }

    @Test
    void withoutEarlyStoppingACardHasTheBitsOfARun() throws IOException {
        karuta("run", "short.yaml", "--out", "runs");
        karuta("pool", "import", "runs/short.dual.default.seed1", "--pool", "imported", "--author", ADA);
        var first = learn("imagenet", "--study", "short.yaml", "--holdout", "0", "--patience", "0");
        learn("vizwiz", "--holdout", "0", "--patience", "0", "--keep-anyway");
        for (var card : List.of("imagenet", "vizwiz")) {
            var one = record("imported", card);
            var other = record("p", card);
            for (var same : List.of("sha256", "number")) {
                assertEquals(one.get(same), other.get(same), card + " " + same);
            }
            assertEquals(
                    one.getAsJsonObject("after").get(card),
                    other.getAsJsonObject("after").get(card));
        }
        assertTrue(first.get("kept").getAsBoolean());
        var question = List.of("--image", "tasks/vizwiz/test/00000.png", "Which is it?", "--json");
        assertEquals(ask("imported", question), ask("p", question));
        karuta("pool", "verify", "--all", "--pool", "p");
    }

    @Test
    void whatIsHeldOutStopsAndJudges() throws IOException {
        var first = learn("imagenet", "--study", "short.yaml", "--set", "training.steps=200");
        assertTrue(score(first, "after", "imagenet") > score(first, "before", "imagenet"), first.toString());
        var record = record("p", "imagenet");
        assertEquals(12, record.getAsJsonObject("source").get("validation").getAsInt());
        assertEquals(12, record.getAsJsonArray("likeness").size());

        var before = karuta("pool", "log", "--pool", "p", "--json");
        var refused = run("learn", "tasks/vizwiz", "--pool", "p", "--author", ADA, "--tolerate", "-300");
        assertEquals(1, refused.code(), refused.err());
        assertTrue(refused.err().contains("the card makes \"imagenet\" worse"), refused.err());
        assertEquals(before, karuta("pool", "log", "--pool", "p", "--json"));

        var kept = learn("vizwiz", "--tolerate", "-300", "--keep-anyway");
        assertTrue(kept.getAsJsonObject("before").has("imagenet"), kept.toString());
        assertTrue(kept.getAsJsonObject("after").has("vizwiz"), kept.toString());

        Files.move(folder.resolve("tasks/imagenet"), folder.resolve("tasks/elsewhere"));
        var blind = learn("gqa");
        assertTrue(blind.getAsJsonObject("notCompared").has("imagenet"), blind.toString());
        assertTrue(blind.getAsJsonObject("after").has("vizwiz"), blind.toString());
    }

    @Test
    void whatCannotBeLearnedIsRefusedInWords() throws IOException {
        refused("is no folder", "learn", "nowhere");
        var plain = Files.createDirectories(folder.resolve("plain"));
        refused("holds no train.json", "learn", "plain");
        Files.writeString(plain.resolve("train.json"), "[{\"id\": \"1\", \"text\": \"What?\"}]");
        refused("plain", "learn", "plain");
        Files.writeString(plain.resolve("train.json"), conversation("x.png"));
        Files.writeString(plain.resolve("x.png"), "no image");
        refused("x.png", "learn", "plain", "--holdout", "0");
        assertFalse(Files.exists(folder.resolve("p")), "nothing has begun");

        var odd = "../a/😀";
        learn("imagenet", "--task", odd, "--study", "short.yaml", "--set", "training.steps=2");
        refused("has a card \"" + odd + "\" already", "learn", "tasks/imagenet", "--task", odd);
        refused("is there already, and has its own study", "learn", "tasks/gqa", "--study", "short.yaml");
        learn("imagenet", "--task", odd, "--replace", "--set", "training.steps=2");
        karuta("pool", "verify", "--pool", "p");

        Files.createDirectories(folder.resolve("plain/.git"));
        refused("plain", "learn", "tasks/gqa", "--pool", "plain");
    }

    @Test
    void whoIsKilledLeavesWhatWasOrWhatIs() throws IOException, InterruptedException {
        var random = new Random(1);
        learn("imagenet", "--study", "short.yaml", "--set", "training.steps=4");
        var started = System.nanoTime();
        learn("vizwiz", "--set", "training.steps=4");
        var whole = (System.nanoTime() - started) / 1_000_000;
        for (var i = 0; i < 8; i++) {
            var name = "killed" + i;
            var running = product()
                    .start(
                            Map.of(),
                            "learn",
                            "tasks/gqa",
                            "--task",
                            name,
                            "--pool",
                            "p",
                            "--author",
                            ADA,
                            "--set",
                            "training.steps=4");
            running.process().waitFor(whole / 2 + random.nextLong(whole), TimeUnit.MILLISECONDS);
            running.process().descendants().forEach(ProcessHandle::destroyForcibly);
            running.process().destroyForcibly().waitFor();
            karuta("pool", "verify", "--pool", "p");
            var shown = karuta("pool", "show", "--pool", "p");
            assertTrue(shown.contains("imagenet") && shown.contains("vizwiz"), shown);
        }
        learn("scienceqa", "--set", "training.steps=4");
    }

    private static String conversation(String image) {
        return """
                [{"id": "1", "image": "%s", "conversations":
                  [{"from": "human", "value": "<image>\\nWhat?"}, {"from": "gpt", "value": "it"}]}]
                """.formatted(image);
    }

    private static double score(JsonObject learned, String when, String task) {
        return learned.getAsJsonObject(when).get(task).getAsDouble();
    }

    private JsonObject record(String pool, String card) throws IOException {
        return JsonParser.parseString(Files.readString(folder.resolve(pool + "/cards/" + card + ".json")))
                .getAsJsonObject();
    }

    private String ask(String pool, List<String> question) {
        var command = new ArrayList<>(List.of("ask", "--pool", pool));
        command.addAll(question);
        return karuta(command.toArray(String[]::new));
    }

    private JsonObject learn(String task, String... options) {
        var command = new ArrayList<>(List.of("learn", "tasks/" + task, "--pool", "p", "--author", ADA, "--json"));
        command.addAll(List.of(options));
        return JsonParser.parseString(karuta(command.toArray(String[]::new))).getAsJsonObject();
    }

    private void refused(String words, String... command) {
        var all = new ArrayList<>(List.of(command));
        all.addAll(List.of("--author", ADA));
        if (!all.contains("--pool")) {
            all.addAll(List.of("--pool", "p"));
        }
        var end = run(all.toArray(String[]::new));
        assertEquals(2, end.code(), end.out() + end.err());
        assertTrue(end.err().contains(words), end.err());
    }

    private String karuta(String... command) {
        var end = run(command);
        assertEquals(0, end.code(), end.out() + end.err());
        return end.out();
    }

    private Product.Result run(String... command) {
        return product().start(Map.of(), command).end();
    }

    private Product product() {
        return Files.exists(folder.resolve("karuta"))
                ? new Product(folder.resolve("karuta"), folder.resolve("cache"))
                : Product.in(folder);
    }
}
