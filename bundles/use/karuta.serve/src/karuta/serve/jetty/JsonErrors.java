package karuta.serve.jetty;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** What Jetty itself refuses, such as broken HTTP, in the form of all other errors. Of what went wrong inside it says nothing. */
final class JsonErrors implements Request.Handler {

    private final Map<String, String> headers;

    /** @param headers that every answer has */
    JsonErrors(Map<String, String> headers) {
        this.headers = headers;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        var status = response.getStatus();
        headers.forEach((name, value) -> response.getHeaders().put(name, value));
        if (HttpStatus.hasNoBody(status)) {
            callback.succeeded();
            return true;
        }
        var kind = status >= 500 ? "server_error" : "invalid_request_error";
        var body = "{\"error\":{\"message\":\"" + HttpStatus.getMessage(status) + ".\",\"type\":\"" + kind
                + "\",\"param\":null,\"code\":\"http_" + status + "\"}}";
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json;charset=utf-8");
        response.write(true, ByteBuffer.wrap(body.getBytes(StandardCharsets.UTF_8)), callback);
        return true;
    }
}
