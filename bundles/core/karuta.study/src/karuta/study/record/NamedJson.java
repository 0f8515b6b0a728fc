package karuta.study.record;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import karuta.study.Figure;
import karuta.study.KarutaFactory;
import karuta.study.KarutaPackage;
import karuta.study.Note;
import karuta.study.Option;
import karuta.study.Word;
import org.eclipse.emf.ecore.EClass;
import org.eclipse.emf.ecore.EObject;

/**
 * Things with a name as people write them: {@code {length: 8}} for options, {@code {lm: 0.49}} for figures, {@code {cpu: ...}} for
 * notes, and a mere text for a word.
 */
final class NamedJson {

    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9]\\d*)(\\.\\d+)?([eE][+-]?\\d+)?");

    private NamedJson() {}

    /** Whether things of a class have a short form. */
    static boolean knows(EClass type) {
        return type == KarutaPackage.Literals.OPTION
                || type == KarutaPackage.Literals.FIGURE
                || type == KarutaPackage.Literals.NOTE;
    }

    /** The short form; empty if it could not be read again in the same order. */
    static Optional<JsonElement> write(Collection<?> things) {
        var json = new JsonObject();
        var last = "";
        for (var thing : things) {
            var name = name(thing);
            if (!json.has(name)) {
                json.add(name, value(thing));
            } else if (thing instanceof Note note && name.equals(last)) {
                json.add(name, and(json.get(name), note.getText()));
            } else {
                return Optional.empty();
            }
            last = name;
        }
        return Optional.of(json);
    }

    private static String name(Object thing) {
        return thing instanceof Option option
                ? option.getKey()
                : thing instanceof Figure figure ? figure.getName() : ((Note) thing).getName();
    }

    private static JsonElement value(Object thing) {
        if (thing instanceof Figure figure) {
            return Double.isFinite(figure.getValue())
                    ? new JsonPrimitive(figure.getValue())
                    : new JsonPrimitive(Double.toString(figure.getValue()));
        }
        if (thing instanceof Note note) {
            return new JsonPrimitive(note.getText());
        }
        var option = (Option) thing;
        var values = option.getValues().stream().map(Word::getText).map(NamedJson::plain);
        return option.isList() ? list(values) : values.findFirst().orElseGet(() -> new JsonPrimitive(""));
    }

    /** Numbers and flags without quotes, digit by digit as they were written. */
    private static JsonElement plain(String text) {
        if (text.equals("true") || text.equals("false")) {
            return new JsonPrimitive(Boolean.valueOf(text));
        }
        return NUMBER.matcher(text).matches() ? JsonParser.parseString(text) : new JsonPrimitive(text);
    }

    private static JsonElement and(JsonElement before, String text) {
        var texts = before.isJsonArray() ? before.getAsJsonArray() : list(Stream.of(before));
        texts.add(text);
        return texts;
    }

    private static JsonArray list(Stream<JsonElement> values) {
        var list = new JsonArray();
        values.forEach(list::add);
        return list;
    }

    /** Reads the short form. */
    static List<EObject> read(JsonObject json, EClass type) {
        var things = new ArrayList<EObject>();
        for (var entry : json.entrySet()) {
            var name = entry.getKey();
            var value = entry.getValue();
            if (type == KarutaPackage.Literals.OPTION) {
                things.add(option(name, value));
            } else if (type == KarutaPackage.Literals.FIGURE) {
                things.add(Entries.figure(name, value.getAsDouble()));
            } else {
                texts(value).forEach(text -> things.add(Entries.note(name, text)));
            }
        }
        return things;
    }

    private static Option option(String key, JsonElement value) {
        var option = KarutaFactory.eINSTANCE.createOption();
        option.setKey(key);
        option.setList(value.isJsonArray());
        texts(value).forEach(text -> option.getValues().add(word(text)));
        return option;
    }

    /** A word of a text. */
    static Word word(String text) {
        var word = KarutaFactory.eINSTANCE.createWord();
        word.setText(text);
        return word;
    }

    private static List<String> texts(JsonElement value) {
        return value.isJsonArray()
                ? value.getAsJsonArray().asList().stream()
                        .map(JsonElement::getAsString)
                        .toList()
                : List.of(value.getAsString());
    }
}
