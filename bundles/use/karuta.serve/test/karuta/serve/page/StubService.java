package karuta.serve.page;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import karuta.serve.monitor.SampleMonitor;

/** The page's true files, and answers of the forms that the service has, with texts that try to become code. */
final class StubService implements AutoCloseable {

    /** Sets a mark where it is run. */
    static final String HOSTILE = "<img src=x onerror=\"window.owned=1\"></p><script>window.owned=2</script>";

    static final List<String> CARDS =
            List.of("pets", "street signs", "invoices", "plants", "handwriting of the archive", "x-ray " + HOSTILE);

    private static final int STRIDE = 7919;
    private static final long FIRST = 0xabc0_0000L;

    /** What was asked of it. */
    record Seen(String path, Optional<String> authorization, JsonObject body) {}

    private final HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final PageFiles files = new PageFiles();
    private final SampleMonitor monitor = new SampleMonitor(CARDS, Instant.now());

    final List<Seen> seen = new CopyOnWriteArrayList<>();
    final Map<String, Integer> refused = new ConcurrentHashMap<>();
    volatile boolean abstains;
    volatile String token = "";

    StubService() throws IOException {
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    /** As it was made. */
    void reset() {
        seen.clear();
        refused.clear();
        abstains = false;
        token = "";
    }

    private void answer(HttpExchange exchange) throws IOException {
        var path = exchange.getRequestURI().getPath();
        if (!path.startsWith("/api/")) {
            file(exchange, path);
            return;
        }
        var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        var authorization = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"));
        var post = exchange.getRequestMethod().equals("POST");
        if (post) {
            seen.add(new Seen(path, authorization, json(body)));
        }
        if (!token.isEmpty() && !authorization.equals(Optional.of("Bearer " + token))) {
            send(exchange, 401, problem("This needs a token: send the header \"Authorization: Bearer TOKEN\"."));
        } else if (refused.containsKey(path)) {
            send(exchange, refused.get(path), problem("8 questions wait already. Ask again in a moment. " + HOSTILE));
        } else {
            send(exchange, 200, content(path, post, exchange.getRequestURI()));
        }
    }

    private JsonObject content(String path, boolean post, URI address) {
        return switch (path) {
            case "/api/ask" -> reply();
            case "/api/pool" -> pool();
            case "/api/monitor" -> monitor.json(parameters(address));
            case "/api/feedback" ->
                json(post ? "{\"task\": \"pets\", \"state\": \"learnable\"}" : "{\"taken\": true, \"tasks\": []}");
            default -> throw new IllegalStateException(path);
        };
    }

    private static Map<String, String> parameters(URI address) {
        var all = new HashMap<String, String>();
        for (var pair : Optional.ofNullable(address.getQuery()).orElse("").split("&")) {
            var parts = pair.split("=", 2);
            all.put(parts[0], parts[parts.length - 1]);
        }
        return all;
    }

    private JsonObject reply() {
        var reply = json("""
                {"id": "ask-1", "revision": "03df9fb01c2d3e4f5a6b7c8d9e0f1a2b3c4d5e6f", "batch": 3, "seconds": 0.214,
                 "cards": [{"card": "plants", "score": 0.411}, {"card": "stage2", "task": "pets", "score": 0.873}],
                 "runnerUp": {"card": "invoices", "score": 0.322}}""");
        reply.addProperty("answer", abstains ? "" : "a tabby cat " + HOSTILE);
        reply.addProperty("abstained", abstains);
        return reply;
    }

    private static String id(int number) {
        return "%040x".formatted(FIRST + (long) number * STRIDE);
    }

    private static JsonObject pool() {
        var cards = new JsonArray();
        var history = new JsonArray();
        for (var i = CARDS.size() - 1; i >= 0; i--) {
            var scores = new JsonObject();
            scores.add("before", scores(i, 12.5, 0));
            scores.add("after", scores(i, 84.2, i > 2 ? 1.4 : 0));
            scores.addProperty("author", "Ada Byron " + HOSTILE);
            scores.addProperty(
                    "when",
                    Instant.now()
                            .minus(Duration.ofDays(20L * (CARDS.size() - i)))
                            .toString());
            var card = scores.deepCopy();
            card.addProperty("card", CARDS.get(i));
            cards.add(card);
            scores.addProperty("revision", id(i));
            scores.addProperty("subject", "Learned " + CARDS.get(i));
            history.add(scores);
        }
        var back = new JsonObject();
        back.addProperty("revision", id(99));
        back.addProperty("author", "Charles B.");
        back.addProperty("when", Instant.now().minus(Duration.ofDays(130)).toString());
        back.addProperty("subject", "Went back to " + id(0).substring(0, 10));
        history.add(back);
        var pool = new JsonObject();
        pool.addProperty("name", "team");
        pool.addProperty("revision", id(CARDS.size() - 1));
        pool.add("cards", cards);
        pool.add("history", history);
        return pool;
    }

    private static JsonObject scores(int cards, double own, double loss) {
        var scores = new JsonObject();
        for (var i = 0; i <= cards; i++) {
            scores.addProperty(CARDS.get(i), i == cards ? own : 80 + i - (i == 0 ? loss : 0));
        }
        return scores;
    }

    private static JsonObject problem(String message) {
        var error = new JsonObject();
        error.addProperty("message", message);
        var whole = new JsonObject();
        whole.add("error", error);
        return whole;
    }

    private static JsonObject json(String text) {
        return JsonParser.parseString(text).getAsJsonObject();
    }

    private void file(HttpExchange exchange, String path) throws IOException {
        var part = files.find(path).orElseThrow(() -> new IllegalStateException("there is no " + path));
        exchange.getResponseHeaders().set("Content-Security-Policy", PageServlet.POLICY);
        send(exchange, 200, part.type(), part.bytes());
    }

    private static void send(HttpExchange exchange, int status, JsonObject content) throws IOException {
        send(exchange, status, "application/json", content.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static void send(HttpExchange exchange, int status, String type, byte[] bytes) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
