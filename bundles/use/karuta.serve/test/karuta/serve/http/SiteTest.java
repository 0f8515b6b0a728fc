package karuta.serve.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import karuta.files.Sha256;
import karuta.serve.desk.Parrot;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class SiteTest {

    private static final String CHAT = "/v1/chat/completions";

    private TestSite site = new TestSite(Optional.empty(), Optional.empty());

    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        site.close();
    }

    private static String chat(String messages) {
        return "{\"model\": \"team\", \"messages\": [" + messages + "]}";
    }

    private static String user(String content) {
        return "{\"role\": \"user\", \"content\": " + content + "}";
    }

    private static String withImage(String url) {
        return user("[{\"type\": \"text\", \"text\": \"What is this?\"},"
                + " {\"type\": \"image_url\", \"image_url\": {\"url\": \"" + url + "\"}}]");
    }

    private static JsonObject json(HttpResponse<String> response) {
        return JsonParser.parseString(response.body()).getAsJsonObject();
    }

    private static String content(HttpResponse<String> response) {
        return json(response)
                .getAsJsonArray("choices")
                .get(0)
                .getAsJsonObject()
                .getAsJsonObject("message")
                .get("content")
                .getAsString();
    }

    private static void refused(int status, String code, HttpResponse<String> response) {
        assertEquals(status, response.statusCode(), response.body());
        var error = json(response).getAsJsonObject("error");
        assertEquals(code, error.get("code").getAsString(), response.body());
        assertFalse(error.get("message").getAsString().isBlank());
        assertTrue(response.headers()
                .firstValue("Content-Security-Policy")
                .orElse("")
                .startsWith("default-src 'none'"));
        discreet(response.body());
    }

    /** Nothing of the program's inside. */
    static void discreet(String text) {
        Stream.of("\tat ", "karuta.serve", "org.eclipse", "java.lang", "Exception", "/etc/passwd", ".java:")
                .forEach(inside -> assertFalse(text.contains(inside), text));
    }

    @Test
    void aChatIsAnsweredInTheFormOfOpenAi() {
        var response = site.post(CHAT, chat("{\"role\": \"system\", \"content\": \"Be kind.\"}, " + user("\"Hello\"")));
        assertEquals(200, response.statusCode(), response.body());
        assertEquals("Hello 0", content(response));
        var whole = json(response);
        assertEquals("chat.completion", whole.get("object").getAsString());
        assertEquals(9, whole.getAsJsonObject("usage").get("total_tokens").getAsInt());
        var card =
                whole.getAsJsonObject("karuta").getAsJsonArray("cards").get(0).getAsJsonObject();
        assertEquals("birds", card.get("card").getAsString());
        assertEquals(0.75, card.get("score").getAsDouble());
    }

    @Test
    void imagesComeAsDataUrls() throws IOException {
        assertEquals("What is this? 1", content(site.post(CHAT, chat(withImage(TestSite.png(100, 100))))));
    }

    @Test
    void aStreamHasTheSameWordsAndEndsAsItMust() {
        var response = site.post(
                CHAT,
                "{\"model\": \"team\", \"stream\": true, \"stream_options\": {\"include_usage\": true}, \"messages\": ["
                        + user("\"Hello\"") + "]}");
        assertEquals(
                "text/event-stream",
                response.headers().firstValue("Content-Type").orElse("").split(";")[0]);
        var events = response.body().split("\n\n");
        assertEquals("data: [DONE]", events[events.length - 1]);
        var text = new StringBuilder();
        var usage = 0;
        for (var event : List.of(events).subList(0, events.length - 1)) {
            var chunk =
                    JsonParser.parseString(event.substring("data: ".length())).getAsJsonObject();
            assertEquals("chat.completion.chunk", chunk.get("object").getAsString());
            for (var choice : chunk.getAsJsonArray("choices")) {
                var delta = choice.getAsJsonObject().getAsJsonObject("delta");
                text.append(delta.has("content") ? delta.get("content").getAsString() : "");
            }
            usage += chunk.has("usage")
                    ? chunk.getAsJsonObject("usage").get("total_tokens").getAsInt()
                    : 0;
        }
        assertEquals("Hello 0", text.toString());
        assertEquals(9, usage);
    }

    static Stream<String> unfit() {
        return Stream.of(
                "",
                "nonsense",
                "[]",
                "{}",
                "{\"model\": \"team\"}",
                chat(""),
                chat("3"),
                chat(user("3")),
                chat(user("\" \"")),
                chat(user("[]")),
                chat(user("[{\"type\": \"video\"}]")),
                chat("{\"role\": \"assistant\", \"content\": \"Hello\"}"),
                chat("{\"role\": \"tool\", \"content\": \"Hello\"}"),
                chat(user("\"a\"") + ", {\"role\": \"assistant\", \"content\": \"b\"}"),
                chat(user("\"a\"") + ", {\"role\": \"assistant\", \"content\": \"b\"}, "
                        + withImage("data:;base64,AA==")),
                chat(user("\"Hello\"")).replace("\"model\": \"team\",", ""),
                chat(user("\"Hello\"")).replace("{\"model\"", "{\"n\": 2, \"model\""),
                chat(user("\"Hello\"")).replace("{\"model\"", "{\"stream\": 1, \"model\""),
                chat(user("\"Hello\"")).replace("{\"model\"", "{\"tools\": [{\"type\": \"function\"}], \"model\""),
                chat(user("\"Hello\""))
                        .replace("{\"model\"", "{\"response_format\": {\"type\": \"json_object\"}, \"model\""),
                chat(withImage("http://127.0.0.1:1/x.png")),
                chat(withImage("file:///etc/passwd")),
                chat(withImage("data:image/png;base64,!!!")),
                chat(withImage("data:image/png;base64,AAAA")),
                chat(user("\"" + Parrot.UNFIT + "\"")),
                "[".repeat(10_000),
                "{\"a\":".repeat(10_000));
    }

    @ParameterizedTest
    @MethodSource("unfit")
    void whatIsNoQuestionIsRefusedInWords(String body) {
        var response = site.post(CHAT, body);
        assertEquals(400, response.statusCode(), response.body());
        refused(400, json(response).getAsJsonObject("error").get("code").getAsString(), response);
    }

    @Test
    void anotherModelIsUnknown() {
        refused(404, "model_not_found", site.post(CHAT, chat(user("\"Hello\"")).replace("team", "gpt")));
        refused(404, "model_not_found", site.get("/v1/models/gpt"));
        assertEquals(200, site.get("/v1/models/team").statusCode());
        assertEquals(1, json(site.get("/v1/models")).getAsJsonArray("data").size());
    }

    @Test
    void whatFailsInsideStaysInside() {
        refused(500, "internal_error", site.post(CHAT, chat(user("\"" + Parrot.BREAKS + "\""))));
    }

    @Test
    void anImageOfTooManyPixelsIsRefusedBeforeItIsDecoded() throws IOException {
        assertEquals(
                200, site.post(CHAT, chat(withImage(TestSite.png(100, 100)))).statusCode());
        var response = site.post(CHAT, chat(withImage(TestSite.png(101, 100))));
        refused(400, "invalid_image", response);
        assertTrue(response.body().contains("101 x 100 pixels"), response.body());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aBodyThatIsTooLargeIsRefusedHoweverItComes(boolean announced) {
        var body = new byte[TestSite.MOST_BYTES + 1];
        var publisher = announced
                ? BodyPublishers.ofByteArray(body)
                : BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body));
        refused(
                413,
                "request_too_large",
                site.send(site.request(CHAT)
                        .header("Content-Type", "application/json")
                        .POST(publisher)));
    }

    @Test
    void whatIsNoJsonByItsTypeIsNotRead() {
        refused(
                415,
                "unsupported_media_type",
                site.send(site.request(CHAT)
                        .header("Content-Type", "text/plain")
                        .POST(BodyPublishers.ofString(chat(user("\"Hello\""))))));
    }

    @ParameterizedTest
    @CsvSource({"PUT, 405", "DELETE, 405", "TRACE, 405", "OPTIONS, 405", "PATCH, 405"})
    void otherMethodsAreRefused(String method, int status) throws IOException {
        var answer =
                site.raw((method + " /api/ask HTTP/1.1\r\nHost: localhost\r\nX-Secret: x\r\nConnection: close\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        assertTrue(answer.startsWith("HTTP/1.1 " + status), answer);
        assertFalse(answer.contains("X-Secret"), answer);
        discreet(answer);
    }

    @ParameterizedTest
    @CsvSource({
        "evil.example, 421",
        "localhost.evil.example, 421",
        "127.0.0.1.evil.example:80, 421",
        "localhost, 200",
        "LOCALHOST:99, 200",
        "[::1]:8080, 200"
    })
    void onlyThisMachinesOwnNamesLeadToIt(String host, int status) throws IOException {
        var answer = site.raw(("GET /v1/models HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        assertTrue(answer.startsWith("HTTP/1.1 " + status), answer);
    }

    @Test
    void pagesOfOtherOriginsMayNotCall() {
        var answer = site.send(site.request("/v1/models").header("Origin", "http://evil.example"));
        refused(403, "wrong_origin", answer);
        assertEquals(
                200,
                site.send(site.request("/v1/models").header("Origin", "http://127.0.0.1:" + site.port))
                        .statusCode());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/nothing", "/api/", "/v1/../etc/passwd", "/%2e%2e/etc/passwd", "/WEB-INF/web.xml", "/api/ask/x"
            })
    void whereNothingIsNothingIsTold(String path) throws IOException {
        var answer = site.raw(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        assertTrue(answer.startsWith("HTTP/1.1 404") || answer.startsWith("HTTP/1.1 400"), answer);
        discreet(answer.replace("/etc/passwd", ""));
    }

    @Test
    void whoComesWhenAllSeatsAreTakenIsToldWhenToComeAgain() throws InterruptedException {
        site.parrot.hold();
        var first = CompletableFuture.supplyAsync(() -> site.post(CHAT, chat(user("\"first\""))));
        site.parrot.awaitAsked();
        var waiting = IntStream.range(0, 4)
                .mapToObj(i -> async(chat(user("\"w" + i + "\""))))
                .toList();
        while (site.desk.queue() < 4) {
            Thread.sleep(1);
        }
        var busy = site.post(CHAT, chat(user("\"more\"")));
        refused(429, "busy", busy);
        assertEquals("1", busy.headers().firstValue("Retry-After").orElse(""));
        site.parrot.release();
        assertEquals(200, first.join().statusCode());
        waiting.forEach(each -> assertEquals(200, each.join().statusCode()));
    }

    private CompletableFuture<HttpResponse<String>> async(String body) {
        var answer = new CompletableFuture<HttpResponse<String>>();
        new Thread(() -> answer.complete(site.post(CHAT, body))).start();
        return answer;
    }

    @Test
    void whatTakesTooLongIsGivenUpThoughTheConnectionWouldBeIdleLongBefore() {
        site.parrot.hold();
        refused(504, "timeout", site.post(CHAT, chat(user("\"slow\""))));
    }

    @Test
    void aHeaderThatDripsInAndABodyThatStandsStillEnd() throws IOException {
        var start = System.nanoTime();
        try (var socket = new Socket("127.0.0.1", site.port)) {
            socket.setSoTimeout(20_000);
            var out = socket.getOutputStream();
            out.write("GET / HTTP/1.1\r\n".getBytes(StandardCharsets.US_ASCII));
            var ended = false;
            for (var i = 0; i < 100 && !ended; i++) {
                try {
                    out.write('x');
                    out.flush();
                    Thread.sleep(200);
                    ended = socket.getInputStream().available() > 0;
                } catch (IOException closed) {
                    ended = true;
                } catch (InterruptedException never) {
                    Thread.currentThread().interrupt();
                }
            }
            assertTrue(ended);
        }
        var seconds = (System.nanoTime() - start) / 1e9;
        assertTrue(seconds < 15, seconds + " s");

        var answer = site.raw(("POST " + CHAT + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                        + "Content-Length: 1000\r\n\r\n{")
                .getBytes(StandardCharsets.US_ASCII));
        assertFalse(answer.startsWith("HTTP/1.1 200"), answer);
        discreet(answer);
        assertEquals(200, site.get("/health").statusCode());
    }

    @Test
    void aBodyThatDripsInIsGivenUpAndASmallOneThatComesLateIsNot() throws Exception {
        var head = "POST " + CHAT
                + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nConnection: close\r\n";
        try (var socket = new Socket("127.0.0.1", site.port)) {
            socket.setSoTimeout(20_000);
            var out = socket.getOutputStream();
            out.write((head + "Content-Length: 1000\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            for (var i = 0; i < 40 && socket.getInputStream().available() == 0; i++) {
                out.write(' ');
                out.flush();
                Thread.sleep(200);
            }
            var answer = new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
            assertEquals("HTTP/1.1 408", answer);
        }
        try (var socket = new Socket("127.0.0.1", site.port)) {
            socket.setSoTimeout(20_000);
            var body = chat(user("\"Hello\""));
            var out = socket.getOutputStream();
            out.write((head + "Content-Length: " + body.length() + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            out.flush();
            Thread.sleep(500);
            out.write(body.getBytes(StandardCharsets.US_ASCII));
            out.flush();
            var answer = new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
            assertEquals("HTTP/1.1 200", answer);
        }
    }

    @Test
    void brokenHttpIsAnsweredInJsonWithoutWordsOfTheServer() throws IOException {
        for (var request : List.of(
                "nonsense\r\n\r\n",
                "GET / HTTP/9.9\r\n\r\n",
                "GET /\u0000 HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET / HTTP/1.1\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: x\r\n\r\n",
                "GET /" + "x".repeat(20_000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n")) {
            var answer = site.raw(request.getBytes(StandardCharsets.ISO_8859_1));
            assertTrue(answer.startsWith("HTTP/1.1 4") || answer.startsWith("HTTP/1.1 5"), answer);
            assertTrue(answer.contains("application/json"), answer);
            assertTrue(answer.contains("nosniff"), answer);
            assertFalse(answer.toLowerCase(java.util.Locale.ROOT).contains("jetty"), answer);
            discreet(answer);
        }
    }

    private void withTokens() throws IOException {
        site.close();
        site = new TestSite(Optional.of(TestSite.tokens(folder)), Optional.empty());
    }

    private HttpResponse<String> as(String role, String path) {
        return site.as(role, path);
    }

    @Test
    void eachTokenMayWhatItsRoleMay() throws Exception {
        withTokens();
        refused(401, "invalid_api_key", site.get("/v1/models"));
        refused(401, "invalid_api_key", site.get("/api/pool"));
        refused(401, "invalid_api_key", site.post(CHAT, chat(user("\"Hello\""))));
        refused(401, "invalid_api_key", as("nobody", "/v1/models"));
        refused(401, "invalid_api_key", as("nobody", "/health"));
        assertEquals(200, as("asker", "/v1/models").statusCode());
        assertEquals(200, as("asker", "/api/pool").statusCode());
        refused(403, "forbidden", as("asker", "/metrics"));
        refused(403, "forbidden", as("learner", "/metrics"));
        assertEquals(200, as("admin", "/metrics").statusCode());
    }

    @Test
    void whatIsWrongIsToldToAdminsAlone() throws Exception {
        withTokens();
        site.health.trouble("pool", "The revision 17 is damaged.");
        assertEquals("troubled", json(site.get("/health")).get("status").getAsString());
        assertFalse(site.get("/health").body().contains("damaged"));
        assertFalse(as("asker", "/health").body().contains("damaged"));
        assertTrue(as("admin", "/health").body().contains("The revision 17 is damaged."));
        site.ending.set(true);
        assertEquals(503, site.get("/health/ready").statusCode());
        assertEquals(200, site.get("/health/live").statusCode());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ada asker",
                "ada king 0000000000000000000000000000000000000000000000000000000000000000",
                "ada asker 00",
                ""
            })
    void aTokenFileThatIsNoneIsRefused(String line) throws IOException {
        var file = Files.writeString(folder.resolve("tokens"), line);
        org.junit.jupiter.api.Assertions.assertThrows(karuta.api.KarutaException.class, () -> TokenFile.read(file));
    }

    @Test
    void aTokenFileThatOthersMayWriteToIsRefused() throws Exception {
        var file = Files.writeString(folder.resolve("tokens"), "ada admin " + Sha256.of("x"));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw----"));
        org.junit.jupiter.api.Assertions.assertThrows(karuta.api.KarutaException.class, () -> TokenFile.read(file));
    }

    @Test
    void anAskedQuestionTellsItsCards() throws IOException {
        var response = site.post(
                "/api/ask",
                "{\"question\": \"What?\", \"images\": [\"" + TestSite.png(2, 2)
                        + "\"], \"earlier\": [{\"question\": \"a\", \"answer\": \"b\"}]}");
        assertEquals(200, response.statusCode(), response.body());
        var answer = json(response);
        assertEquals("What? 1", answer.get("answer").getAsString());
        assertEquals("cats", answer.getAsJsonObject("runnerUp").get("card").getAsString());
        assertEquals(
                "birds",
                answer.getAsJsonArray("cards")
                        .get(0)
                        .getAsJsonObject()
                        .get("card")
                        .getAsString());
        assertEquals(
                "0123456789012345678901234567890123456789",
                answer.get("revision").getAsString());
        refused(400, "missing_value", site.post("/api/ask", "{\"question\": \" \"}"));
        refused(405, "method_not_allowed", site.get("/api/ask"));
    }

    @Test
    void metricsCountWhatWasAskedAndRefused() {
        site.post(CHAT, chat(user("\"Hello\"")));
        site.post(CHAT, "nonsense");
        var text = site.get("/metrics").body();
        assertTrue(text.contains("karuta_card_taken_total{card=\"birds\"} 1\n"), text);
        assertTrue(text.contains("karuta_declined_total{status=\"400\",why=\"invalid_json\"} 1\n"), text);
        assertTrue(text.contains("karuta_answer_seconds_count 1\n"), text);
        assertTrue(text.contains("karuta_answer_seconds_bucket{le=\"+Inf\"} 1\n"), text);
        assertTrue(text.contains("karuta_question_tokens_total 7\n"), text);
    }
}
