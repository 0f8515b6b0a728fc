package karuta.serve.http;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import karuta.samples.JsonFile;
import org.eclipse.jetty.http.HttpException;

/**
 * Reads what a request brings: JSON of a bounded size, in a bounded time.
 *
 * @param most bytes
 * @param patience for all of them
 */
public record Body(int most, Duration patience) {

    /** How much more than its bytes a text takes that is being parsed. */
    private static final int PARSED = 4;

    private static final int BLOCK = 64 * 1024;

    /** What Jetty calls a body that comes too slowly. */
    private static final int SLOW = 408;

    /**
     * The object that a request holds.
     *
     * @throws Problem if there is none
     */
    JsonObject read(HttpServletRequest request, Memory.Share memory) throws IOException {
        var type = Optional.ofNullable(request.getContentType()).orElse("").toLowerCase(Locale.ROOT);
        if (!type.split(";")[0].strip().equals("application/json")) {
            throw new Problem(415, "invalid_request_error", "unsupported_media_type", "Send JSON as application/json.");
        }
        if (request.getHeader("Content-Encoding") != null) {
            throw new Problem(415, "invalid_request_error", "unsupported_encoding", "Send it uncompressed.");
        }
        var announced = request.getContentLengthLong();
        if (announced > most) {
            throw tooLarge();
        }
        memory.take(PARSED * (announced < 0 ? most : announced));
        try {
            var bytes = bytes(request);
            var text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            UniqueNames.check(text);
            return JsonFile.parse(text).getAsJsonObject();
        } catch (CharacterCodingException foreign) {
            throw Problem.invalid("invalid_json", "The body is not UTF-8.");
        } catch (IllegalStateException | JsonParseException unfit) {
            throw Problem.invalid("invalid_json", "The body is no JSON object.");
        } catch (com.google.gson.stream.MalformedJsonException | java.io.EOFException unfit) {
            throw Problem.invalid("invalid_json", "The body is no JSON object.");
        }
    }

    /**
     * The object that a request holds, where it is so small that it need not be counted.
     *
     * @throws Problem if there is none
     */
    public JsonObject read(HttpServletRequest request) throws IOException {
        try (var share = new Memory((long) PARSED * most).share()) {
            return read(request, share);
        }
    }

    private byte[] bytes(HttpServletRequest request) throws IOException {
        var end = System.nanoTime() + patience.toNanos();
        var bytes = new byte[Math.min(most + 1, BLOCK)];
        var length = 0;
        var in = request.getInputStream();
        while (true) {
            var read = read(in, bytes, length);
            if (read < 0) {
                return Arrays.copyOf(bytes, length);
            }
            length += read;
            if (length > most) {
                throw tooLarge();
            }
            if (System.nanoTime() > end) {
                throw slow();
            }
            if (length == bytes.length) {
                bytes = Arrays.copyOf(bytes, (int) Math.min(most + 1L, 2L * length));
            }
        }
    }

    /** Nothing came for a while, or what came is broken: Jetty says so in several ways, and it is never the service's fault. */
    private static int read(java.io.InputStream in, byte[] bytes, int from) throws IOException {
        try {
            return in.read(bytes, from, bytes.length - from);
        } catch (IOException failed) {
            if (failed.getCause() instanceof TimeoutException || failed instanceof java.net.SocketTimeoutException) {
                throw slow();
            }
            throw incomplete();
        } catch (RuntimeException broken) {
            throw broken instanceof HttpException told && told.getCode() == SLOW ? slow() : incomplete();
        }
    }

    private static Problem incomplete() {
        return Problem.invalid("incomplete_body", "The body did not come whole.");
    }

    private Problem tooLarge() {
        return new Problem(
                413,
                "invalid_request_error",
                "request_too_large",
                "A request may have up to " + most + " bytes. Shrink its images.");
    }

    private static Problem slow() {
        return new Problem(SLOW, "invalid_request_error", "slow_request", "The body did not come in time.");
    }
}
