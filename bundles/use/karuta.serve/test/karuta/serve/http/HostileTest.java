package karuta.serve.http;

import static karuta.serve.http.Wire.CHAT;
import static karuta.serve.http.Wire.chat;
import static karuta.serve.http.Wire.discreet;
import static karuta.serve.http.Wire.refused;
import static karuta.serve.http.Wire.user;
import static karuta.serve.http.Wire.withImage;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What somebody who means it ill, or a broken client, sends. */
@Timeout(120)
class HostileTest {

    private final TestSite site = new TestSite(Optional.empty(), Optional.empty());

    @AfterEach
    void close() {
        site.close();
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
            assertFalse(answer.toLowerCase(Locale.ROOT).contains("jetty"), answer);
            discreet(answer);
        }
    }

    /** Found by {@code releng/serve/hostile.py}: nobody else was answered for minutes. */
    @Test
    void aTextThatTakesLongToCutIntoTokensIsRefusedBeforeItIs() {
        var most = TestSite.MOST_CHARACTERS;
        assertEquals(
                200, site.post(CHAT, chat(user("\"" + "a".repeat(most) + "\""))).statusCode());
        refused(400, "question_too_long", site.post(CHAT, chat(user("\"" + "a".repeat(most + 1) + "\""))));
        var turn = "{\"question\": \"" + "a".repeat(most / 2) + "\", \"answer\": \"" + "a".repeat(most / 2) + "\"}";
        refused(400, "question_too_long", ask("\"a\", \"earlier\": [" + turn + "]"));
        var empty = "{\"question\": \"\", \"answer\": \"\"}";
        assertEquals(200, ask("\"a\", \"earlier\": [" + times(200, empty) + "]").statusCode());
        refused(400, "too_many_turns", ask("\"a\", \"earlier\": [" + times(201, empty) + "]"));
    }

    private HttpResponse<String> ask(String question) {
        return site.post("/api/ask", "{\"question\": " + question + "}");
    }

    private static String times(int count, String part) {
        return String.join(", ", Collections.nCopies(count, part));
    }

    /** Each would be copied to what was said before it. */
    @Test
    void messagesAreRefusedWhereThereAreVeryMany() {
        assertEquals(200, site.post(CHAT, chat(times(500, user("\"a\"")))).statusCode());
        refused(400, "too_many_messages", site.post(CHAT, chat(times(501, user("\"a\"")))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"question\": \"a\", \"question\": \"b\"}",
                "{\"question\": \"a\", \"earlier\": [{\"question\": \"a\", \"answer\": \"b\", \"answer\": \"c\"}]}",
                "{\"question\": \"a\", \"\\u0071uestion\": \"b\"}"
            })
    void aNameThatStandsTwiceIsRefused(String body) {
        refused(400, "invalid_json", site.post("/api/ask", body));
    }

    @Test
    void whatStandsBeforeAnImageIsReadOnlyAsFarAsItCanBeMeant() throws IOException {
        var png = TestSite.png(2, 2);
        var named = png.replace("image/png", "image/png;name=a.png");
        assertEquals(200, site.post(CHAT, chat(withImage(named))).statusCode());
        refused(
                400,
                "invalid_image_url",
                site.post(CHAT, chat(withImage(png.replace("image/png", "image/png" + ";a=b".repeat(20_000))))));
    }

    @ParameterizedTest
    @CsvSource({
        "GET, cross-site, no-cors, 403",
        "GET, same-site, cors, 403",
        "GET, cross-site, navigate, 200",
        "GET, same-origin, cors, 200",
        "GET, none, navigate, 200",
        "POST, cross-site, navigate, 403",
        "POST, same-site, cors, 403",
        "POST, same-origin, cors, 200"
    })
    void pagesOfOtherSitesMayOnlyLinkToIt(String method, String site, String mode, int status) throws IOException {
        var body = "{\"question\": \"a\"}";
        var answer = this.site.raw((method + (method.equals("GET") ? " /v1/models" : " /api/ask")
                        + " HTTP/1.1\r\nHost: localhost\r\n"
                        + "Sec-Fetch-Site: " + site + "\r\nSec-Fetch-Mode: " + mode + "\r\nConnection: close\r\n"
                        + (method.equals("GET")
                                ? "\r\n"
                                : "Content-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n"
                                        + body))
                .getBytes(StandardCharsets.US_ASCII));
        assertTrue(answer.startsWith("HTTP/1.1 " + status), answer);
    }
}
