package karuta.intake;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import karuta.samples.Elements;
import karuta.samples.JsonFile;

/**
 * The objects of a JSON list, or of JSON lines.
 *
 * @param file they are in
 * @param form whether they are rows of a table, LLaVA's or ms-swift's
 * @param said which member is what; of a table's, the rest is guessed
 */
record ObjectRows(Path file, Form form, Map<Role, String> said) implements Rows {

    private static final String IMAGES = "images";
    private static final String TASK = "task";

    @Override
    public void each(Sink sink) {
        var columns = new ArrayList<Columns>();
        new Elements(file)
                .each(
                        (element, where) -> {
                            if (!element.isJsonObject()) {
                                sink.leave(Reason.BROKEN, where + " is no JSON object.");
                            } else if (form == Form.OBJECTS) {
                                sink.row(columns(element.getAsJsonObject(), where, columns, sink), where);
                            } else {
                                sink.row(plain(element.getAsJsonObject()), where);
                            }
                            return true;
                        },
                        broken -> sink.leave(Reason.BROKEN, Draft.first(broken)));
    }

    /** By the first object. */
    private JsonObject columns(JsonObject object, String where, List<Columns> columns, Sink sink) {
        if (columns.isEmpty()) {
            columns.add(Columns.of(List.copyOf(object.keySet()), said, where));
            sink.note(file + ": " + columns.get(0).words() + ".");
        }
        return columns.get(0).row(object);
    }

    /** ms-swift may write an image as an object with its path, and a list of none where there is none. */
    private JsonObject plain(JsonObject object) {
        var plain = object.deepCopy();
        JsonFile.list(plain, IMAGES).ifPresent(images -> {
            if (images.isEmpty()) {
                plain.remove(IMAGES);
            } else {
                var paths = new JsonArray();
                images.forEach(image -> paths.add(path(image)));
                plain.add(IMAGES, paths);
            }
        });
        if (said.containsKey(Role.TASK) && plain.has(said.get(Role.TASK))) {
            plain.add(TASK, plain.get(said.get(Role.TASK)));
        }
        return plain;
    }

    private static JsonElement path(JsonElement image) {
        return image.isJsonObject() && image.getAsJsonObject().has("path")
                ? image.getAsJsonObject().get("path")
                : image;
    }
}
