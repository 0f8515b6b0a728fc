package karuta.samples;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Optional;
import java.util.stream.Stream;
import karuta.api.KarutaException;

/**
 * Reads elements of one file: in LLaVA's form ({@code conversations}), in ms-swift's ({@code messages}), or in that of CoIN's
 * test files ({@code text} and {@code answer}).
 */
public final class EntryReader {

    private final Shape shape;
    private int number;

    /** @param shape of the elements */
    public EntryReader(Shape shape) {
        this.shape = shape;
    }

    /**
     * Reads the next element.
     *
     * @param where it is, for messages
     * @throws KarutaException if it is no sample
     */
    public Entry read(JsonElement element, String where) {
        number++;
        if (!element.isJsonObject()) {
            throw Element.bad(where, "is no JSON object");
        }
        var object = element.getAsJsonObject();
        var id = id(object)
                .orElseThrow(
                        () -> Element.bad(where, "has neither a \"" + String.join("\" nor a \"", shape.id()) + "\""));
        return new Element(object, shape, place(where, id)).entry(id);
    }

    /** How many elements were read by now, whether they were samples or not. */
    public int number() {
        return number;
    }

    private Optional<String> id(JsonObject object) {
        return shape.id().stream()
                .flatMap(key -> key.equals(Shape.NUMBER)
                        ? Stream.of(String.valueOf(number))
                        : JsonFile.text(object, key).stream())
                .findFirst();
    }

    /** Where an element is, by its id, too. */
    static String place(String where, String id) {
        return where + " (id " + id + ")";
    }
}
