package karuta.samples;

import java.util.HashMap;
import java.util.Map;
import karuta.api.Image;

/** The pictures of a task by their paths: whoever asks about the same one shares it. */
public final class Pictures {

    private final ImageRoot root;
    private final Map<String, Image> byPath = new HashMap<>();

    public Pictures(ImageRoot root) {
        this.root = root;
    }

    /**
     * @param path as the data says it
     * @param where the data says it, for messages
     */
    public Image at(String path, String where) {
        return byPath.computeIfAbsent(path, unknown -> {
            root.check(path, where);
            return new ImageFile(root, path);
        });
    }
}
