package karuta.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** Tasks that are learned into a pool, one at a time. All tests share the tasks, and have a pool each, some a copy of one with a card. */
class LearnTest {

    private static final String ADA = "Ada <ada@example.org>";
    private static final String BEN = "Ben <ben@example.org>";

    private static final String STUDY = """
            study: short
            seeds: [1]
            backbone: tiny
            encoder: tiny
            benchmark: {id: cards, train: 48, test: 10, seed: 1}
            tasks: [imagenet, vizwiz]
            training: {steps: 5, batch: 16, rate: 0.05}
            arms:
              dual: {learner: prompt, pool: {id: prototype, length: 4}, selector: {id: dual, k: 2}, fusion: concat}
            """;

    private static final String FEW = "training.steps=2";

    /** Nobody waits until so many are done. */
    private static final String MANY = "training.steps=1000000";

    /** A pool with the card "imagenet", to be copied. */
    private static final String BEGUN = "begun";

    @TempDir
    private static Path folder = Path.of("");

    private String pool = "";

    @BeforeAll
    static void export() throws IOException {
        Files.writeString(folder.resolve("short.yaml"), STUDY);
        karuta("export-tasks", "tasks", "-o", "train=48", "-o", "test=10", "-o", "seed=1");
        karuta("learn", "tasks/imagenet", "--pool", BEGUN, "--author", ADA, "--study", "short.yaml", "--set", FEW);
    }

    @BeforeEach
    void name(TestInfo test) {
        pool = test.getTestMethod().orElseThrow().getName();
    }

    private void copyBegun() throws IOException {
        var begun = folder.resolve(BEGUN);
        try (var files = Files.walk(begun)) {
            for (var file : files.toList()) {
                Files.copy(
                        file,
                        folder.resolve(pool).resolve(begun.relativize(file).toString()));
            }
        }
    }

    @Test
    void withoutEarlyStoppingACardHasTheBitsOfARun() throws IOException {
        karuta("run", "short.yaml", "--out", "runs");
        karuta("pool", "import", "runs/short.dual.default.seed1", "--pool", "imported", "--author", ADA);
        var first = learn("imagenet", "--study", "short.yaml", "--holdout", "0", "--patience", "0");
        learn("vizwiz", "--holdout", "0", "--patience", "0", "--keep-anyway");
        for (var card : List.of("imagenet", "vizwiz")) {
            var one = record("imported", card);
            var other = record(pool, card);
            assertEquals(one.get("number"), other.get("number"), card);
            assertEquals(learned("imported", card), learned(pool, card), card);
            assertEquals(
                    one.getAsJsonObject("after").get(card),
                    other.getAsJsonObject("after").get(card));
        }
        assertTrue(first.get("kept").getAsBoolean());
        assertEquals(ask("imported"), ask(pool));
    }

    /** The arrays of a card but for what it knows of its own samples; that is for abstaining, and a run keeps none. */
    private static Map<String, ByteBuffer> learned(String pool, String card) throws IOException {
        var file = ByteBuffer.wrap(Files.readAllBytes(folder.resolve(pool + "/cards/" + card + ".safetensors")))
                .order(ByteOrder.LITTLE_ENDIAN);
        var length = (int) file.getLong();
        var data = Long.BYTES + length;
        var header = JsonParser.parseString(StandardCharsets.UTF_8
                        .decode(file.slice(Long.BYTES, length))
                        .toString())
                .getAsJsonObject();
        var arrays = new HashMap<String, ByteBuffer>();
        header.keySet().stream()
                .filter(name -> !name.equals("__metadata__") && !name.startsWith("own/"))
                .forEach(name -> {
                    var ends = header.getAsJsonObject(name).getAsJsonArray("data_offsets");
                    var from = ends.get(0).getAsInt();
                    arrays.put(name, file.slice(data + from, ends.get(1).getAsInt() - from));
                });
        assertTrue(arrays.containsKey("pool/prompt"), arrays.toString());
        return arrays;
    }

    private String ask(String pool) {
        return karuta("ask", "--pool", pool, "--image", "tasks/vizwiz/test/00000.png", "Which is it?", "--json");
    }

