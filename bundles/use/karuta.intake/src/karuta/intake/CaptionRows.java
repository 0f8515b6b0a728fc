package karuta.intake;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Optional;
import karuta.api.KarutaException;
import karuta.samples.Elements;
import karuta.samples.JsonFile;

/**
 * COCO's caption files ({@code https://cocodataset.org/#format-data}): a list of images, a list of annotations with the image's id.
 * All captions of an image are right answers.
 *
 * @param file it is
 */
record CaptionRows(Path file) implements Rows {

    private static final String ID = "id";

    @Override
    public void each(Sink sink) {
        var names = new LinkedHashMap<String, String>();
        var captions = new LinkedHashMap<String, JsonArray>();
        var elements = new Elements(file);
        elements.eachOf("images", (image, where) -> {
            var id = member(image, ID);
            var name = member(image, "file_name");
            if (id.isEmpty() || name.isEmpty()) {
                sink.leave(Reason.BROKEN, where + " has no \"id\" and \"file_name\".");
            } else {
                names.put(id.get(), name.get());
                captions.put(id.get(), new JsonArray());
            }
            return true;
        });
        elements.eachOf("annotations", (annotation, where) -> {
            var image = member(annotation, "image_id");
            var caption = member(annotation, "caption");
            if (caption.isEmpty()) {
                sink.leave(Reason.NO_ANSWER, where + " has no \"caption\".");
            } else if (image.isEmpty() || !captions.containsKey(image.get())) {
                sink.leave(
                        Reason.BROKEN, where + " is about the image " + image.orElse("?") + ", which is not listed.");
            } else if (!caption.get().isBlank()) {
                captions.get(image.get()).add(caption.get().strip());
            }
            return true;
        });
        if (names.isEmpty()) {
            throw new KarutaException(file + " lists no images.", "Give a file of COCO's captions.");
        }
        names.forEach((id, name) -> {
            var object = new JsonObject();
            object.addProperty(ID, id);
            object.addProperty("image", name);
            if (!captions.get(id).isEmpty()) {
                object.add("answer", captions.get(id));
            }
            sink.row(object, file + ", image " + id);
        });
    }

    private static Optional<String> member(JsonElement element, String name) {
        return Optional.of(element)
                .filter(JsonElement::isJsonObject)
                .flatMap(object -> JsonFile.text(object.getAsJsonObject(), name));
    }
}
