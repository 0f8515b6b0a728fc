package karuta.app;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.Locale;
import java.util.OptionalLong;
import karuta.api.Selection;
import karuta.api.Selection.Pick;
import karuta.use.ask.Doubt;
import karuta.use.ask.Reply;
import karuta.use.ask.RunnerUp;

/**
 * A reply for scripts, a line of JSON.
 *
 * @param abstains whether it is said of every question whether it was refused
 */
record ReplyJson(boolean abstains) {

    private static final Gson JSON = new GsonBuilder().disableHtmlEscaping().create();

    /** @param line of the file that the question was in */
    String text(Reply reply, OptionalLong line) {
        var object = new JsonObject();
        line.ifPresent(number -> object.addProperty("line", number));
        if (reply instanceof Reply.Said said) {
            object.addProperty("answer", said.answer().text());
            abstained(object, false);
            cards(object, said.answer().selection());
        } else if (reply instanceof Reply.Abstained abstained) {
            abstained(object, true);
            object.add("why", doubt(abstained.why()));
            cards(object, abstained.selection());
        } else if (reply instanceof Reply.Unfit unfit) {
            object.addProperty("error", String.valueOf(unfit.why().getMessage()));
        }
        return JSON.toJson(object);
    }

    private void abstained(JsonObject object, boolean abstained) {
        if (abstains) {
            object.addProperty("abstained", abstained);
        }
    }

    private static JsonObject doubt(Doubt doubt) {
        var object = new JsonObject();
        object.addProperty("words", doubt.words());
        object.addProperty("nearest", doubt.card());
        object.addProperty(doubt.measure().name().toLowerCase(Locale.ROOT), doubt.value());
        object.addProperty("reach", doubt.reach());
        return object;
    }

    private static void cards(JsonObject object, Selection selection) {
        var cards = new JsonArray();
        selection.picks().forEach(pick -> cards.add(card(pick)));
        object.add("cards", cards);
        object.addProperty("scored", RunnerUp.scored(selection));
        RunnerUp.of(selection).ifPresent(next -> {
            var card = card(next.pick());
            next.behind().ifPresent(behind -> card.addProperty("behind", behind));
            object.add("runnerUp", card);
        });
    }

    private static JsonObject card(Pick pick) {
        var card = new JsonObject();
        card.addProperty("card", pick.card().id());
        if (!Double.isNaN(pick.score())) {
            card.addProperty("score", pick.score());
        }
        return card;
    }
}
