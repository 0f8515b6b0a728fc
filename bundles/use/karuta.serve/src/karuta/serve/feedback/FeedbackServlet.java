package karuta.serve.feedback;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import karuta.api.KarutaException;
import karuta.archive.pool.CardName;
import karuta.samples.Entry;
import karuta.samples.JsonFile;
import karuta.serve.event.Asked;
import karuta.serve.http.Body;
import karuta.serve.http.Caller;
import karuta.serve.http.Json;
import karuta.serve.http.JsonServlet;
import karuta.serve.http.Problem;
import karuta.serve.http.Role;

/**
 * {@code POST /api/feedback} with {@code {"id": ..., "verdict": "right" | "wrong" | "better", "answer": ..., "task": ...}}. The task is that of the best
 * card unless one is named. {@code GET} says whether feedback is taken, and how much there is.
 */
final class FeedbackServlet extends JsonServlet {

    private static final long serialVersionUID = 1L;
    private static final Body BODY = new Body(64 * 1024, Duration.ofSeconds(10));
    private static final int LONGEST_ANSWER = 4_000;

    private final transient Optional<FeedbackFolder> folder;
    private final transient Replies replies;
    private final transient InstantSource clock;

    /** @param folder where it goes; empty if none is taken */
    FeedbackServlet(Optional<FeedbackFolder> folder, Replies replies, InstantSource clock) {
        this.folder = folder;
        this.replies = replies;
        this.clock = clock;
    }

    @Override
    protected void get(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var caller = Caller.of(request);
        var json = new JsonObject();
        json.addProperty("taken", folder.isPresent() && caller.role().covers(Role.LEARNER));
        var tasks = new JsonArray();
        folder.ifPresent(open -> open.counts().forEach((task, counts) -> {
            var part = new JsonObject();
            part.addProperty("task", task);
            counts.forEach((state, count) -> part.addProperty(word(state), count));
            tasks.add(part);
        }));
        json.add("tasks", tasks);
        Json.send(response, 200, json);
    }

    @Override
    protected void post(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var caller = Caller.of(request);
        caller.require(Role.LEARNER);
        var open = folder.orElseThrow(() -> new Problem(
                403,
                "permission_error",
                "no_feedback",
                "This service takes no feedback: it was started without --feedback."));
        var body = BODY.read(request);
        var id = text(body, "id");
        var asked = replies.find(id)
                .orElseThrow(() -> new Problem(
                        404,
                        "invalid_request_error",
                        "forgotten",
                        "This service does not remember that answer any more. Ask again."));
        var verdict = verdict(body, asked, caller);
        var task = task(body, asked);
        try {
            var state = open.add(task, asked.query(), verdict);
            var json = new JsonObject();
            json.addProperty("task", task.value());
            json.addProperty("state", word(state));
            Json.send(response, 200, json);
        } catch (FeedbackFolder.Full full) {
            throw new Problem(507, "server_error", "full", String.valueOf(full.getMessage()));
        }
    }

    private static String word(Judged.State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    private static String text(JsonObject body, String key) {
        return JsonFile.text(body, key).orElseThrow(() -> Problem.invalid("missing", "\"" + key + "\" is missing."));
    }

    private Verdict verdict(JsonObject body, Asked asked, Caller caller) {
        var word = text(body, "verdict");
        var kind = Arrays.stream(Verdict.Kind.values())
                .filter(each -> each.name().toLowerCase(Locale.ROOT).equals(word))
                .findFirst()
                .orElseThrow(() ->
                        Problem.invalid("invalid_verdict", "\"verdict\" must be \"right\", \"wrong\" or \"better\"."));
        var answer = kind == Verdict.Kind.BETTER
                ? text(body, "answer").strip()
                : asked.answer().strip();
        fit(asked, kind, answer);
        return new Verdict(caller.name(), clock.instant().toString(), kind, answer, asked.id(), asked.revision());
    }

    /** What could not be read again, or would be read as something else, is not written. */
    private static void fit(Asked asked, Verdict.Kind kind, String answer) {
        if (!asked.query().earlier().isEmpty()) {
            throw Problem.invalid("conversation", "Feedback is taken on single questions, not on conversations.");
        }
        if (kind != Verdict.Kind.WRONG && answer.isEmpty()) {
            throw Problem.invalid("empty_answer", "An empty answer cannot be learned.");
        }
        if (answer.length() > LONGEST_ANSWER) {
            throw Problem.invalid("long_answer", "An answer to learn has at most " + LONGEST_ANSWER + " characters.");
        }
        if (asked.query().instruction().contains(Entry.IMAGE) || answer.contains(Entry.IMAGE)) {
            throw Problem.invalid("image_mark", "Texts with " + Entry.IMAGE + " in them cannot be learned.");
        }
        if (answer.codePoints().anyMatch(c -> Character.isISOControl(c) && c != '\n' && c != '\t')) {
            throw Problem.invalid("control_character", "The answer holds control characters.");
        }
    }

    private static CardName task(JsonObject body, Asked asked) {
        var named = JsonFile.text(body, "task").map(String::strip).filter(task -> !task.isEmpty());
        var name = named.or(() -> best(asked))
                .orElseThrow(() -> Problem.invalid(
                        "no_task", "No card was taken, so name the task that the question belongs to."));
        try {
            return new CardName(name);
        } catch (KarutaException unfit) {
            throw Problem.invalid("invalid_task", String.valueOf(unfit.getMessage()));
        }
    }

    private static Optional<String> best(Asked asked) {
        var cards = asked.cards();
        return asked.abstained() || cards.isEmpty()
                ? Optional.empty()
                : Optional.of(cards.get(cards.size() - 1))
                        .map(taken -> taken.task().orElse(taken.card()));
    }
}
