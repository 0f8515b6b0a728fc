package karuta.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A pool in service. */
class ServeTest {

    private static final String STUDY = """
            study: short
            seeds: [1]
            backbone: tiny
            encoder: tiny
            benchmark: {id: cards, train: 8, test: 2, seed: 1}
            tasks: [scienceqa, imagenet]
            training: {steps: 1, batch: 4, rate: 0.05}
            arms:
              dual: {learner: prompt, pool: {id: prototype, length: 4}, selector: {id: own, bundle: my.lab.own}, fusion: concat}
            """;

    private static final String QUESTION = "What is shown in the image?";

    private final HttpClient client = HttpClient.newHttpClient();

    @TempDir
    private Path folder;

    private Product product;
    private Path dropins;
    private Optional<Product.Running> service = Optional.empty();
    private String url = "";
    private Path image;

    @BeforeEach
    void serve() throws Exception {
        product = Product.in(folder);
        dropins = Files.createDirectories(folder.resolve("dropins"));
        new OwnSelector("own", "", 1).jar(product, dropins);
        Files.writeString(folder.resolve("short.yaml"), STUDY);
        karuta("run", "short.yaml", "--out", "runs");
        karuta("export-tasks", "tasks", "-o", "train=2", "-o", "test=2", "-o", "seed=1");
        karuta(
                "pool",
                "import",
                "runs/short.dual.default.seed1",
                "--pool",
                "team.pool",
                "--author",
                "Ada <ada@example.org>");
        try (var files = Files.walk(folder.resolve("tasks/imagenet"))) {
            image = files.filter(file -> file.toString().endsWith(".png"))
                    .findFirst()
                    .orElseThrow();
        }
        begin("--audit", "audit.jsonl");
    }

    /** Lets the pool be asked. */
    private void begin(String... more) throws InterruptedException {
        var command =
                Stream.concat(Stream.of("serve", "--pool", "team.pool", "--port", "0", "--json"), Stream.of(more));
        service = Optional.of(product.start(environment(), command.toArray(String[]::new)));
        await(60, () -> service.get().said().contains("\n"));
        url = JsonParser.parseString(service.get().said())
                .getAsJsonObject()
                .get("url")
                .getAsString();
    }

    private Map<String, String> environment() {
        return Map.of(
                "KARUTA_DROPINS",
                dropins.toString(),
                "XDG_STATE_HOME",
                folder.resolve("state").toString());
    }

    @AfterEach
    void end() {
        service.ifPresent(running -> running.process().destroyForcibly());
    }

    private String karuta(String... command) {
        var end = product.start(environment(), command).end();
        assertEquals(0, end.code(), end.out() + end.err());
        return end.out();
    }