    @Test
    void whatIsHeldOutStopsJudgesAndChooses() throws IOException {
        var first = learn("imagenet", "--study", "short.yaml", "--set", "training.steps=40");
        assertTrue(score(first, "after", "imagenet") > score(first, "before", "imagenet"), first.toString());
        var record = record(pool, "imagenet");
        assertEquals(10, record.getAsJsonObject("source").get("validation").getAsInt());
        assertEquals(10, record.getAsJsonArray("likeness").size());

        var before = head();
        var refused = run("learn", "tasks/vizwiz", "--pool", pool, "--author", ADA, "--tolerate", "-300", "--set", FEW);
        assertEquals(1, refused.code(), refused.err());
        assertTrue(refused.err().contains("the card makes \"imagenet\" worse"), refused.err());
        assertEquals(before, head());

        var kept = learn("vizwiz", "--tolerate", "-300", "--keep-anyway", "--set", FEW);
        assertTrue(kept.getAsJsonObject("before").has("imagenet"), kept.toString());
        assertTrue(kept.getAsJsonObject("after").has("vizwiz"), kept.toString());

        Files.move(folder.resolve("tasks/imagenet"), folder.resolve("tasks/elsewhere"));
        try {
            var blind = learn("gqa", "--keep-anyway", "--auto", "600", "--set", "training.steps=9");
            assertTrue(blind.getAsJsonObject("notCompared").has("imagenet"), blind.toString());
            assertTrue(blind.getAsJsonObject("after").has("vizwiz"), blind.toString());
            chosen(record(pool, "gqa").getAsJsonObject("options"));
        } finally {
            Files.move(folder.resolve("tasks/elsewhere"), folder.resolve("tasks/imagenet"));
        }
    }

    /** Nine candidates with a step each, three of them with three, and the best of these with all. */
    private static void chosen(JsonObject options) {
        var trials = options.keySet().stream()
                .filter(name -> name.startsWith("auto."))
                .map(name -> options.get(name).getAsString().split("\\s+"))
                .toList();
        assertEquals(12, trials.size(), options.toString());
        var best = trials.subList(9, 12).stream()
                .min((one, other) -> Double.compare(last(one), last(other)))
                .orElseThrow();
        assertEquals(Double.parseDouble(best[3]), options.get("rate").getAsDouble(), 1e-4, options.toString());
        assertEquals(best[1], options.get("length").getAsString(), options.toString());
        assertTrue(options.get("steps").getAsString().endsWith(" of 9"), options.toString());
    }

    private static double last(String... words) {
        return Double.parseDouble(words[words.length - 1]);
    }

    @Test
    void whatCannotBeLearnedIsRefusedInWords() throws IOException {
        var plain = Files.createDirectories(folder.resolve("plain"));
        Files.writeString(plain.resolve("train.json"), conversation("x.png", "What?"));
        Files.writeString(plain.resolve("x.png"), "no image");
        refused("x.png", "learn", "plain", "--holdout", "0");
        var image = "tasks/imagenet/test/00000.png";
        Files.copy(folder.resolve(image), plain.resolve("y.png"));
        Files.writeString(plain.resolve("train.json"), conversation("y.png", "Why? ".repeat(2000)));
        refused("longer than what the model reads at once", "learn", "plain", "--holdout", "0");
        assertFalse(Files.exists(folder.resolve(pool)), "nothing has begun");

        copyBegun();
        var odd = "../a/😀";
        learn("gqa", "--task", odd, "--keep-anyway", "--set", FEW);
        refused("has a card \"" + odd + "\" already", "learn", "tasks/imagenet", "--task", odd);
        refused("is there already, and has its own study", "learn", "tasks/gqa", "--study", "short.yaml");
        learn("gqa", "--task", odd, "--keep-anyway", "--replace", "--set", FEW);
    }

    @Test
    void anArmWithoutACardForEachTaskIsRefusedBeforeItIsTrained() throws IOException {
        Files.writeString(
                folder.resolve("shared.yaml"),
                STUDY.replace("steps: 5", MANY.replace("training.steps=", "steps: "))
                        + "  shared: {learner: prompt, pool: {id: dualprompt, expertLayers: [3]}, selector: dualprompt,"
                        + " fusion: concat}\n");
        var words = "has made one card for the task, and others: general";
        refused(words, "learn", "tasks/imagenet", "--study", "shared.yaml", "--arm", "shared");
        var valid = run("validate", "shared.yaml", "--for-pool");
        assertEquals(2, valid.code(), valid.out() + valid.err());
        assertTrue(valid.err().contains("arm \"shared\" cannot learn into a pool: The arm " + words), valid.err());
        assertFalse(valid.err().contains("arm \"dual\""), valid.err());
    }

    @Test
    void whoMayNotLearnIsToldBeforeTheDataAreRead() throws Exception {
        assumeTrue(
                has("ssh-keygen"), "the program ssh-keygen is not installed (Debian: apt-get install openssh-client)");
        for (var name : List.of("ada", "ben")) {
            program("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", name, "-C", name);
        }
        learn(
                "imagenet",
                "--study",
                "short.yaml",
                "--set",
                FEW); // pools of one beginning are one pool, with roles or without
        for (var role : List.of(List.of(ADA, "owner", "ada.pub"), List.of(BEN, "reader", "ben.pub"))) {
            karuta(
                    "pool",
                    "roles",
                    "set",
                    role.get(0),
                    "--role",
                    role.get(1),
                    "--key",
                    role.get(2),
                    "--pool",
                    pool,
                    "--author",
                    ADA,
                    "--sign",
                    "ada");
        }
        var before = head();
        refused("is not signed", "learn", "nowhere", "--task", "new");
        refused(
                "who is a reader and may only ask",
                "learn",
                "nowhere",
                "--task",
                "new",
                "--author",
                BEN,
                "--sign",
                "ben");
        assertEquals(before, head());
    }

