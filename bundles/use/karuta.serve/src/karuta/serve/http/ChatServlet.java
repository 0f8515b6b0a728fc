package karuta.serve.http;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import karuta.serve.desk.Reply;

/**
 * OpenAI's chat completions ({@code POST /v1/chat/completions}, API reference of 2025). What a pool adds to an answer stands under
 * {@code karuta}, which clients of OpenAI leave alone.
 */
final class ChatServlet extends JsonServlet {

    private static final long serialVersionUID = 1L;

    private static final JsonElement STOP = new JsonPrimitive("stop");

    private final transient Asking asking;
    private final String model;

    /** @param model the pool's name */
    ChatServlet(Asking asking, String model) {
        this.asking = asking;
        this.model = model;
    }

    @Override
    protected void post(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var chat = new AtomicReference<Chat>();
        var reply = asking.ask(request, "chatcmpl-", body -> {
            var read = Chat.of(body);
            known(read);
            chat.set(read);
            return new Asking.Read(read.images(), read.earlier(), read.question());
        });
        if (chat.get().stream()) {
            stream(response, reply, chat.get().usage());
        } else {
            Json.send(response, 200, whole(reply));
        }
    }

    private void known(Chat chat) {
        if (!chat.model().equals(model)) {
            throw new Problem(
                    404,
                    "invalid_request_error",
                    "model_not_found",
                    "There is no model \"" + chat.model() + "\" here. The pool is called \"" + model + "\".");
        }
    }

    private JsonObject whole(Reply reply) {
        var message = message(reply.said().text());
        message.add("refusal", reply.said().abstained() ? message.get("content") : JsonNull.INSTANCE);
        var object = head(reply, "chat.completion");
        object.add("choices", choices("message", message, STOP));
        object.add("usage", Replies.usage(reply.said().tokens()));
        object.add("karuta", Replies.background(reply));
        return object;
    }

    private static JsonObject message(String text) {
        var message = new JsonObject();
        message.addProperty("role", "assistant");
        message.addProperty("content", text);
        return message;
    }

    /** The answer is whole before its first word is sent: backbones generate batches. */
    private void stream(HttpServletResponse response, Reply reply, boolean usage) throws IOException {
        response.setStatus(200);
        response.setContentType("text/event-stream");
        response.setCharacterEncoding("UTF-8");
        var text = new StringBuilder();
        var first = chunk(reply, message(reply.said().text()), JsonNull.INSTANCE);
        first.add("karuta", Replies.background(reply));
        event(text, Json.line(first));
        event(text, Json.line(chunk(reply, new JsonObject(), STOP)));
        if (usage) {
            var last = head(reply, "chat.completion.chunk");
            last.add("choices", new JsonArray());
            last.add("usage", Replies.usage(reply.said().tokens()));
            event(text, Json.line(last));
        }
        event(text, "[DONE]");
        response.getOutputStream().write(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static void event(StringBuilder text, String data) {
        text.append("data: ").append(data).append("\n\n");
    }

    private JsonObject chunk(Reply reply, JsonObject delta, JsonElement end) {
        var object = head(reply, "chat.completion.chunk");
        object.add("choices", choices("delta", delta, end));
        return object;
    }

    private JsonObject head(Reply reply, String kind) {
        var object = new JsonObject();
        object.addProperty("id", reply.id());
        object.addProperty("object", kind);
        object.addProperty("created", Instant.now().getEpochSecond());
        object.addProperty("model", model);
        object.addProperty("system_fingerprint", reply.revision());
        return object;
    }

    private static JsonArray choices(String what, JsonElement content, JsonElement end) {
        var choice = new JsonObject();
        choice.addProperty("index", 0);
        choice.add(what, content);
        choice.add("logprobs", JsonNull.INSTANCE);
        choice.add("finish_reason", end);
        var choices = new JsonArray();
        choices.add(choice);
        return choices;
    }
}
