package karuta.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A pool is asked what it knows and what it does not. */
class AskTest {

    private static final String STUDY = """
            study: short
            seeds: [1]
            backbone: tiny
            encoder: tiny
            benchmark: {id: cards, train: 24, test: 20, seed: 1}
            tasks: [imagenet, vizwiz]
            training: {steps: 6, batch: 8, rate: 0.05}
            arms:
              dual: {learner: prompt, pool: {id: prototype, length: 4}, selector: {id: dual, k: 1}, fusion: concat}
            """;

    private static final String LEARNED = "What is this?";

    @TempDir
    private Path folder;

    @Test
    void whyAndAbstainAndManyQuestions() throws IOException {
        Files.writeString(folder.resolve("short.yaml"), STUDY);
        karuta(0, "run", "short.yaml", "--out", "runs");
        karuta(0, "export-tasks", "tasks", "-o", "train=24", "-o", "test=20", "-o", "seed=1");
        karuta(0, "pool", "import", "runs/short.dual.default.seed1", "--pool", "p", "--author", "Ada <a@example.org>");
        theRunnerUpIsTold();
        aBadLineIsToldAndTheOthersAreAnswered();
        aShareOfItsOwnQuestionsIsRefused();
        whatCannotBeAskedIsRefusedInWords();
        aCardIsExplainedAsFarAsItsDataAreThere();
        aLearnedCardIsExplainedByWhatItsRecordAndTheAnswersSay();
        whatLearnedCardsHaveNeverSeenIsRefusedWithAnImageAndWithout();
        cardsOfARunGetToKnowTheirOwnSamples();
    }

    private void theRunnerUpIsTold() {
        var text = karuta(0, "ask", "--pool", "p", "--image", image(0), LEARNED, "--why");
        assertTrue(text.lines().anyMatch(line -> line.matches("  \\w+ +-?\\d\\.\\d{3}  taken")), text);
        assertTrue(
                text.lines().anyMatch(line -> line.matches("  \\w+ +-?\\d\\.\\d{3}  not taken, \\d\\.\\d{3} behind")),
                text);
        var json = json(karuta(0, "ask", "--pool", "p", "--image", image(0), LEARNED, "--json"));
        var taken = json.getAsJsonArray("cards")
                .get(0)
                .getAsJsonObject()
                .get("score")
                .getAsDouble();
        var next = json.getAsJsonObject("runnerUp");
        assertEquals(taken - next.get("score").getAsDouble(), next.get("behind").getAsDouble(), 1e-12, json.toString());
    }

    private void aBadLineIsToldAndTheOthersAreAnswered() throws IOException {
        Files.writeString(folder.resolve("none.png"), "no image");
        var lines = new ArrayList<String>();
        IntStream.range(0, 40).forEach(i -> lines.add(line(image(i % 20))));
        lines.set(17, "{\"image\": \"x.png\"");
        lines.set(23, line("none.png"));
        lines.set(24, "");
        lines.set(30, line("absent.png"));
        lines.set(31, "{\"question\": \"  \"}");
        lines.set(35, "{\"question\": 3}");
        Files.write(folder.resolve("q.jsonl"), lines);
        var end = product()
                .start(Map.of(), "ask", "--pool", "p", "--questions", "q.jsonl", "--json")
                .end();
        assertEquals(1, end.code(), end.err());
        var replies = end.out().lines().map(AskTest::json).toList();
        assertEquals(
                IntStream.rangeClosed(1, 40).filter(i -> i != 25).boxed().toList(),
                replies.stream().map(reply -> reply.get("line").getAsInt()).toList());
        assertEquals(
                List.of(18, 24, 31, 32, 36),
                replies.stream()
                        .filter(reply -> reply.has("error"))
                        .map(reply -> reply.get("line").getAsInt())
                        .toList());
        List.of(
                        "line 18: This is no question, and no JSON.",
                        "line 24: ",
                        "line 31: There is no image",
                        "line 32: The question is empty",
                        "line 36: This is no question: \"question\" is missing, or no text.",
                        "5 of 39")
                .forEach(words -> assertTrue(end.err().contains(words), words + "\n" + end.err()));
        assertEquals(
                replies.get(0).get("answer"), replies.get(20).get("answer"), "the same question, in another batch");
    }

    private void aShareOfItsOwnQuestionsIsRefused() throws IOException {
        var questions = new ArrayList<String>();
        for (var task : List.of("imagenet", "vizwiz")) {
            var samples = JsonParser.parseString(Files.readString(folder.resolve("tasks/" + task + "/test.json")));
            samples.getAsJsonArray().forEach(sample -> questions.add(question(task, sample.getAsJsonObject())));
        }
        Files.write(folder.resolve("own.jsonl"), questions);
        abstains(0.05, questions);
        var refused = questions.get(abstains(0.1, questions, "10%"));
        var question = json(refused);
        var said = product()
                .start(
                        Map.of(),
                        "ask",
                        "--pool",
                        "p",
                        "--image",
                        question.get("image").getAsString(),
                        question.get("question").getAsString(),
                        "--abstain",
                        "10%")
                .end();
        assertEquals(3, said.code(), said.out() + said.err());
        assertTrue(said.out().startsWith("no card is like this question: nearest \""), said.out());
    }

