package karuta.serve.http;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import karuta.api.Turn;

/**
 * {@code POST /api/ask}: {@code {"question": "...", "images": ["data:image/png;base64,..."], "earlier": [{"question": "...",
 * "answer": "..."}]}} gives an answer with its cards.
 */
final class AskServlet extends JsonServlet {

    private static final long serialVersionUID = 1L;

    private final transient Asking asking;

    AskServlet(Asking asking) {
        this.asking = asking;
    }

    @Override
    protected void post(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var reply = asking.ask(request, "ask-", AskServlet::read);
        var object = new JsonObject();
        object.addProperty("id", reply.id());
        object.addProperty("answer", reply.said().text());
        Replies.background(reply).asMap().forEach(object::add);
        object.add("usage", Replies.usage(reply.said().tokens()));
        Json.send(response, 200, object);
    }

    private static Asking.Read read(JsonObject body) {
        var fields = new Fields(body, "");
        var question = fields.needText("question");
        if (question.isBlank()) {
            throw Problem.invalid("missing_value", "question is empty.");
        }
        var images = new ArrayList<String>();
        fields.text("image").ifPresent(images::add);
        fields.list("images").forEach(image -> images.add(url(image)));
        return new Asking.Read(images, earlier(fields), question);
    }

    private static String url(JsonElement image) {
        if (!image.isJsonPrimitive() || !image.getAsJsonPrimitive().isString()) {
            throw Problem.invalid("invalid_value", "images must be a list of data URLs.");
        }
        return image.getAsString();
    }

    private static List<Turn> earlier(Fields fields) {
        return fields.list("earlier").stream()
                .map(each -> new Fields(each, "earlier"))
                .map(turn -> new Turn(turn.needText("question"), turn.needText("answer")))
                .toList();
    }
}
