package karuta.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import jakarta.servlet.Servlet;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import karuta.api.Image;
import karuta.api.Pixels;
import karuta.api.Query;
import karuta.archive.git.PoolRepository;
import karuta.archive.pool.PoolFiles;
import karuta.engine.catalog.HotDropins;
import karuta.engine.catalog.Strategies;
import karuta.it.dropped.Gated;
import karuta.picture.PngWriter;
import karuta.serve.desk.Limits;
import karuta.serve.page.PageAnnex;
import karuta.serve.pool.Health;
import karuta.serve.pool.PoolKeeper;
import karuta.serve.service.Service;
import karuta.serve.service.Settings;
import karuta.use.OpenPool;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;

/** A pool in service, by Felix' HTTP service and the strategies of the container. */
@Timeout(300)
class ServeIT {

    private static final String QUESTION = "What is shown in the image?";

    private static final BundleContext CONTEXT =
            FrameworkUtil.getBundle(ServeIT.class).getBundleContext();

    @TempDir
    static Path folder;

    private static HotDropins dropins;
    private static Path jar;
    private static Path pool;

    private record Shown(Pixels pixels) implements Image {}

    private final HttpClient client = HttpClient.newHttpClient();
    private Service service;

    @BeforeAll
    static void learn() throws Exception {
        jar = Files.createDirectory(folder.resolve("dropins")).resolve("gated.jar");
        System.setProperty("karuta.dropins", jar.getParent().toString());
        dropins = CONTEXT.getService(CONTEXT.getServiceReference(HotDropins.class));
        drop(1);
        follow();
        pool = SmallPool.learned(dropins.strategies(), "gated", folder);
    }

    /** Nothing of it stays in the container. */
    @AfterAll
    static void takeOut() throws IOException {
        Files.delete(jar);
        follow();
        dropins.sweep();
        System.clearProperty("karuta.dropins");
    }

    /** A jar counts when it stands still from one look to the next. */
    private static void follow() {
        dropins.look();
        dropins.look().ifPresent(words -> {
            throw new AssertionError(words);
        });
    }

    /** @param cards that the selector in the jar takes */
    private static void drop(int cards) throws IOException {
        var draft = folder.resolve("draft");
        new ComponentJar(
                        "gated",
                        "1.0.0",
                        "karuta.api;version=\"[0.2,1)\",karuta.tensor,ai.djl.ndarray,org.osgi.framework")
                .write(
                        draft,
                        "gated",
                        Gated.class.getName(),
                        List.of(Gated.class),
                        Map.of(Gated.CARDS, Integer.toString(cards)));
        Files.move(draft, jar, StandardCopyOption.REPLACE_EXISTING);
    }

    @BeforeEach
    void serve() {
        var health = new Health();
        var keeper = new PoolKeeper(
                pool, List.of(), Optional.empty(), dropins.strategies(), folder.resolve("features"), health);
        var settings = new Settings(
                "127.0.0.1",
                0,
                new Limits(8, 4, Duration.ofSeconds(120)),
                1_000_000,
                1_000_000,
                1_000,
                Duration.ofSeconds(20),
                Optional.empty(),
                Optional.empty());
        service = new Service(CONTEXT, settings, keeper, dropins, health, List.of(new PageAnnex()));
    }

    @AfterEach
    void end() {
        service.close();
    }

