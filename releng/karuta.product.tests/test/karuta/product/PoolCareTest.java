package karuta.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pools that are merged, exported, compressed and fitted to another encoder. */
class PoolCareTest {

    private static final String ADA = "Ada <ada@example.org>";

    private static final String STUDY = """
            study: short
            seeds: [1]
            backbone: tiny
            encoder: tiny
            benchmark: {id: cards, train: 16, test: 10, seed: 1}
            tasks: [imagenet, vizwiz]
            training: {steps: 4, batch: 8, rate: 0.05}
            arms:
              dual: {learner: prompt, pool: {id: prototype, length: 4}, selector: {id: dual, k: 2}, fusion: concat}
            """;

    @TempDir
    private static Path folder;

    /** Of the pool {@code whole}. */
    private static String answer = "";

    /** A pool {@code whole} and its export {@code all}, which no test changes: each takes a copy of its own. */
    @BeforeAll
    static void learn() throws IOException {
        Files.writeString(folder.resolve("short.yaml"), STUDY);
        karuta("run", "short.yaml", "--out", "runs");
        karuta("export-tasks", "tasks", "-o", "train=16", "-o", "test=10", "-o", "seed=1");
        karuta("pool", "import", "runs/short.dual.default.seed1", "--pool", "whole", "--author", ADA);
        karuta("pool", "export", "all", "--pool", "whole");
        var line = new JsonObject();
        line.addProperty("question", "What is this?");
        line.addProperty("image", "vizwiz/" + image("vizwiz"));
        Files.writeString(folder.resolve("tasks/q.jsonl"), line + "\n");
        answer = asked("whole");
    }

    private static void copy(String from, String to) throws IOException {
        var origin = folder.resolve(from);
        try (var files = Files.walk(origin)) {
            for (var file : files.toList()) {
                Files.copy(
                        file, folder.resolve(to).resolve(origin.relativize(file).toString()));
            }
        }
    }

    private static String image(String task) throws IOException {
        return JsonParser.parseString(Files.readString(folder.resolve("tasks/" + task + "/test.json")))
                .getAsJsonArray()
                .get(0)
                .getAsJsonObject()
                .get("image")
                .getAsString();
    }

    @Test
    void cardsThatWereExportedAndImportedAnswerAsBeforeAndBeginAStudy() throws IOException {
        karuta("pool", "export", "one.zip", "--pool", "whole", "--card", "vizwiz");
        karuta("pool", "import", "all", "--pool", "again", "--author", ADA);
        assertEquals(answer, asked("again"));
        var taken = karuta("pool", "import", "one.zip", "--pool", "again", "--author", ADA);
        assertTrue(taken.contains("it had already: vizwiz"), taken);
        karuta("pool", "gc", "--pool", "again");
        karuta("pool", "verify", "--all", "--pool", "again");

        Files.writeString(
                folder.resolve("more.yaml"),
                STUDY.replace("[imagenet, vizwiz]", "[gqa]").replace("dual: {learner", "dual: {from: all, learner"));
        karuta("run", "more.yaml", "--out", "runs");
    }

    @Test
    void theSameCardTwiceIsExplainedAndDecided() throws Exception {
        copy("whole", "ours");
        git("clone", "-q", "ours", "bob");
        karuta("pool", "rename", "vizwiz", "blurred", "--pool", "bob", "--author", "Bob <bob@example.org>");
        karuta("pool", "compress", "--bits", "16", "--yes", "--pool", "ours", "--author", ADA);
        var refused = end("pool", "merge", "bob", "--pool", "ours", "--author", ADA);
        assertEquals(2, refused.code(), refused.out());
        assertTrue(
                refused.err().contains("The card \"vizwiz\" was changed by both")
                        && refused.err().contains("theirs: removed")
                        && refused.err().contains("--take"),
                refused.err());
        karuta("pool", "merge", "bob", "--pool", "ours", "--take", "vizwiz=theirs", "--author", ADA);
        assertTrue(karuta("pool", "verify", "--pool", "ours").contains("2 cards"));
        assertTrue(Files.exists(folder.resolve("ours/cards/blurred.json")));
    }

