package karuta.serve.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.eclipse.jetty.http.BadMessageException;
import org.eclipse.jetty.io.EofException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What Jetty throws while a body is read. */
class BodyTest {

    private static final int SLOW = 408;
    private static final int BROKEN = 400;

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(new BadMessageException(SLOW, "Request content data rate < 10 B/s"), SLOW),
                Arguments.of(new IOException(new TimeoutException("Idle timeout expired")), SLOW),
                Arguments.of(new BadMessageException("Early EOF"), BROKEN),
                Arguments.of(new EofException("reset"), BROKEN),
                Arguments.of(new IllegalStateException("closed"), BROKEN));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void aBodyThatFailsIsNeverTheServicesFault(Exception failure, int status) {
        var body = new Body(1000, Duration.ofSeconds(5));
        var problem = assertThrows(Problem.class, () -> body.read(request(failure)));
        assertEquals(status, problem.status());
    }

    private static HttpServletRequest request(Exception failure) {
        return (HttpServletRequest) Proxy.newProxyInstance(
                BodyTest.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getContentType" -> "application/json";
                    case "getContentLengthLong" -> 20L;
                    case "getInputStream" -> new Failing(failure);
                    case "getHeader" -> null;
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    private static final class Failing extends ServletInputStream {

        private final Exception failure;

        private Failing(Exception failure) {
            this.failure = failure;
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            if (failure instanceof IOException broken) {
                throw broken;
            }
            throw (RuntimeException) failure;
        }

        @Override
        public int read() throws IOException {
            return read(new byte[1], 0, 1);
        }

        @Override
        public boolean isFinished() {
            return false;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new UnsupportedOperationException();
        }
    }
}