    private static void await(int seconds, BooleanSupplier there) throws InterruptedException {
        var end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
        while (!there.getAsBoolean()) {
            assertTrue(System.nanoTime() < end, "nothing came for " + seconds + " s");
            Thread.sleep(50);
        }
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.timeout(Duration.ofSeconds(60)).build(), BodyHandlers.ofString());
        } catch (IOException | InterruptedException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private JsonObject get(String path) {
        return JsonParser.parseString(
                        send(HttpRequest.newBuilder(URI.create(url + path))).body())
                .getAsJsonObject();
    }

    private HttpResponse<String> post(String path, String json) {
        return send(HttpRequest.newBuilder(URI.create(url + path))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json)));
    }

    private HttpResponse<String> ask() {
        try {
            var body = new JsonObject();
            body.addProperty("question", QUESTION);
            body.addProperty(
                    "image", "data:image/png;base64," + Base64.getEncoder().encodeToString(Files.readAllBytes(image)));
            return post("/api/ask", body.toString());
        } catch (IOException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    private JsonObject answer() {
        var response = ask();
        assertEquals(200, response.statusCode(), response.body());
        return JsonParser.parseString(response.body()).getAsJsonObject();
    }

    private String revision() {
        return answer().get("revision").getAsString();
    }

    private int end(Product.Running running) {
        running.process().destroy();
        return running.end().code();
    }

    @Test
    void itAnswersAsTheCommandDoesAndFollowsThePoolAndEndsInGoodOrder() throws Exception {
        var asked = JsonParser.parseString(
                        karuta("ask", "--pool", "team.pool", "--image", image.toString(), "--json", QUESTION))
                .getAsJsonObject();
        var answer = answer();
        assertEquals(asked.get("answer"), answer.get("answer"));
        assertEquals(
                asked.getAsJsonArray("cards").get(0).getAsJsonObject().get("card"),
                answer.getAsJsonArray("cards").get(0).getAsJsonObject().get("card"));

        var first = revision();
        karuta("pool", "rename", "imagenet", "things", "--pool", "team.pool", "--author", "Bob <bob@example.org>");
        await(60, () -> !revision().equals(first));
        assertTrue(get("/api/pool").get("cards").toString().contains("things"));

        var second = revision();
        damage();
        await(60, () -> get("/health").get("status").getAsString().equals("troubled"));
        assertEquals(second, revision());
        assertTrue(
                get("/health").toString().contains("is not taken"),
                get("/health").toString());

        karuta("pool", "rollback", first, "--pool", "team.pool", "--author", "Bob <bob@example.org>");
        await(60, () -> get("/health").get("status").getAsString().equals("ok"));
        assertFalse(revision().equals(second));
        assertEquals(asked.get("answer"), answer().get("answer"));

        var waiting = IntStream.range(0, 8)
                .mapToObj(i -> CompletableFuture.supplyAsync(this::ask))
                .toList();
        CompletableFuture.anyOf(waiting.toArray(CompletableFuture[]::new)).join();
        assertEquals(143, end(service.get()));
        waiting.forEach(
                each -> assertTrue(List.of(200, 503).contains(each.join().statusCode())));
        var audit = Files.readString(folder.resolve("audit.jsonl"));
        assertTrue(audit.contains("\"things\"") && !audit.contains(QUESTION), audit);
    }

    @Test
    void aJarCountsWhileItAnswersAndWhatNoCardIsLikeIsWithheld() throws Exception {
        var first = answer();
        assertEquals(1, first.getAsJsonArray("cards").size());
        new OwnSelector("own", "", 2).jar(product, dropins);
        await(60, () -> answer().getAsJsonArray("cards").size() == 2);
        assertEquals("ok", get("/health").get("status").getAsString());

        Files.writeString(dropins.resolve("own.jar"), "no archive");
        await(60, () -> get("/health").get("status").getAsString().equals("troubled"));
        assertEquals(2, answer().getAsJsonArray("cards").size());
        new OwnSelector("own", "", 1).jar(product, dropins);
        await(60, () -> answer().getAsJsonArray("cards").size() == 1);
        assertEquals(first.get("answer"), answer().get("answer"));
        assertEquals(first.get("revision"), answer().get("revision"));
        var counted = get("/api/monitor").get("answers");
        assertEquals(143, end(service.get()));

        begin("--abstain", "50%");
        assertEquals(counted, get("/api/monitor").get("answers"));
        var withheld =
                JsonParser.parseString(post("/v1/chat/completions", """
                                {"model": "team", "messages": [{"role": "user", "content": "zzz qqq?"}]}""").body()).getAsJsonObject();
        assertTrue(withheld.getAsJsonObject("karuta").get("abstained").getAsBoolean(), withheld.toString());
        var message =
                withheld.getAsJsonArray("choices").get(0).getAsJsonObject().getAsJsonObject("message");
        assertEquals(message.get("content"), message.get("refusal"));
        assertTrue(message.get("refusal").getAsString().contains("no card is like"), message.toString());
    }

    /** A revision whose card is no safetensors file, made by git. */
    private void damage() throws Exception {
        var pool = folder.resolve("team.pool");
        try (var files = Files.list(pool.resolve("cards"))) {
            var card = files.filter(file -> file.toString().endsWith(".safetensors"))
                    .findFirst()
                    .orElseThrow();
            Files.writeString(card, "damaged");
        }
        for (var command : List.of(
                List.of("git", "add", "-A"),
                List.of(
                        "git",
                        "-c",
                        "user.name=Eve",
                        "-c",
                        "user.email=eve@example.org",
                        "commit",
                        "-q",
                        "-m",
                        "Damaged"))) {
            var process = new ProcessBuilder(command)
                    .directory(pool.toFile())
                    .inheritIO()
                    .start();
            assertEquals(0, process.waitFor());
        }
    }

    @Test
    void theClientOfOpenAiAndTheParserOfPrometheusTakeIt() throws Exception {
        var python = Optional.ofNullable(System.getenv("KARUTA_SERVE_PYTHON"));
        Assumptions.assumeTrue(
                python.isPresent(),
                "KARUTA_SERVE_PYTHON names no Python with the packages openai and prometheus_client");
        var script = Path.of("..", "serve", "client.py").toAbsolutePath().normalize();
        var log = folder.resolve("python.log");
        var process = new ProcessBuilder(python.get(), "-W", "ignore", script.toString(), url, image.toString())
                .redirectError(log.toFile())
                .start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), Files.readString(log));
        var told = JsonParser.parseString(said).getAsJsonObject();
        var answer = told.get("answer").getAsString();
        assertFalse(answer.isBlank());
        assertEquals(answer, told.get("streamed").getAsString());
        assertEquals("team", told.get("model").getAsString());
        assertEquals("model_not_found", told.get("error").getAsString());
        assertEquals("invalid_image_url", told.get("remote").getAsString());
        assertTrue(told.get("usage").getAsBoolean());
        assertEquals(1, told.getAsJsonArray("cards").size());
        assertEquals(3, told.get("counted").getAsInt());
    }
}
