package karuta.browser;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** A headless Chromium, driven by the DevTools protocol. */
public final class Chromium implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 60;

    private final Process process;
    private final WebSocket socket;
    private final List<String> allowed;
    private final AtomicInteger calls = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonObject>> open = new ConcurrentHashMap<>();
    private final Map<String, CompletableFuture<JsonObject>> awaited = new ConcurrentHashMap<>();

    private final List<String> complaints = new CopyOnWriteArrayList<>();

    /** Where it is installed; empty if nowhere. */
    public static Optional<Path> installed() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                .flatMap(folder -> Stream.of("chromium", "chromium-browser", "google-chrome")
                        .map(name -> Path.of(folder).resolve(name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /**
     * Starts one.
     *
     * @param program see {@link #installed}
     * @param profile an empty folder
     * @param allowed beginnings of the addresses that pages may fetch; whatever else they fetch is a complaint
     */
    public Chromium(Path program, Path profile, List<String> allowed) throws Exception {
        this.allowed = List.copyOf(allowed);
        process = new ProcessBuilder(List.of(
                        program.toString(),
                        "--headless",
                        "--no-sandbox", // it refuses root otherwise; the pages are ours
                        "--disable-gpu",
                        "--remote-debugging-port=0",
                        "--remote-allow-origins=*",
                        "--user-data-dir=" + profile,
                        "about:blank"))
                .redirectErrorStream(true)
                .redirectOutput(profile.resolve("chromium.log").toFile())
                .start();
        var client = HttpClient.newHttpClient();
        var pages = client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port(profile) + "/json"))
                        .build(),
                BodyHandlers.ofString());
        var address = JsonParser.parseString(pages.body()).getAsJsonArray().asList().stream()
                .map(page -> page.getAsJsonObject())
                .filter(page -> page.get("type").getAsString().equals("page"))
                .map(page -> page.get("webSocketDebuggerUrl").getAsString())
                .findFirst()
                .orElseThrow();
        socket = client.newWebSocketBuilder()
                .buildAsync(URI.create(address), new Ear())
                .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        for (var domain : List.of("Page", "Runtime", "Log", "Network", "Performance")) {
            call(domain + ".enable", "{}");
        }
    }

    private int port(Path profile) throws IOException, InterruptedException {
        var file = profile.resolve("DevToolsActivePort");
        for (var i = 0; i < 10 * PATIENCE_SECONDS && process.isAlive(); i++) {
            if (Files.exists(file) && Files.size(file) > 0) {
                return Integer.parseInt(Files.readAllLines(file).get(0));
            }
            Thread.sleep(100);
        }
        throw new IOException("Chromium does not start: " + Files.readString(profile.resolve("chromium.log")));
    }

    /** Hears what it says. */
    private final class Ear implements WebSocket.Listener {

        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                hear(JsonParser.parseString(text.toString()).getAsJsonObject());
                text.setLength(0);
            }
            from.request(1);
            return CompletableFuture.completedFuture(data);
        }
    }

    private void hear(JsonObject message) {
        if (message.has("id")) {
            open.remove(message.get("id").getAsInt()).complete(message);
            return;
        }
        var method = message.get("method").getAsString();
        if (List.of("Runtime.consoleAPICalled", "Runtime.exceptionThrown", "Log.entryAdded")
                .contains(method)) {
            complaints.add(message.get("params").toString());
        }
        if (method.equals("Network.requestWillBeSent")) {
            var url = message.getAsJsonObject("params")
                    .getAsJsonObject("request")
                    .get("url")
                    .getAsString();
            if (allowed.stream().noneMatch(url::startsWith)) {
                complaints.add("it fetches " + url);
            }
        }
        Optional.ofNullable(awaited.remove(method)).ifPresent(future -> future.complete(message));
    }

    /**
     * Calls a method of the DevTools protocol.
     *
     * @param parameters as JSON
     */
    public JsonObject call(String method, String parameters) throws Exception {
        var id = calls.incrementAndGet();
        var answer = new CompletableFuture<JsonObject>();
        open.put(id, answer);
        socket.sendText("{\"id\":%d,\"method\":\"%s\",\"params\":%s}".formatted(id, method, parameters), true)
                .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        var message = answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (message.has("error")) {
            throw new IOException(method + ": " + message.get("error"));
        }
        return message.getAsJsonObject("result");
    }

    /** Opens a page and waits until it is loaded. */
    public void open(URI page) throws Exception {
        var loaded = new CompletableFuture<JsonObject>();
        awaited.put("Page.loadEventFired", loaded);
        call("Page.navigate", "{\"url\":\"" + page + "\"}");
        loaded.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /** The value of an expression of JavaScript, as text; of a promise that which it comes to. */
    public String evaluate(String expression) throws Exception {
        var parameters = new JsonObject();
        parameters.addProperty("expression", "(async () => String(await (" + expression + ")))()");
        parameters.addProperty("awaitPromise", true);
        var result = call("Runtime.evaluate", parameters.toString());
        if (result.has("exceptionDetails")) {
            throw new IOException(expression + ": " + result.get("exceptionDetails"));
        }
        return result.getAsJsonObject("result").get("value").getAsString();
    }

    /** Presses a key, and lets it go. */
    public void press(String key, int code) throws Exception {
        for (var type : List.of("rawKeyDown", "keyUp")) {
            call(
                    "Input.dispatchKeyEvent",
                    "{\"type\":\"%s\",\"key\":\"%s\",\"code\":\"%s\",\"windowsVirtualKeyCode\":%d}"
                            .formatted(type, key, key, code));
        }
    }

    /** A screen of that width, light or dark. */
    public void screen(int width, boolean dark) throws Exception {
        call(
                "Emulation.setDeviceMetricsOverride",
                "{\"width\":%d,\"height\":844,\"deviceScaleFactor\":1,\"mobile\":%s}".formatted(width, width < 600));
        call(
                "Emulation.setEmulatedMedia",
                "{\"features\":[{\"name\":\"prefers-color-scheme\",\"value\":\"%s\"}]}"
                        .formatted(dark ? "dark" : "light"));
    }

    /** What the page shows now, as PNG. */
    public byte[] shot() throws Exception {
        var data = call("Page.captureScreenshot", "{\"format\":\"png\"}")
                .get("data")
                .getAsString();
        return Base64.getDecoder().decode(data);
    }

    /** Seconds that the page's main thread has computed so far: other than time, it does not depend on what else goes on. */
    public double computed() throws Exception {
        var metrics = new ArrayList<>(
                call("Performance.getMetrics", "{}").getAsJsonArray("metrics").asList());
        return metrics.stream()
                .map(metric -> metric.getAsJsonObject())
                .filter(metric -> metric.get("name").getAsString().equals("ThreadTime"))
                .mapToDouble(metric -> metric.get("value").getAsDouble())
                .findFirst()
                .orElseThrow();
    }

    /** Whatever the console has said, errors that nobody caught, and what was fetched from elsewhere. */
    public List<String> complaints() {
        return complaints;
    }

    /** Waits until an expression of JavaScript is true. */
    public void await(String expression) throws Exception {
        evaluate("""
                new Promise((done, failed) => {
                  const end = Date.now() + %d;
                  const look = () => {
                    if (%s) done();
                    else if (Date.now() > end) failed(new Error('it does not come about'));
                    else setTimeout(look, 30);
                  };
                  look();
                })""".formatted(PATIENCE_SECONDS * 500, expression));
    }

    /** The least contrast (WCAG 2.2) of any text that is shown to what lies behind it. */
    public double leastContrast() throws Exception {
        return Double.parseDouble(evaluate(CONTRAST));
    }

    @Override
    public void close() throws InterruptedException {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        process.waitFor();
    }

    private static final String CONTRAST = """
            (() => {
              const channels = c => (c.match(/[\\d.]+/g) || []).map(Number);
              const linear = c => (c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
              const light = ([r, g, b]) => 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
              const behind = e => {
                for (; e; e = e.parentElement) {
                  const c = channels(getComputedStyle(e).backgroundColor);
                  if (c.length === 3 || c[3] === 1) return c;
                }
                return [255, 255, 255];
              };
              let least = 21;
              for (const e of document.querySelectorAll('body *')) {
                const own = [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim());
                if (!own || !e.offsetParent || e.closest('svg') || e.matches(':disabled')) continue;
                const [a, b] = [light(channels(getComputedStyle(e).color)), light(behind(e))];
                least = Math.min(least, (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05));
              }
              return least;
            })()""";
}
