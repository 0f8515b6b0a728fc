package karuta.bench.folder;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import karuta.api.KarutaException;

/**
 * One element of a task's file.
 *
 * @param id of the element
 * @param image where the picture is, as written
 * @param turns questions with their answers, at least one
 */
record Entry(String id, Optional<String> image, List<Turn> turns) {

    private static final String IMAGE = "<image>";

    record Turn(String question, String answer) {}

    /** Writes as LLaVA does. */
    JsonObject json() {
        var object = new JsonObject();
        object.addProperty("id", id);
        image.ifPresent(path -> object.addProperty("image", path));
        var conversations = new JsonArray();
        for (var turn : turns) {
            var first = conversations.isEmpty() && image.isPresent();
            conversations.add(said("human", first ? IMAGE + "\n" + turn.question() : turn.question()));
            conversations.add(said("gpt", turn.answer()));
        }
        object.add("conversations", conversations);
        return object;
    }

    private static JsonObject said(String by, String what) {
        var object = new JsonObject();
        object.addProperty("from", by);
        object.addProperty("value", what);
        return object;
    }

    /**
     * Reads LLaVA's form ({@code conversations}) or that of CoIN's test files ({@code text} and {@code answer}).
     *
     * @param element of a task's file
     * @param where it is, for messages
     */
    static Entry read(JsonElement element, String where) {
        if (!element.isJsonObject()) {
            throw bad(where, "is no JSON object");
        }
        var object = element.getAsJsonObject();
        var id = JsonFile.text(object, "id")
                .or(() -> JsonFile.text(object, "question_id"))
                .orElseThrow(() -> bad(where, "has neither an \"id\" nor a \"question_id\""));
        var place = where + " (id " + id + ")";
        var image = JsonFile.text(object, "image");
        if (object.has("image") && image.isEmpty()) {
            throw bad(place, "has an \"image\" that is no text");
        }
        var turns = object.has("conversations")
                ? conversation(object, image.isPresent(), place)
                : List.of(new Turn(
                        question(need(object, "text", place), image.isPresent(), place),
                        need(object, "answer", place)));
        return new Entry(id, image, turns);
    }

    private static List<Turn> conversation(JsonObject object, boolean image, String where) {
        var said = JsonFile.list(object, "conversations")
                .orElseThrow(() -> bad(where, "has \"conversations\" that are no list"));
        if (said.isEmpty() || said.size() % 2 != 0) {
            throw bad(where, "has " + said.size() + " \"conversations\": question and answer must alternate");
        }
        var turns = new ArrayList<Turn>();
        for (var i = 0; i < said.size(); i += 2) {
            var question = question(said(said.get(i), "human", where), image && i == 0, where);
            turns.add(new Turn(question, said(said.get(i + 1), "gpt", where)));
        }
        return turns;
    }

    private static String said(JsonElement element, String by, String where) {
        if (!element.isJsonObject()
                || !need(element.getAsJsonObject(), "from", where).equals(by)) {
            throw bad(where, "has \"conversations\" that are not from \"human\" and \"gpt\" in turn");
        }
        return need(element.getAsJsonObject(), "value", where);
    }

    /** Without the mark of the picture's place: the backbone decides where the picture goes. */
    private static String question(String value, boolean image, String where) {
        var bare = value.replace(IMAGE, "");
        var marks = (value.length() - bare.length()) / IMAGE.length();
        if (marks > (image ? 1 : 0)) {
            throw bad(where, "speaks of " + marks + " pictures with " + IMAGE + " but has " + (image ? "one" : "none"));
        }
        return bare.strip();
    }

    private static String need(JsonObject object, String key, String where) {
        return JsonFile.text(object, key).orElseThrow(() -> bad(where, "lacks a text \"" + key + "\""));
    }

    private static KarutaException bad(String where, String what) {
        return new KarutaException(
                where + " " + what + ".",
                "A sample is {\"id\": ..., \"image\": ..., \"conversations\": [{\"from\": \"human\", \"value\":"
                        + " \"<image>\\n"
                        + "...\"}, {\"from\": \"gpt\", \"value\": ...}]}.");
    }
}