    /**
     * The rule, computed from what the pool's files and the replies say.
     *
     * @return the place of a question that is refused
     */
    private int abstains(double share, List<String> questions, String... said) throws IOException {
        var reach = new HashMap<String, Double>();
        for (var card : List.of("imagenet", "vizwiz")) {
            var likeness = json(Files.readString(folder.resolve("p/cards/" + card + ".json")))
                    .getAsJsonArray("likeness");
            assertEquals(20, likeness.size());
            reach.put(card, likeness.get((int) (share * 20)).getAsDouble());
        }
        var command = new ArrayList<>(List.of("ask", "--pool", "p", "--questions", "own.jsonl", "--json", "--abstain"));
        command.addAll(List.of(said));
        var replies = karuta(3, command.toArray(String[]::new))
                .lines()
                .map(AskTest::json)
                .toList();
        assertEquals(questions.size(), replies.size());
        for (var reply : replies) {
            var nearest = reply.getAsJsonArray("cards").get(0).getAsJsonObject();
            var refused = nearest.get("score").getAsDouble()
                    < reach.get(nearest.get("card").getAsString());
            assertEquals(refused, reply.get("abstained").getAsBoolean(), reply.toString());
            assertEquals(!refused, reply.has("answer"), reply.toString());
        }
        return IntStream.range(0, replies.size())
                .filter(i -> replies.get(i).get("abstained").getAsBoolean())
                .findFirst()
                .orElseThrow();
    }

    private void whatCannotBeAskedIsRefusedInWords() {
        refused("The question is empty", "ask", "--pool", "p", " ");
        refused("There is no file no.jsonl", "ask", "--pool", "p", "--questions", "no.jsonl");
        refused("tokens", "ask", "--pool", "p", "--image", image(0), "what ".repeat(2000));
        refused("There is an image, and a file", "ask", "--pool", "p", "--image", image(0), "--questions", "q.jsonl");
        refused("From 0 to less than 1", "ask", "--pool", "p", LEARNED, "--abstain", "100%");
        refused("Which card", "pool", "show", "--pool", "p", "--explain");
    }

    private void aCardIsExplainedAsFarAsItsDataAreThere() {
        var json = json(karuta(0, "pool", "show", "imagenet", "--pool", "p", "--explain", "--json"));
        assertEquals(4, json.getAsJsonArray("tokens").size());
        var word = json.getAsJsonArray("tokens")
                .get(0)
                .getAsJsonObject()
                .getAsJsonArray("words")
                .get(0);
        assertTrue(Math.abs(word.getAsJsonObject().get("cosine").getAsDouble()) <= 1.0001, word.toString());
        assertTrue(json.get("unknown").toString().contains("nothing was held out"), json.toString());
    }

    /** What the pool scored without the card is what it scored before the card was learned. */
    private void aLearnedCardIsExplainedByWhatItsRecordAndTheAnswersSay() throws IOException {
        var learn = "learn tasks/gqa --pool p --set training.steps=20 --keep-anyway --author";
        karuta(
                0,
                Stream.concat(Stream.of(learn.split(" ")), Stream.of("Ada <a@example.org>"))
                        .toArray(String[]::new));
        var record = json(Files.readString(folder.resolve("p/cards/gqa.json")));
        var json = json(karuta(0, "pool", "show", "gqa", "--pool", "p", "--explain", "--json"));
        var own = json.getAsJsonArray("tasks").get(0).getAsJsonObject();
        assertEquals("gqa", own.get("task").getAsString());
        assertEquals(score(record, "before"), own.get("without").getAsDouble(), json.toString());
        assertEquals(score(record, "after"), own.get("with").getAsDouble(), json.toString());
        assertEquals(
                record.getAsJsonArray("likeness").size(), own.get("samples").getAsInt());
        assertTrue(json.get("unknown").toString().contains("Not asked"), json.toString());

        var examples = json.getAsJsonArray("examples").asList().stream()
                .map(JsonElement::getAsJsonObject)
                .toList();
        assertEquals(5, examples.size());
        Files.write(
                folder.resolve("near.jsonl"),
                examples.stream()
                        .map(example ->
                                line(example.getAsJsonArray("images").get(0).getAsString(), text(example)))
                        .toList());
        var replies = karuta(0, "ask", "--pool", "p", "--questions", "near.jsonl", "--json")
                .lines()
                .map(AskTest::json)
                .toList();
        for (var i = 0; i < 5; i++) {
            var best = replies.get(i).getAsJsonArray("cards").get(0).getAsJsonObject();
            var score = examples.get(i).get("score").getAsDouble();
            assertTrue(
                    best.get("card").getAsString().equals("gqa")
                            ? Math.abs(best.get("score").getAsDouble() - score) < 1e-6
                            : best.get("score").getAsDouble() >= score,
                    examples.get(i) + " " + replies.get(i));
        }
    }

