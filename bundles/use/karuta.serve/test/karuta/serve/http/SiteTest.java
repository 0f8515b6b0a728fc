package karuta.serve.http;

import static karuta.serve.http.Wire.CHAT;
import static karuta.serve.http.Wire.chat;
import static karuta.serve.http.Wire.content;
import static karuta.serve.http.Wire.json;
import static karuta.serve.http.Wire.refused;
import static karuta.serve.http.Wire.user;
import static karuta.serve.http.Wire.withImage;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import karuta.serve.desk.Parrot;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(120)
class SiteTest {

    private final TestSite site = new TestSite(Optional.empty(), Optional.empty());

    @AfterEach
    void close() {
        site.close();
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
