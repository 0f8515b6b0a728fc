package karuta.serve.http;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;
import karuta.serve.desk.Reply;
import karuta.serve.event.Taken;
import karuta.serve.event.Tokens;

/** What is told of an answer beside its text. */
final class Replies {

    private Replies() {}

    /** Cards, revision, and how it came about. */
    static JsonObject background(Reply reply) {
        var object = new JsonObject();
        object.addProperty("revision", reply.revision());
        object.addProperty("abstained", reply.said().abstained());
        object.add("cards", cards(reply.said().cards()));
        reply.said().runnerUp().ifPresent(taken -> object.add("runnerUp", card(taken)));
        object.addProperty("batch", reply.batch());
        object.addProperty("seconds", reply.seconds());
        return object;
    }

    /** The best one last, as they were taken. */
    static JsonArray cards(List<Taken> cards) {
        var all = new JsonArray();
        cards.forEach(taken -> all.add(card(taken)));
        return all;
    }

    private static JsonObject card(Taken taken) {
        var card = new JsonObject();
        card.addProperty("card", taken.card());
        taken.task().ifPresent(task -> card.addProperty("task", task));
        if (!Double.isNaN(taken.score())) {
            card.addProperty("score", taken.score());
        }
        return card;
    }

    static JsonObject usage(Tokens tokens) {
        var usage = new JsonObject();
        usage.addProperty("prompt_tokens", tokens.question());
        usage.addProperty("completion_tokens", tokens.answer());
        usage.addProperty("total_tokens", tokens.whole());
        return usage;
    }
}
