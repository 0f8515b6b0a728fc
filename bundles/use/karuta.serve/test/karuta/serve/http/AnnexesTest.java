package karuta.serve.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import karuta.bench.folder.TaskFolder;
import karuta.serve.feedback.FeedbackAnnex;
import karuta.serve.monitor.MonitorAnnex;
import karuta.serve.page.PageAnnex;
import karuta.serve.pool.Health;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Monitor, feedback and page behind the gate. */
@Timeout(120)
class AnnexesTest {

    private static final String MARK = "What is <image> this?";

    private final Path folder;
    private final FeedbackAnnex feedback;
    private final MonitorAnnex monitor;
    private TestSite site;

    AnnexesTest(@TempDir Path folder) {
        this.folder = folder;
        feedback = new FeedbackAnnex(InstantSource.system(), Optional.of(folder.resolve("feedback")));
        monitor = new MonitorAnnex(
                InstantSource.system(), new TestSite.Toy(), folder, folder.resolve("monitor"), new Health());
    }

    @BeforeEach
    void start() throws Exception {
        var file = folder.resolve("tokens");
        Files.writeString(
                file,
                "ada learner " + sha256("ada") + "\nbob learner " + sha256("bob") + "\neve asker " + sha256("eve")
                        + "\n");
        site = site(Optional.of(TokenFile.read(file)), feedback);
    }

    private TestSite site(Optional<TokenFile> tokens, FeedbackAnnex feedback) {
        return new TestSite(
                tokens, Optional.empty(), List.of(monitor, feedback, new PageAnnex()), Duration.ofSeconds(20));
    }

    @AfterEach
    void stop() {
        site.close();
        feedback.close();
        monitor.close();
    }

