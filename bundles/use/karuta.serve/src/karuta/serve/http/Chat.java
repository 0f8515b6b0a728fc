package karuta.serve.http;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import karuta.api.Turn;

/**
 * A request for a chat completion, as OpenAI's reference has it, as far as a pool can fulfil it. What cannot be fulfilled and would
 * change the answer's form is refused; what only tunes sampling does nothing, as answers are decoded greedily; system messages are
 * left out, as the cards were learned with the backbone's own.
 *
 * @param model as the caller names it
 * @param earlier what was said before
 * @param question the newest one
 * @param images as data URLs
 * @param stream whether the answer shall come as events
 * @param usage whether such events end with the numbers of tokens
 */
record Chat(String model, List<Turn> earlier, String question, List<String> images, boolean stream, boolean usage) {

    /** Fields that ask for another form of answer. */
    private static final Set<String> REFUSED = Set.of("tools", "functions", "audio", "web_search_options");

    private static final int MESSAGES = 500;

    private static final Set<String> LEFT_OUT = Set.of("system", "developer");

    /** @throws Problem if it is none, or cannot be fulfilled */
    static Chat of(JsonObject body) {
        var fields = new Fields(body, "");
        refuse(fields);
        var told = new Told();
        var messages = fields.list("messages");
        if (messages.isEmpty()) {
            throw Problem.invalid("missing_value", "messages is missing, or empty.");
        }
        if (messages.size() > MESSAGES) {
            throw Problem.invalid("too_many_messages", "There may be up to " + MESSAGES + " messages.");
        }
        for (var i = 0; i < messages.size(); i++) {
            told.add(new Fields(messages.get(i), "messages[" + i + "]"));
        }
        return told.chat(
                fields.needText("model"),
                fields.flag("stream"),
                fields.object("stream_options")
                        .map(options -> options.flag("include_usage"))
                        .orElse(false));
    }

    private static void refuse(Fields fields) {
        REFUSED.stream()
                .filter(name -> fields.get(name)
                        .filter(value ->
                                !value.isJsonArray() || !value.getAsJsonArray().isEmpty())
                        .isPresent())
                .findFirst()
                .ifPresent(name -> {
                    throw unsupported(name, "A pool answers in words alone.");
                });
        fields.get("n").filter(n -> !n.toString().equals("1")).ifPresent(many -> {
            throw unsupported("n", "A pool decodes greedily: there is one answer.");
        });
        if (fields.get("logprobs")
                .filter(asked -> !asked.toString().equals("false"))
                .isPresent()) {
            throw unsupported("logprobs", "Probabilities are not told.");
        }
        fields.object("response_format")
                .flatMap(format -> format.text("type"))
                .filter(type -> !type.equals("text"))
                .ifPresent(other -> {
                    throw unsupported("response_format", "A pool answers in words alone.");
                });
    }

    private static Problem unsupported(String field, String why) {
        return Problem.invalid("unsupported_parameter", field + " is not supported here. " + why);
    }

    /** Messages, put together to turns. */
    private static final class Told {

        private final List<Turn> turns = new ArrayList<>();
        private final List<String> images = new ArrayList<>();
        private Optional<String> open = Optional.empty();

        void add(Fields message) {
            var role = message.needText("role");
            if (LEFT_OUT.contains(role)) {
                return;
            }
            switch (role) {
                case "user" -> {
                    var text =
                            new StringBuilder(open.map(before -> before + "\n").orElse(""));
                    content(message, text);
                    open = Optional.of(text.toString());
                }
                case "assistant" -> {
                    var text = new StringBuilder();
                    content(message, text);
                    var question = open.orElseThrow(() ->
                            Problem.invalid("invalid_value", "An answer in messages stands before any question."));
                    turns.add(new Turn(question, text.toString()));
                    open = Optional.empty();
                }
                default -> throw Problem.invalid("invalid_value", "A message may not be of the role " + role + ".");
            }
        }

        private void content(Fields message, StringBuilder text) {
            var content = message.get("content")
                    .orElseThrow(() -> Problem.invalid("missing_value", "A message has no content."));
            if (!content.isJsonArray()) {
                text.append(message.needText("content"));
                return;
            }
            for (var part : content.getAsJsonArray()) {
                part(part, text);
            }
        }

        private void part(JsonElement element, StringBuilder text) {
            var part = new Fields(element, "content");
            switch (part.needText("type")) {
                case "text" -> text.append(part.needText("text"));
                case "image_url" -> {
                    if (!turns.isEmpty()) {
                        throw Problem.invalid(
                                "invalid_value", "Images belong to the first question. Ask anew about another one.");
                    }
                    images.add(part.object("image_url")
                            .orElseThrow(() -> Problem.invalid("missing_value", "image_url is missing."))
                            .needText("url"));
                }
                default -> throw Problem.invalid("invalid_value", "Content is text, or image_url.");
            }
        }

        Chat chat(String model, boolean stream, boolean usage) {
            var question = open.filter(text -> !text.isBlank())
                    .orElseThrow(
                            () -> Problem.invalid("missing_value", "The last message is no question of the user."));
            return new Chat(model, turns, question, images, stream, usage);
        }
    }
}