    @Test
    void whatCompressingAndRealigningDoIsShownAndKeptOnlyIfWanted() throws IOException {
        copy("whole", "smaller");
        var before = head("smaller");
        var shown = karuta("pool", "compress", "--bits", "8", "--data", "tasks", "--dry-run", "--pool", "smaller");
        assertTrue(shown.contains("same cards taken") && shown.contains("nothing was changed"), shown);
        var nobody = end("pool", "compress", "--bits", "8", "--pool", "smaller", "--author", ADA);
        assertEquals(2, nobody.code(), nobody.out());
        assertEquals(before, head("smaller"));

        karuta("pool", "compress", "--bits", "8", "--data", "tasks", "--yes", "--pool", "smaller", "--author", ADA);
        assertTrue(Files.size(folder.resolve("smaller/cards/vizwiz.safetensors")) < 2000);

        unpackClip();
        var clip = "{id: clip, path: clip, text: projected}";
        karuta("pool", "realign", "--encoder", clip, "--data", "tasks", "--yes", "--pool", "smaller", "--author", ADA);
        assertTrue(karuta("pool", "show", "--pool", "smaller").contains("clip "));
        asked("smaller");
        var log = JsonParser.parseString(karuta("pool", "log", "--pool", "smaller", "--json"))
                .getAsJsonArray();
        for (var newest : List.of(log.get(0).getAsJsonObject(), log.get(1).getAsJsonObject())) {
            assertEquals(2, newest.getAsJsonObject("before").size(), newest.toString());
            assertEquals(2, newest.getAsJsonObject("after").size(), newest.toString());
        }

        karuta("pool", "rollback", "HEAD~2", "--pool", "smaller", "--author", ADA);
        assertEquals(answer, asked("smaller"));
    }

    @Test
    void whatAPoolDoesWithAnotherEncoderIsSaidByItsPolicy() throws IOException {
        var said = JsonParser.parseString(Files.readString(folder.resolve("all/pool.json")))
                .getAsJsonObject();
        said.getAsJsonObject("encoder").addProperty("fingerprint", "another");
        said.addProperty("policy", "realign");
        copy("all", "strict.export");
        Files.writeString(folder.resolve("strict.export/pool.json"), said.toString());
        karuta("pool", "import", "strict.export", "--pool", "other", "--author", ADA);
        var refused = end("ask", "--pool", "other", "What is this?");
        assertEquals(2, refused.code(), refused.out());
        assertTrue(
                refused.err().contains("the encoder \"tiny\" of fingerprint another")
                        && refused.err().contains("karuta pool realign"),
                refused.err());
        karuta("pool", "policy", "warn", "--pool", "other", "--author", ADA);
        assertTrue(end("ask", "--pool", "other", "What is this?").err().contains("warning"));
    }

    private static String head(String pool) throws IOException {
        return Files.readString(folder.resolve(pool + "/.git/refs/heads/main"));
    }

    private static String asked(String pool) {
        return karuta("ask", "--pool", pool, "--questions", "tasks/q.jsonl", "--json");
    }

    /** The embedded CLIP as a folder, which is another encoder by name. */
    private static void unpackClip() throws IOException {
        try (var plugins = Files.newDirectoryStream(product().home().resolve("plugins"), "karuta.tiny_*.jar");
                var jar = new ZipInputStream(
                        Files.newInputStream(plugins.iterator().next()))) {
            for (var entry = jar.getNextEntry(); entry != null; entry = jar.getNextEntry()) {
                if (entry.getName().contains("/model/clip/") && !entry.isDirectory()) {
                    var file = folder.resolve("clip")
                            .resolve(Path.of(entry.getName()).getFileName().toString());
                    Files.createDirectories(file.getParent());
                    Files.copy(jar, file);
                }
            }
        }
    }

    private static void git(String... words) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(words));
        var code = new ProcessBuilder(command)
                .directory(folder.toFile())
                .inheritIO()
                .start()
                .waitFor();
        assertEquals(0, code);
    }

    private static String karuta(String... command) {
        var end = end(command);
        assertEquals(0, end.code(), end.out() + end.err());
        return end.out();
    }

    private static Product.Result end(String... command) {
        return product().start(Map.of(), command).end();
    }

    private static Product product() {
        return Files.exists(folder.resolve("karuta"))
                ? new Product(folder.resolve("karuta"), folder.resolve("cache"))
                : Product.in(folder);
    }
}
