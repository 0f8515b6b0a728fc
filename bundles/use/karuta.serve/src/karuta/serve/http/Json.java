package karuta.serve.http;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Answers in JSON. */
public final class Json {

    /** HTML is escaped, so that a text stays a text wherever it is put. */
    private static final Gson GSON = new GsonBuilder().serializeNulls().create();

    private Json() {}

    /** One line. */
    static String line(JsonElement content) {
        return GSON.toJson(content);
    }

    /** Sends it as a whole. */
    public static void send(HttpServletResponse response, int status, JsonElement content) throws IOException {
        send(response, status, "application/json", GSON.toJson(content));
    }

    static void send(HttpServletResponse response, int status, String type, String content) throws IOException {
        var bytes = content.getBytes(StandardCharsets.UTF_8);
        response.setStatus(status);
        response.setContentType(type);
        response.setCharacterEncoding("UTF-8");
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }
}
