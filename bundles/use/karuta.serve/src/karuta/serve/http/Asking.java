package karuta.serve.http;

import com.google.gson.JsonObject;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import karuta.api.Query;
import karuta.api.Turn;
import karuta.serve.desk.Desk;
import karuta.serve.desk.Question;
import karuta.serve.desk.Reply;

/**
 * The way of a question from a request to the desk, the same for all interfaces.
 *
 * @param desk that answers
 * @param body how much is read
 * @param images how they are decoded
 * @param memory for all requests
 * @param characters that a question may have, with what was said before: to find out how many tokens it has takes time, in which nobody else
 *     is answered
 */
public record Asking(Desk desk, Body body, Images images, Memory memory, int characters) {

    /** Each takes tokens, even where nothing was said. */
    private static final int TURNS = 200;

    /** A question as an interface has read it, its images still as data URLs. */
    record Read(List<String> images, List<Turn> earlier, String question) {}

    /**
     * Asks what a request asks.
     *
     * @param prefix of the answer's id
     * @param read reads the request's JSON
     * @throws Problem if it cannot be asked
     * @throws karuta.serve.desk.Refusal if there is no answer
     */
    Reply ask(HttpServletRequest request, String prefix, Function<JsonObject, Read> read) throws IOException {
        var caller = Caller.of(request);
        try (var share = memory.share()) {
            var asked = read.apply(body.read(request, share));
            check(asked);
            var query = new Query(images.read(asked.images(), share), asked.earlier(), asked.question());
            var id = prefix + UUID.randomUUID().toString().replace("-", "");
            return desk.ask(new Question(id, caller.name(), query));
        }
    }

    private void check(Read asked) {
        if (asked.earlier().size() > TURNS) {
            throw Problem.invalid("too_many_turns", "A conversation may have up to " + TURNS + " turns.");
        }
        var length = asked.question().length()
                + asked.earlier().stream()
                        .mapToLong(
                                turn -> turn.question().length() + turn.answer().length())
                        .sum();
        if (length > characters) {
            throw Problem.invalid(
                    "question_too_long",
                    "A question may have up to " + characters + " characters, with what was said before; this one has "
                            + length + ".");
        }
    }
}
