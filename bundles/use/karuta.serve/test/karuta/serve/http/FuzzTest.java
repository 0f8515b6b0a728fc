package karuta.serve.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Requests that are broken at random; {@code -Dkaruta.fuzz=2000} sends so many. */
class FuzzTest {

    private static final int REQUESTS = Integer.getInteger("karuta.fuzz", 200);

    private static final List<String> PATHS = List.of(
            "/v1/chat/completions",
            "/api/ask",
            "/v1/models",
            "/api/pool",
            "/health",
            "/metrics",
            "/",
            "/../pool.json",
            "//api//ask");

    private static final List<String> BODIES = List.of(
            "{\"model\": \"team\", \"messages\": [{\"role\": \"user\", \"content\": \"Hello\"}]}",
            "{\"model\": \"team\", \"messages\": [{\"role\": \"user\", \"content\": [{\"type\": \"image_url\", \"image_url\":"
                    + " {\"url\": \"data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC\"}},"
                    + " {\"type\": \"text\", \"text\": \"What?\"}]}]}",
            "{\"question\": \"What?\", \"images\": [], \"earlier\": []}");

    private final TestSite site = new TestSite(Optional.empty(), Optional.empty());
    private final Random random = new Random(1);

    @AfterEach
    void close() {
        site.close();
    }

    private <T> T any(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    private byte[] request() {
        var body = any(BODIES);
        var length = random.nextInt(4) == 0 ? random.nextInt(2000) : body.length();
        var text = any(List.of("POST", "POST", "POST", "GET", "HEAD", "BREW")) + " " + any(PATHS)
                + " HTTP/1.1\r\nHost: localhost\r\n"
                + "Connection: close\r\nContent-Type: application/json\r\nContent-Length: " + length + "\r\n\r\n"
                + body;
        var bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        for (var change = random.nextInt(6); change > 0; change--) {
            var at = random.nextInt(bytes.length);
            switch (random.nextInt(3)) {
                case 0 -> bytes[at] = (byte) random.nextInt(256);
                case 1 -> bytes = java.util.Arrays.copyOf(bytes, at + 1);
                default -> {
                    var more = new byte[bytes.length + 8];
                    System.arraycopy(bytes, 0, more, 0, at);
                    System.arraycopy(bytes, at, more, at + 8, bytes.length - at);
                    bytes = more;
                }
            }
        }
        return bytes;
    }

    @Test
    @Timeout(value = 600, unit = TimeUnit.SECONDS)
    void brokenRequestsGetAnswersThatTellNothingAndTheNextIsAnsweredAsEver() throws IOException {
        for (var i = 0; i < REQUESTS; i++) {
            var answer = site.raw(request());
            Wire.discreet(answer);
            assertTrue(answer.isEmpty() || answer.matches("(?s)HTTP/1\\.1 ([234]\\d\\d|505) .*"), answer);
        }
        assertEquals(200, site.post("/v1/chat/completions", BODIES.get(0)).statusCode());
        assertEquals(0, site.desk.queue());
    }
}
