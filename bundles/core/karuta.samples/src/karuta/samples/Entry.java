package karuta.samples;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One element of a task's file.
 *
 * @param id of the element
 * @param images where the images are, as written
 * @param turns questions with their answers, at least one
 * @param oddities what was taken otherwise than it is written
 * @param fields what else a scoring rule needs to know, by name
 */
public record Entry(
        String id, List<String> images, List<Said> turns, Set<Oddity> oddities, Map<String, List<String>> fields) {

    /** Stands for an image in LLaVA's texts. */
    public static final String IMAGE = "<image>";

    /**
     * A question with the answers that are right.
     *
     * @param question without the marks of the images' places: the backbone decides where the images go
     * @param answers at least one, unless they stand in another file
     */
    public record Said(String question, List<String> answers) {}

    /** Something that a reader of the data must know. */
    public enum Oddity {
        MARK_WITHIN("with " + IMAGE + " in the middle of the question, which is taken out as in LLaVA's trainer: the"
                + " image stands before the question"),
        TURN_DROPPED("whose first turn is no question and was dropped, as the option \"system\" says");

        private final String words;

        Oddity(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }

    /** Copies lists and map. */
    public Entry {
        images = List.copyOf(images);
        turns = List.copyOf(turns);
        fields = Map.copyOf(fields);
    }

    /** An element of which there is no more to know. */
    public Entry(String id, List<String> images, List<Said> turns) {
        this(id, images, turns, Set.of(), Map.of());
    }

    /** The same with other turns and fields. */
    public Entry with(List<Said> otherTurns, Map<String, List<String>> otherFields) {
        return new Entry(id, images, otherTurns, oddities, otherFields);
    }

    /** Writes as LLaVA does, or as CoIN's test files where there are several answers. */
    public JsonObject json() {
        var object = new JsonObject();
        object.addProperty("id", id);
        if (images.size() == 1) {
            object.addProperty("image", images.get(0));
        } else if (!images.isEmpty()) {
            object.add("image", texts(images));
        }
        if (turns.get(0).answers().size() > 1) {
            object.addProperty("text", turns.get(0).question());
            object.add("answer", texts(turns.get(0).answers()));
            return object;
        }
        var conversations = new JsonArray();
        for (var turn : turns) {
            var marks = conversations.isEmpty() ? (IMAGE + "\n").repeat(images.size()) : "";
            conversations.add(said("human", marks + turn.question()));
            conversations.add(said("gpt", turn.answers().get(0)));
        }
        object.add("conversations", conversations);
        return object;
    }

    private static JsonArray texts(List<String> texts) {
        var array = new JsonArray();
        texts.forEach(text -> array.add(new JsonPrimitive(text)));
        return array;
    }

    private static JsonObject said(String by, String what) {
        var object = new JsonObject();
        object.addProperty("from", by);
        object.addProperty("value", what);
        return object;
    }
}
