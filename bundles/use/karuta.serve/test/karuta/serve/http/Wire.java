package karuta.serve.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.net.http.HttpResponse;
import java.util.stream.Stream;

/** What tests of the site send, and what they expect. */
final class Wire {

    static final String CHAT = "/v1/chat/completions";

    private Wire() {}

    static String chat(String messages) {
        return "{\"model\": \"team\", \"messages\": [" + messages + "]}";
    }

    static String user(String content) {
        return "{\"role\": \"user\", \"content\": " + content + "}";
    }

    static String withImage(String url) {
        return user("[{\"type\": \"text\", \"text\": \"What is this?\"},"
                + " {\"type\": \"image_url\", \"image_url\": {\"url\": \"" + url + "\"}}]");
    }

    static JsonObject json(HttpResponse<String> response) {
        return JsonParser.parseString(response.body()).getAsJsonObject();
    }

    static String content(HttpResponse<String> response) {
        return json(response)
                .getAsJsonArray("choices")
                .get(0)
                .getAsJsonObject()
                .getAsJsonObject("message")
                .get("content")
                .getAsString();
    }

    static void refused(int status, String code, HttpResponse<String> response) {
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
}