    private static String sha256(String text) throws Exception {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    private HttpResponse<String> get(String token, String path) {
        return site.send(
                site.request(path).header("Authorization", "Bearer " + token).GET());
    }

    private HttpResponse<String> post(String token, String path, String json) {
        return site.send(site.request(path)
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json)));
    }

    private static JsonObject json(HttpResponse<String> response) {
        return JsonParser.parseString(response.body()).getAsJsonObject();
    }

    private static String code(HttpResponse<String> response) {
        return json(response).getAsJsonObject("error").get("code").getAsString();
    }

    /** The id of an answer to a question. */
    private String ask(String question, String more) throws IOException {
        var reply = post("eve", "/api/ask", "{\"question\": \"" + question + "\"" + more + "}");
        assertEquals(200, reply.statusCode(), reply.body());
        return json(reply).get("id").getAsString();
    }

    private String say(String who, String id, String verdict) {
        var response = post(who, "/api/feedback", "{\"id\": \"" + id + "\", " + verdict + "}");
        return response.statusCode() == 200 ? json(response).get("state").getAsString() : code(response);
    }

    @ParameterizedTest
    @ValueSource(strings = {"%zz", "%ff%fe", "%"})
    void aQueryThatIsNoneIsRefusedAndNoFaultOfTheService(String span) throws IOException {
        var answer = site.raw(("GET /api/monitor?span=" + span
                        + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer eve\r\nConnection: close\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        assertTrue(answer.startsWith("HTTP/1.1 400"), answer);
        assertTrue(answer.contains("invalid_request"), answer);
    }

    @Test
    void whatIsAskedIsCountedAndToldToWhoMayKnow() throws Exception {
        ask("What?", "");
        ask("What?", "");
        var seen = json(get("eve", "/api/monitor?span=hour"));
        assertEquals(2, seen.get("answers").getAsInt());
        assertEquals("birds", seen.getAsJsonObject("usage").get("most").getAsString());
        assertEquals(401, site.get("/api/monitor").statusCode());
        assertEquals("invalid_span", code(get("eve", "/api/monitor?span=eon")));
        assertEquals(405, post("eve", "/api/monitor", "{}").statusCode());
    }

    @Test
    void theHistoryTellsHowGoodThePoolWas() {
        var learned =
                json(get("eve", "/api/pool")).getAsJsonArray("history").get(0).getAsJsonObject();
        assertEquals("{\"birds\":12.5}", learned.get("before").toString());
        assertEquals("{\"birds\":80.0}", learned.get("after").toString());
    }

    @Test
    void feedbackOfLearnersBecomesSamples() throws Exception {
        var id = ask("What?", ", \"image\": \"" + TestSite.png(8, 6) + "\"");
        assertTrue(json(get("ada", "/api/feedback")).get("taken").getAsBoolean());
        assertEquals("learnable", say("ada", id, "\"verdict\": \"right\""));
        assertEquals("disputed", say("bob", id, "\"verdict\": \"better\", \"answer\": \"a lynx\""));
        assertEquals("learnable", say("ada", id, "\"verdict\": \"better\", \"answer\": \"a lynx\""));
        assertEquals("unanswered", say("ada", ask("Why?", ""), "\"verdict\": \"wrong\""));
        assertEquals("learnable", say("ada", ask("Who?", ""), "\"verdict\": \"right\", \"task\": \"people\""));
        var samples = new TaskFolder(folder.resolve("feedback/birds")).read().train();
        assertEquals(1, samples.size());
        assertEquals("a lynx", samples.get(0).answer());
        assertEquals(8, samples.get(0).query().images().get(0).pixels().width());
        assertEquals(
                "Who? 0",
                new TaskFolder(folder.resolve("feedback/people"))
                        .read()
                        .train()
                        .get(0)
                        .answer());
        assertEquals(
                2, json(get("eve", "/api/feedback")).getAsJsonArray("tasks").size());
    }

    @Test
    void whoOnlyAsksGivesNone() throws Exception {
        var id = ask("What?", "");
        assertEquals("forbidden", say("eve", id, "\"verdict\": \"right\""));
        assertFalse(json(get("eve", "/api/feedback")).get("taken").getAsBoolean());
        assertFalse(Files.exists(folder.resolve("feedback/birds")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "forgotten; 'ask-0'; 'right'; ''",
                "invalid_verdict; ''; 'great'; ''",
                "missing; ''; 'better'; ''",
                "empty_answer; ''; 'better'; ', \"answer\": \"  \"'",
                "image_mark; ''; 'better'; ', \"answer\": \"<image>\"'",
                "control_character; ''; 'better'; ', \"answer\": \"a\\u0000b\"'",
                "invalid_task; ''; 'right'; ', \"task\": \"a\\nb\"'",
            })
    void whatCannotBeLearnedIsRefused(String code, String other, String verdict, String more) throws Exception {
        var id = ask("What?", "");
        assertEquals(code, say("ada", other.isEmpty() ? id : other, "\"verdict\": \"" + verdict + "\"" + more));
        assertFalse(Files.exists(folder.resolve("feedback/birds")));
    }

    @Test
    void conversationsAndQuestionsThatWouldBeReadOtherwiseAreRefused() throws Exception {
        assertEquals("image_mark", say("ada", ask(MARK, ""), "\"verdict\": \"right\""));
        var turns = ask("And now?", ", \"earlier\": [{\"question\": \"a\", \"answer\": \"b\"}]");
        assertEquals("conversation", say("ada", turns, "\"verdict\": \"right\""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{", "null", "{\"id\": {}, \"verdict\": []}", "\"\\ud800\""})
    void whatIsNoFeedbackIsRefused(String body) {
        assertEquals(400, post("ada", "/api/feedback", body).statusCode());
    }

    @Test
    void aFormOfAnotherSiteCannotGiveFeedback() throws Exception {
        var id = ask("What?", "");
        var form = site.send(site.request("/api/feedback")
                .header("Authorization", "Bearer ada")
                .header("Content-Type", "text/plain")
                .POST(BodyPublishers.ofString("{\"id\": \"" + id + "\", \"verdict\": \"right\"}")));
        assertEquals(415, form.statusCode());
        assertEquals(413, post("ada", "/api/feedback", " ".repeat(70_000)).statusCode());
    }

    @Test
    void withoutAFolderNothingIsTaken() throws Exception {
        site.close();
        try (var off = new FeedbackAnnex(InstantSource.system(), Optional.empty())) {
            assertEquals(List.of(), off.watchers());
            site = site(Optional.empty(), off);
            assertFalse(json(site.get("/api/feedback")).get("taken").getAsBoolean());
            assertEquals("no_feedback", code(site.post("/api/feedback", "{\"id\": \"a\", \"verdict\": \"right\"}")));
        }
    }

    @Test
    void thePageIsThereForEverybodyAndNothingElseIs() {
        var page = site.get("/");
        assertEquals(200, page.statusCode());
        assertTrue(page.body().startsWith("<!DOCTYPE html>"));
        var policy = page.headers().allValues("Content-Security-Policy");
        assertEquals(1, policy.size());
        assertTrue(policy.get(0).contains("require-trusted-types-for 'script'"));
        assertEquals(List.of("nosniff"), page.headers().allValues("X-Content-Type-Options"));
        assertEquals(
                "text/javascript",
                site.get("/page/app.js")
                        .headers()
                        .firstValue("Content-Type")
                        .orElseThrow()
                        .split(";")[0]);
        var tag = page.headers().firstValue("ETag").orElseThrow();
        assertEquals(
                304,
                site.send(site.request("/").header("If-None-Match", tag).GET()).statusCode());
        for (var path : List.of("/page/", "/page/PageServlet.class", "/page/%2e%2e/x", "/index.html", "/secret")) {
            assertTrue(List.of(400, 404).contains(site.get(path).statusCode()), path);
        }
        assertEquals(405, site.post("/", "{}").statusCode());
    }
}