    private static Pixels pixels() {
        var rgb = new byte[3 * 24 * 24];
        for (var i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) (7 * i);
        }
        return new Pixels(24, 24, rgb);
    }

    private static String image() {
        return "data:image/png;base64," + Base64.getEncoder().encodeToString(PngWriter.write(pixels()));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + service.port() + path))
                .timeout(Duration.ofSeconds(150));
    }

    private HttpResponse<String> get(String path) throws Exception {
        return client.send(request(path).build(), BodyHandlers.ofString());
    }

    private CompletableFuture<HttpResponse<String>> ask() {
        return post("/api/ask", "{\"question\": \"" + QUESTION + "\", \"image\": \"" + image() + "\"}");
    }

    private CompletableFuture<HttpResponse<String>> post(String path, String json) {
        return client.sendAsync(
                request(path)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(json))
                        .build(),
                BodyHandlers.ofString());
    }

    private static JsonObject json(HttpResponse<String> response) {
        assertEquals(200, response.statusCode(), response.body());
        return JsonParser.parseString(response.body()).getAsJsonObject();
    }

    private static int cards(CompletableFuture<HttpResponse<String>> answer) {
        return json(answer.join()).getAsJsonArray("cards").size();
    }

    private static void await(Callable<Boolean> there) throws Exception {
        var end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!there.call()) {
            assertTrue(System.nanoTime() < end, "nothing came for 60 s");
            Thread.sleep(50);
        }
    }

    /** One that came before it was about to end waits. */
    private static boolean refused(CompletableFuture<HttpResponse<String>> answer) throws Exception {
        try {
            return answer.get(2, TimeUnit.SECONDS).statusCode() == 503;
        } catch (TimeoutException waits) {
            return false;
        }
    }

    private static int servlets() throws Exception {
        return CONTEXT.getServiceReferences(Servlet.class, "(osgi.http.whiteboard.servlet.name=karuta *)")
                .size();
    }

    private static int jetty() {
        return Arrays.stream(CONTEXT.getBundles())
                .filter(bundle -> "org.apache.felix.http.jetty12".equals(bundle.getSymbolicName()))
                .mapToInt(Bundle::getState)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void itAnswersOverHttpWhatThePoolAnswersAndLeavesNothingBehind() throws Exception {
        assertEquals("ok", json(get("/health")).get("status").getAsString());
        assertEquals(200, get("/").statusCode());
        var chat = json(
                post("/v1/chat/completions", """
                {"model": "small", "messages": [{"role": "user", "content": [{"type": "text", "text": "%s"},
                 {"type": "image_url", "image_url": {"url": "%s"}}]}]}""".formatted(QUESTION, image())).join());
        var said = chat.getAsJsonArray("choices").get(0).getAsJsonObject().getAsJsonObject("message");
        try (var repository = PoolRepository.read(pool);
                var asked = OpenPool.open(
                        dropins.strategies(),
                        PoolFiles.newest(repository, List.of()),
                        folder.resolve("features"),
                        words -> {})) {
            var query = new Query(Optional.of(new Shown(pixels())), QUESTION);
            var answer = asked.ask(List.of(query)).get(0);
            assertEquals(answer.text(), said.get("content").getAsString());
            assertEquals(
                    answer.selection().picks().get(0).card().id(),
                    chat.getAsJsonObject("karuta")
                            .getAsJsonArray("cards")
                            .get(0)
                            .getAsJsonObject()
                            .get("card")
                            .getAsString());
        }
        assertTrue(servlets() > 5, servlets() + " servlets");
        assertEquals(Bundle.ACTIVE, jetty());
        service.close();
        assertEquals(0, servlets());
        assertFalse(jetty() == Bundle.ACTIVE);
        assertThrows(ConnectException.class, () -> get("/health"));
    }

    @Test
    void whatIsBeingAnsweredIsAnsweredWhenItEndsAndWhoComesLaterIsRefused() throws Exception {
        CompletableFuture<HttpResponse<String>> answer;
        CompletableFuture<Void> closed;
        try (var gate = new Gate(CONTEXT)) {
            answer = ask();
            gate.awaitArrival();
            closed = CompletableFuture.runAsync(service::close);
            await(() -> get("/health").statusCode() == 503);
            await(() -> refused(ask()));
            assertFalse(answer.isDone());
            assertFalse(closed.isDone());
        }
        assertEquals(1, cards(answer));
        closed.join();
        assertThrows(ConnectException.class, () -> get("/health"));
    }

    /** Planning takes tens of milliseconds, and the service looks twice a second. */
    @Test
    void aPoolThatStaysAsItIsIsNotPlannedAgain() {
        var looked = new AtomicInteger();
        var strategies = (Strategies) Proxy.newProxyInstance(
                Strategies.class.getClassLoader(), new Class<?>[] {Strategies.class}, (proxy, method, arguments) -> {
                    looked.addAndGet(method.getName().equals("find") ? 1 : 0);
                    return method.invoke(dropins.strategies(), arguments);
                });
        try (var keeper = new PoolKeeper(
                        pool, List.of(), Optional.empty(), strategies, folder.resolve("features"), new Health());
                var first = keeper.answerer()) {
            assertEquals(Optional.empty(), keeper.look());
            var before = looked.get();
            assertTrue(before > 0, "it was planned");
            for (var i = 0; i < 20; i++) {
                assertEquals(Optional.empty(), keeper.look());
            }
            assertEquals(before, looked.get());
            SmallPool.touch(pool);
            var next = keeper.look().orElseThrow();
            assertNotEquals(first.revision(), next.revision());
            assertTrue(looked.get() > before, "it was planned");
            next.close();
        }
    }

    @Test
    void aBundleThatIsReplacedCountsForTheNextQuestionAndNotForTheOneInFlight() throws Exception {
        assertEquals(1, cards(ask()));
        CompletableFuture<HttpResponse<String>> before;
        CompletableFuture<HttpResponse<String>> after;
        try (var gate = new Gate(CONTEXT)) {
            before = ask();
            gate.awaitArrival();
            drop(2);
            await(() -> get("/metrics").body().contains("karuta_openings 2\n"));
            after = ask();
            await(() -> json(get("/health")).get("queue").getAsInt() == 1);
            assertFalse(before.isDone());
        }
        assertEquals(1, cards(before));
        assertEquals(2, cards(after));
        assertEquals("ok", json(get("/health")).get("status").getAsString());
        drop(1);
        await(() -> cards(ask()) == 1);
    }
}