    /** Two kills while the card is learned, and two while it is kept; {@code releng/reliability/poolkills.py} has more. */
    @Test
    void whoIsKilledLeavesWhatWasOrWhatIs() throws Exception {
        var random = new Random(1);
        copyBegun();
        var cards = cards();
        for (var i = 0; i < 4; i++) {
            var name = "killed" + i;
            var objects = objects();
            var running = product()
                    .start(
                            Map.of(),
                            "learn",
                            "tasks/gqa",
                            "--task",
                            name,
                            "--pool",
                            pool,
                            "--author",
                            ADA,
                            "--keep-anyway",
                            "--set",
                            i % 2 == 0 ? MANY : FEW);
            grown(running, objects); // it has tried whether it may
            if (i % 2 == 0) {
                Thread.sleep(200 + random.nextInt(1500));
            } else {
                Thread.sleep(200);
                grown(running, objects());
                Thread.sleep(random.nextInt(40));
            }
            assertTrue(running.process().isAlive(), "it was over before it was killed");
            running.kill();
            program("git", "-C", pool, "fsck", "--no-dangling");
            var now = cards();
            if (i % 2 == 0) {
                assertEquals(cards, now, "it was killed while it learned");
            } else {
                var kept = Stream.concat(
                                cards.stream(), Stream.of("cards/" + name + ".json", "cards/" + name + ".safetensors"))
                        .sorted()
                        .toList();
                assertTrue(now.equals(cards) || now.equals(kept), now.toString());
            }
            cards = now;
        }
        learn("vizwiz", "--keep-anyway", "--set", FEW);
        karuta("pool", "verify", "--all", "--pool", pool);
    }

    /** Waits until something is written into the pool's repository. */
    private void grown(Product.Running running, int objects) throws IOException, InterruptedException {
        while (objects() == objects) {
            assertTrue(
                    running.process().isAlive(),
                    () -> "it wrote nothing: " + running.end().err());
            Thread.sleep(1);
        }
    }

    private int objects() throws IOException {
        try (var files = Files.walk(folder.resolve(pool + "/.git/objects"))) {
            return (int) files.filter(file -> file.getFileName().toString().length() == 38)
                    .count();
        } catch (UncheckedIOException moved) { // a draft that has got its name
            return objects();
        }
    }

    private List<String> cards() throws IOException, InterruptedException {
        return program("git", "-C", pool, "ls-tree", "--name-only", "HEAD", "cards/")
                .lines()
                .sorted()
                .toList();
    }

    private String head() throws IOException {
        return Files.readString(folder.resolve(pool + "/.git/refs/heads/main"));
    }

    private static boolean has(String program) {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(place -> Files.isExecutable(Path.of(place, program)));
    }

    private static String program(String... command) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said);
        return said;
    }

    private static String conversation(String image, String question) {
        return """
                [{"id": "1", "image": "%s", "conversations":
                  [{"from": "human", "value": "<image>\\n%s"}, {"from": "gpt", "value": "it"}]}]
                """.formatted(image, question);
    }

    private static double score(JsonObject learned, String when, String task) {
        return learned.getAsJsonObject(when).get(task).getAsDouble();
    }

    private static JsonObject record(String pool, String card) throws IOException {
        return JsonParser.parseString(Files.readString(folder.resolve(pool + "/cards/" + card + ".json")))
                .getAsJsonObject();
    }

    private JsonObject learn(String task, String... options) {
        var command = new ArrayList<>(List.of("learn", "tasks/" + task, "--pool", pool, "--author", ADA, "--json"));
        command.addAll(List.of(options));
        return JsonParser.parseString(karuta(command.toArray(String[]::new))).getAsJsonObject();
    }

    private void refused(String words, String... command) {
        var all = new ArrayList<>(List.of(command));
        if (!all.contains("--author")) {
            all.addAll(List.of("--author", ADA));
        }
        all.addAll(List.of("--pool", pool));
        var end = run(all.toArray(String[]::new));
        assertEquals(2, end.code(), end.out() + end.err());
        assertTrue(end.err().contains(words), end.err());
    }

    private static String karuta(String... command) {
        var end = run(command);
        assertEquals(0, end.code(), end.out() + end.err());
        return end.out();
    }

    private static Product.Result run(String... command) {
        return product().start(Map.of(), command).end();
    }

    private static Product product() {
        return Files.exists(folder.resolve("karuta"))
                ? new Product(folder.resolve("karuta"), folder.resolve("cache"))
                : Product.in(folder);
    }
}