    private void whatLearnedCardsHaveNeverSeenIsRefusedWithAnImageAndWithout() throws IOException {
        for (var task : List.of("imagenet", "vizwiz")) {
            karuta(
                    0,
                    Stream.concat(
                                    Stream.of("learn tasks/%s --pool own --set training.steps=2 --keep-anyway --author"
                                            .formatted(task)
                                            .split(" ")),
                                    Stream.of("Ada <a@example.org>"))
                            .toArray(String[]::new));
        }
        for (var withImage : List.of(true, false)) {
            assertTrue(refusedOf("own", "grounding", withImage) >= 18, "foreign, image: " + withImage);
            assertTrue(refusedOf("own", "vizwiz", withImage) <= 10, "own, image: " + withImage);
        }
        var table = karuta(0, "pool", "abstain", "--pool", "own");
        assertEquals(1 + 2 * 2 * 3 + 1, table.lines().count(), table);
        assertTrue(
                table.lines().anyMatch(line -> line.matches("without images +samples +5 +\\d.* 0\\.0 +\\w+ 0")), table);
    }

    /** How many of a task's 20 test samples. */
    private long refusedOf(String pool, String task, boolean withImage) throws IOException {
        var samples = JsonParser.parseString(Files.readString(folder.resolve("tasks/" + task + "/test.json")));
        Files.write(
                folder.resolve("asked.jsonl"),
                samples.getAsJsonArray().asList().stream()
                        .map(sample -> json(question(task, sample.getAsJsonObject())))
                        .map(question -> {
                            if (!withImage) {
                                question.remove("image");
                            }
                            return question.toString();
                        })
                        .toList());
        return product()
                .start(Map.of(), "ask", "--pool", pool, "--questions", "asked.jsonl", "--json", "--abstain")
                .end()
                .out()
                .lines()
                .map(AskTest::json)
                .filter(reply -> reply.get("abstained").getAsBoolean())
                .peek(reply -> assertTrue(reply.getAsJsonObject("why").has("distance"), reply.toString()))
                .count();
    }

    private void cardsOfARunGetToKnowTheirOwnSamples() throws IOException {
        var command = new String[] {"ask", "--pool", "p", LEARNED, "--abstain"};
        var weak = product().start(Map.of(), command).end();
        assertTrue(weak.err().contains("judged by scores alone"), weak.err());
        karuta(0, "pool", "realign", "--data", "tasks", "--yes", "--pool", "p", "--author", "Ada <a@example.org>");
        var known = product().start(Map.of(), command).end();
        assertTrue(!known.err().contains("warning"), known.err());
        assertEquals(
                20,
                json(Files.readString(folder.resolve("p/cards/vizwiz.json")))
                        .getAsJsonArray("likeness")
                        .size());
        karuta(0, "pool", "verify", "--pool", "p");
    }

    private static double score(JsonObject record, String when) {
        return record.getAsJsonObject(when).get("gqa").getAsDouble();
    }

    private static String text(JsonObject example) {
        return example.get("question").getAsString();
    }

    private String image(int number) {
        return "tasks/imagenet/" + images().get(number);
    }

    private List<String> images() {
        try {
            var samples = JsonParser.parseString(Files.readString(folder.resolve("tasks/imagenet/test.json")));
            return samples.getAsJsonArray().asList().stream()
                    .map(sample -> sample.getAsJsonObject().get("image").getAsString())
                    .toList();
        } catch (IOException missing) {
            throw new IllegalStateException(missing);
        }
    }

    private static String line(String image) {
        return line(image, LEARNED);
    }

    private static String line(String image, String question) {
        var line = new JsonObject();
        line.addProperty("image", image);
        line.addProperty("question", question);
        return line.toString();
    }

    private static String question(String task, JsonObject sample) {
        return line(
                "tasks/" + task + "/" + sample.get("image").getAsString(),
                sample.getAsJsonArray("conversations")
                        .get(0)
                        .getAsJsonObject()
                        .get("value")
                        .getAsString()
                        .replace("<image>\n", ""));
    }

    private static JsonObject json(String text) {
        return JsonParser.parseString(text).getAsJsonObject();
    }

    private void refused(String words, String... command) {
        var end = product().start(Map.of(), command).end();
        assertEquals(2, end.code(), end.out() + end.err());
        assertTrue(end.err().toLowerCase(Locale.ROOT).contains(words.toLowerCase(Locale.ROOT)), end.err());
    }

    private String karuta(int code, String... command) {
        var end = product().start(Map.of(), command).end();
        assertEquals(code, end.code(), end.out() + end.err());
        return end.out();
    }

    private Product product() {
        return Files.exists(folder.resolve("karuta"))
                ? new Product(folder.resolve("karuta"), folder.resolve("cache"))
                : Product.in(folder);
    }
}
