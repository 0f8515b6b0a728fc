package karuta.samples;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import karuta.api.KarutaException;
import karuta.samples.Entry.Oddity;
import karuta.samples.Entry.Said;

/** What one element says. */
final class Element {

    private final JsonObject object;
    private final Shape shape;
    private final String where;
    private final Set<Oddity> oddities = EnumSet.noneOf(Oddity.class);

    /** @param where it is, for messages */
    Element(JsonObject object, Shape shape, String where) {
        this.object = object;
        this.shape = shape;
        this.where = where;
    }

    Entry entry(String id) {
        var images = images();
        var turns = object.has(shape.dialogue().key())
                ? conversation(images.size())
                : List.of(new Said(first(need(shape.question()), images.size()), answers()));
        return new Entry(id, images, turns, oddities, fields());
    }

    /** A text, a list of texts, null, or nothing. */
    private List<String> images() {
        var key = there(shape.image());
        if (key.isEmpty()) {
            return List.of();
        }
        var value = object.get(key.get());
        var paths = value.isJsonArray() ? value.getAsJsonArray().asList() : List.of(value);
        if (paths.isEmpty()) {
            throw bad(where, "has an \"" + key.get() + "\" that is an empty list");
        }
        return paths.stream()
                .map(path -> JsonFile.text(path)
                        .orElseThrow(() -> bad(where, "has an \"" + key.get() + "\" that is no text")))
                .toList();
    }

    /** A text, or a list of texts of which each is right. */
    private List<String> answers() {
        if (shape.answer().isEmpty()) {
            return List.of();
        }
        var key = there(shape.answer()).orElse(shape.answer().get(0));
        var list = JsonFile.list(object, key);
        if (list.isEmpty()) {
            return List.of(answer(need(shape.answer())));
        }
        var answers = list.get().asList().stream()
                .map(each -> answer(JsonFile.text(each)
                        .orElseThrow(() -> bad(where, "has an \"" + key + "\" that lists no texts"))))
                .toList();
        if (answers.isEmpty()) {
            throw bad(where, "has an \"" + key + "\" that is an empty list");
        }
        return answers;
    }

    /** What else is kept; what an element does not have is left out. */
    private Map<String, List<String>> fields() {
        var fields = new HashMap<String, List<String>>();
        shape.fields().forEach((name, path) -> {
            var texts = JsonFile.texts(object, path);
            if (!texts.isEmpty()) {
                fields.put(name, texts);
            }
        });
        return fields;
    }

    /** The first key that is there and not null. */
    private Optional<String> there(List<String> keys) {
        return keys.stream()
                .filter(key -> object.has(key) && !object.get(key).isJsonNull())
                .findFirst();
    }

    private List<Said> conversation(int images) {
        var key = shape.dialogue().key();
        var said =
                asked(JsonFile.list(object, key).orElseThrow(() -> bad(where, "has \"" + key + "\" that are no list")));
        if (said.isEmpty() || said.size() % 2 != 0) {
            throw bad(where, "has " + said.size() + " \"" + key + "\": question and answer must alternate");
        }
        var turns = new ArrayList<Said>();
        for (var i = 0; i < said.size(); i += 2) {
            var question = said(said.get(i), shape.dialogue().human());
            var answer = answer(said(said.get(i + 1), shape.dialogue().model()));
            turns.add(new Said(i == 0 ? first(question, images) : unmarked(question), List.of(answer)));
        }
        return turns;
    }

    /** From the first question on. */
    private List<JsonElement> asked(JsonArray said) {
        var human = shape.dialogue().human();
        var first = 0;
        while (first < said.size() && !isFrom(said.get(first), human)) {
            first++;
        }
        if (first == 0 || first == said.size()) {
            return said.asList();
        }
        if (!shape.dropSystem()) {
            throw new KarutaException(
                    where + " begins with a turn from \"" + from(said.get(0)).orElse("?")
                            + "\", which is not supported: a conversation begins with a question from \"" + human
                            + "\".",
                    "Take it out, or drop such turns in all samples with the option \"system: drop\" of the benchmark,"
                            + " as LLaVA's trainer skips a first turn that is not from a human.");
        }
        oddities.add(Oddity.TURN_DROPPED);
        return said.asList().subList(first, said.size());
    }

    private Optional<String> from(JsonElement turn) {
        return Optional.of(turn)
                .filter(JsonElement::isJsonObject)
                .flatMap(it ->
                        JsonFile.text(it.getAsJsonObject(), shape.dialogue().by()));
    }

    private boolean isFrom(JsonElement turn, String by) {
        return from(turn).filter(by::equals).isPresent();
    }

    private String said(JsonElement turn, String by) {
        if (!isFrom(turn, by)) {
            throw bad(
                    where,
                    "has \"" + shape.dialogue().key() + "\" that are not from \""
                            + shape.dialogue().human() + "\" and \""
                            + shape.dialogue().model() + "\" in turn");
        }
        var says = shape.dialogue().says();
        return JsonFile.text(turn.getAsJsonObject(), says)
                .orElseThrow(() -> bad(where, "lacks a text \"" + says + "\""));
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

    private String need(List<String> keys) {
        return there(keys)
                .flatMap(key -> JsonFile.text(object, key))
                .orElseThrow(() -> bad(where, "lacks a text \"" + String.join("\" or \"", keys) + "\""));
    }

    static KarutaException bad(String where, String what) {
        return new KarutaException(
                where + " " + what + ".",
                "A sample is {\"id\": ..., \"image\": ..., \"conversations\": [{\"from\": \"human\", \"value\":"
                        + " \"<image>\\n"
                        + "...\"}, {\"from\": \"gpt\", \"value\": ...}]}.");
    }
}
