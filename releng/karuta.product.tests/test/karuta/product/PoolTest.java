package karuta.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run has learned, used as a pool. */
class PoolTest {

    static final String STUDY = """
            study: short
            seeds: [1]
            backbone: tiny
            encoder: tiny
            benchmark: {id: cards, train: 64, test: 20, seed: 1}
            tasks: [scienceqa, imagenet, vizwiz]
            training: {steps: 20, batch: 16, rate: 0.05}
            arms:
              dual: {learner: prompt, pool: {id: prototype, length: 4}, selector: {id: dual, k: 2}, fusion: concat}
            """;

    @TempDir
    private Path folder;

    @Test
    void aPoolAnswersAsItsRunDidAndAsItDidBefore() throws IOException {
        Files.writeString(folder.resolve("short.yaml"), STUDY);
        karuta("run", "short.yaml", "--out", "runs");
        karuta("export-tasks", "tasks", "-o", "train=64", "-o", "test=20", "-o", "seed=1");
        karuta("pool", "import", "runs/short.dual.default.seed1", "--pool", "p", "--author", "Ada <ada@example.org>");
        questions();

        var answers = karuta("ask", "--pool", "p", "--questions", "tasks/q.jsonl", "--json");
        assertEquals(answersOfTheRun(), answers.lines().map(PoolTest::answer).toList());

        karuta("pool", "remove", "vizwiz", "--pool", "p", "--author", "Bob <bob@example.org>");
        karuta("pool", "rename", "imagenet", "things", "--pool", "p", "--author", "Bob <bob@example.org>");
        var fewer = karuta("ask", "--pool", "p", "--questions", "tasks/q.jsonl", "--json");
        assertNotEquals(answers, fewer);
        assertTrue(fewer.contains("things") && !fewer.contains("vizwiz"), fewer);
        assertEquals(answers, karuta("ask", "--pool", "p", "--at", "HEAD~2", "--questions", "tasks/q.jsonl", "--json"));

        karuta("pool", "rollback", "HEAD~2", "--pool", "p", "--author", "Bob <bob@example.org>");
        assertEquals(answers, karuta("ask", "--pool", "p", "--questions", "tasks/q.jsonl", "--json"));
        assertEquals(
                List.of(5, 3),
                List.of(
                        revisions(karuta("pool", "log", "--pool", "p", "--json")),
                        cards(karuta("pool", "show", "--pool", "p"))));
        karuta("pool", "verify", "--all", "--pool", "p");
    }

    @Test
    void whatCannotBeUsedIsRefusedInWords() throws IOException {
        refused("is not there", "pool", "log", "--pool", "nowhere");
        Files.createDirectories(folder.resolve("plain"));
        refused("is no git repository", "ask", "--pool", "plain", "What is this?");
        refused("no question", "ask", "--pool", "plain");
        refused("does not say who you are", "pool", "import", "plain", "--pool", "q", "--author", "Ada");
    }

    private void refused(String words, String... command) {
        var end = product().start(Map.of(), command).end();
        assertEquals(2, end.code(), end.out() + end.err());
        assertTrue(end.err().contains(words), end.err());
    }

    private void questions() throws IOException {
        var lines = new ArrayList<String>();
        for (var task : List.of("scienceqa", "imagenet", "vizwiz")) {
            var samples = JsonParser.parseString(Files.readString(folder.resolve("tasks/" + task + "/test.json")));
            for (var sample : samples.getAsJsonArray()) {
                var line = new JsonObject();
                line.addProperty(
                        "image",
                        task + "/" + sample.getAsJsonObject().get("image").getAsString());
                line.addProperty("question", question(sample.getAsJsonObject()));
                lines.add(line.toString());
            }
        }
        Files.write(folder.resolve("tasks/q.jsonl"), lines);
    }

    private static String question(JsonObject sample) {
        return sample.getAsJsonArray("conversations")
                .get(0)
                .getAsJsonObject()
                .get("value")
                .getAsString()
                .replace("<image>\n", "");
    }

    private List<String> answersOfTheRun() throws IOException {
        return Files.readAllLines(folder.resolve("runs/short.dual.default.seed1/predictions.jsonl")).stream()
                .map(line -> JsonParser.parseString(line).getAsJsonObject())
                .filter(prediction -> prediction.get("stage").getAsInt() == 3)
                .map(prediction ->
                        prediction.get("text").getAsString() + " by " + names(prediction.getAsJsonArray("selected")))
                .toList();
    }

    private static String answer(String line) {
        var answer = JsonParser.parseString(line).getAsJsonObject();
        return answer.get("answer").getAsString() + " by " + names(answer.getAsJsonArray("cards"));
    }

    private static List<String> names(JsonArray cards) {
        return StreamSupport.stream(cards.spliterator(), false)
                .map(card -> card.getAsJsonObject().get("card").getAsString())
                .toList();
    }

    private static int revisions(String log) {
        return JsonParser.parseString(log).getAsJsonArray().size();
    }

    private static int cards(String shown) {
        return (int) shown.lines()
                .filter(line -> line.contains("Ada <ada@example.org>"))
                .count();
    }

    private String karuta(String... command) {
        var end = product().start(Map.of(), command).end();
        assertEquals(0, end.code(), end.out() + end.err());
        return end.out();
    }

    private Product product() {
        return Files.exists(folder.resolve("karuta"))
                ? new Product(folder.resolve("karuta"), folder.resolve("cache"))
                : Product.in(folder);
    }
}
