package karuta.samples;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import karuta.api.KarutaException;
import karuta.samples.Entry.Oddity;
import karuta.samples.Entry.Said;

/**
 * Reads an element in LLaVA's form ({@code conversations}) or that of CoIN's test files ({@code text} and {@code answer}).
 */
public final class EntryReader {

    private static final String HUMAN = "human";
    private static final String MODEL = "gpt";

    private final JsonObject object;
    private final boolean dropSystem;
    private final String where;
    private final Set<Oddity> oddities = EnumSet.noneOf(Oddity.class);

    private EntryReader(JsonObject object, boolean dropSystem, String where) {
        this.object = object;
        this.dropSystem = dropSystem;
        this.where = where;
    }

    /**
     * @param element of a task's file
     * @param dropSystem whether turns before the first question are dropped rather than refused
     * @param where it is, for messages
     * @throws KarutaException if it is no sample
     */
    public static Entry read(JsonElement element, boolean dropSystem, String where) {
        if (!element.isJsonObject()) {
            throw bad(where, "is no JSON object");
        }
        var object = element.getAsJsonObject();
        var id = JsonFile.text(object, "id")
                .or(() -> JsonFile.text(object, "question_id"))
                .orElseThrow(() -> bad(where, "has neither an \"id\" nor a \"question_id\""));
        return new EntryReader(object, dropSystem, place(where, id)).entry(id);
    }

    /** Where an element is, by its id, too. */
    public static String place(String where, String id) {
        return where + " (id " + id + ")";
    }

    private Entry entry(String id) {
        var images = images();
        var turns = object.has("conversations")
                ? conversation(images.size())
                : List.of(new Said(first(need(object, "text"), images.size()), answers()));
        return new Entry(id, images, turns, oddities);
    }

    /** A text, a list of texts, null, or nothing. */
    private List<String> images() {
        var value = object.get("image");
        if (value == null || value.isJsonNull()) {
            return List.of();
        }
        var paths = value.isJsonArray() ? value.getAsJsonArray().asList() : List.of(value);
        if (paths.isEmpty()) {
            throw bad(where, "has an \"image\" that is an empty list");
        }
        return paths.stream()
                .map(path -> JsonFile.text(path).orElseThrow(() -> bad(where, "has an \"image\" that is no text")))
                .toList();
    }

    /** A text, or a list of texts of which each is right. */
    private List<String> answers() {
        var list = JsonFile.list(object, "answer");
        if (list.isEmpty()) {
            return List.of(answer(need(object, "answer")));
        }
        var answers = list.get().asList().stream()
                .map(each -> answer(
                        JsonFile.text(each).orElseThrow(() -> bad(where, "has an \"answer\" that lists no texts"))))
                .toList();
        if (answers.isEmpty()) {
            throw bad(where, "has an \"answer\" that is an empty list");
        }
        return answers;
    }

    private List<Said> conversation(int images) {
        var said = asked(JsonFile.list(object, "conversations")
                .orElseThrow(() -> bad(where, "has \"conversations\" that are no list")));
        if (said.isEmpty() || said.size() % 2 != 0) {
            throw bad(where, "has " + said.size() + " \"conversations\": question and answer must alternate");
        }
        var turns = new ArrayList<Said>();
        for (var i = 0; i < said.size(); i += 2) {
            var question = said(said.get(i), HUMAN);
            var answer = answer(said(said.get(i + 1), MODEL));
            turns.add(new Said(i == 0 ? first(question, images) : unmarked(question), List.of(answer)));
        }
        return turns;
    }

    /** From the first question on. */
    private List<JsonElement> asked(JsonArray said) {
        var first = 0;
        while (first < said.size() && !isFrom(said.get(first), HUMAN)) {
            first++;
        }
        if (first == 0 || first == said.size()) {
            return said.asList();
        }
        if (!dropSystem) {
            throw new KarutaException(
                    where + " begins with a turn from \"" + from(said.get(0)).orElse("?")
                            + "\", which is not supported: a conversation begins with a question from \"" + HUMAN
                            + "\".",
                    "Take it out, or drop such turns in all samples with the option \"system: drop\" of the benchmark,"
                            + " as LLaVA's trainer skips a first turn that is not from a human.");
        }
        oddities.add(Oddity.TURN_DROPPED);
        return said.asList().subList(first, said.size());
    }

    private static Optional<String> from(JsonElement turn) {
        return Optional.of(turn)
                .filter(JsonElement::isJsonObject)
                .flatMap(it -> JsonFile.text(it.getAsJsonObject(), "from"));
    }

    private static boolean isFrom(JsonElement turn, String by) {
        return from(turn).filter(by::equals).isPresent();
    }

    private String said(JsonElement turn, String by) {
        if (!isFrom(turn, by)) {
            throw bad(where, "has \"conversations\" that are not from \"human\" and \"gpt\" in turn");
        }
        return need(turn.getAsJsonObject(), "value");
    }

    /** The first question, which may say with a mark for each where the images go. */
    private String first(String value, int images) {
        var marks = marks(value);
        if (marks == 0 || images == 0) {
            return unmarked(value);
        }
        if (marks != images) {
            throw spoken(marks, images);
        }
        var question = value.replace(Entry.IMAGE, "").strip();
        var text = value.strip();
        if (!text.startsWith(question) && !text.endsWith(question)) {
            oddities.add(Oddity.MARK_WITHIN);
        }
        return question;
    }

    private String unmarked(String question) {
        if (marks(question) > 0) {
            throw spoken(marks(question), 0);
        }
        return question.strip();
    }

    private String answer(String text) {
        if (marks(text) > 0) {
            throw bad(where, "has " + Entry.IMAGE + " in an answer, where no image can be");
        }
        return text;
    }

    private static int marks(String text) {
        return (text.length() - text.replace(Entry.IMAGE, "").length()) / Entry.IMAGE.length();
    }

    private KarutaException spoken(int marks, int images) {
        return bad(
                where,
                "speaks of " + marks + " images with " + Entry.IMAGE + " in a question that has "
                        + (images == 0 ? "none" : images));
    }

    private String need(JsonObject in, String key) {
        return JsonFile.text(in, key).orElseThrow(() -> bad(where, "lacks a text \"" + key + "\""));
    }

    private static KarutaException bad(String where, String what) {
        return new KarutaException(
                where + " " + what + ".",
                "A sample is {\"id\": ..., \"image\": ..., \"conversations\": [{\"from\": \"human\", \"value\":"
                        + " \"<image>\\n"
                        + "...\"}, {\"from\": \"gpt\", \"value\": ...}]}.");
    }
}
