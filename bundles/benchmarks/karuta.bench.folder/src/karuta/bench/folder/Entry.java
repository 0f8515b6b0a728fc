package karuta.bench.folder;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One element of a task's file.
 *
 * @param id of the element
 * @param image where the picture is, as written
 * @param turns questions with their answers, at least one
 * @param oddities what was taken otherwise than it is written
 */
record Entry(String id, Optional<String> image, List<Said> turns, Set<Oddity> oddities) {

    /** Stands for the picture in LLaVA's texts. */
    static final String IMAGE = "<image>";

    /**
     * A question with the answers that are right.
     *
     * @param question without the mark of the picture's place: the backbone decides where the picture goes
     * @param answers at least one
     */
    record Said(String question, List<String> answers) {}

    /** Something that a reader of the data must know. */
    enum Oddity {
        MARK_WITHIN("with " + IMAGE + " in the middle of the question, which is taken out as in LLaVA's trainer: the"
                + " picture stands before the question"),
        TURN_DROPPED("whose first turn is no question and was dropped, as the option \"system\" says");

        private final String words;

        Oddity(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }

    /** Writes as LLaVA does, or as CoIN's test files where there are several answers. */
    JsonObject json() {
        var object = new JsonObject();
        object.addProperty("id", id);
        image.ifPresent(path -> object.addProperty("image", path));
        if (turns.get(0).answers().size() > 1) {
            object.addProperty("text", turns.get(0).question());
            var answers = new JsonArray();
            turns.get(0).answers().forEach(answer -> answers.add(new JsonPrimitive(answer)));
            object.add("answer", answers);
            return object;
        }
        var conversations = new JsonArray();
        for (var turn : turns) {
            var first = conversations.isEmpty() && image.isPresent();
            conversations.add(said("human", first ? IMAGE + "\n" + turn.question() : turn.question()));
            conversations.add(said("gpt", turn.answers().get(0)));
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
}
