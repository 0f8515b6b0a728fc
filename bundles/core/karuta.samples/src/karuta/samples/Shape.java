package karuta.samples;

import java.util.List;
import java.util.Map;

/**
 * Where an element says what: the keys of its members.
 *
 * @param id keys of which the first that is there holds the id; {@link #NUMBER} stands for the element's number in its file
 * @param image keys of which the first that is there holds the image's path, or a list of paths
 * @param question keys of which the first that is there holds the question, where there is no dialogue
 * @param answer keys of which the first that is there holds the answer, or a list of answers of which each is right; empty if
 *     the answers stand in another file
 * @param dialogue how conversations are written
 * @param dropSystem whether turns before the first question are dropped rather than refused
 * @param fields keys of what else is kept, by the name that {@link karuta.api.Sample#fields} has for it; {@code a.b} is
 *     member b of member a
 */
public record Shape(
        List<String> id,
        List<String> image,
        List<String> question,
        List<String> answer,
        Dialogue dialogue,
        boolean dropSystem,
        Map<String, String> fields) {

    /** Instead of a key: the number of the element in its file, from 1 on. */
    public static final String NUMBER = "#";

    /** LLaVA's training files and CoIN's test files. */
    public static final Shape LLAVA = new Shape(
            List.of("id", "question_id"),
            List.of("image"),
            List.of("text"),
            List.of("answer"),
            Dialogue.LLAVA,
            false,
            Map.of());

    /** Copies the lists and the map. */
    public Shape {
        id = List.copyOf(id);
        image = List.copyOf(image);
        question = List.copyOf(question);
        answer = List.copyOf(answer);
        fields = Map.copyOf(fields);
    }

    /** The same with turns before the first question dropped or refused. */
    public Shape droppingSystem(boolean drop) {
        return new Shape(id, image, question, answer, dialogue, drop, fields);
    }

    /** How conversations are written. */
    public enum Dialogue {
        /** LLaVA's. */
        LLAVA("conversations", "from", "value", "human", "gpt"),
        /** The standard format of ms-swift. */
        MESSAGES("messages", "role", "content", "user", "assistant");

        private final String key;
        private final String by;
        private final String says;
        private final String human;
        private final String model;

        Dialogue(String key, String by, String says, String human, String model) {
            this.key = key;
            this.by = by;
            this.says = says;
            this.human = human;
            this.model = model;
        }

        /** Of the list of turns. */
        public String key() {
            return key;
        }

        /** Of who speaks. */
        String by() {
            return by;
        }

        /** Of what is said. */
        String says() {
            return says;
        }

        /** Who asks. */
        String human() {
            return human;
        }

        /** Who answers. */
        String model() {
            return model;
        }
    }
}
