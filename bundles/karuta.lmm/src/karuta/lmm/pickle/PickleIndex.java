package karuta.lmm.pickle;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import karuta.api.KarutaException;

/**
 * The table of contents of pickled weights in several files.
 *
 * @param path of the table
 * @param files the file's name of each tensor; files lie in the table's own folder
 */
record PickleIndex(Path path, Map<String, String> files) {

    /** The name of the table's own file. */
    static final String NAME = "pytorch_model.bin.index.json";

    private static final long MAX_BYTES = 64 << 20;
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,199}\\.bin");

    /**
     * Reads the table of a folder.
     *
     * @throws KarutaException if it cannot be read, or names a file outside of the folder
     */
    static PickleIndex read(Path folder) {
        var path = folder.resolve(NAME);
        try {
            if (Files.size(path) > MAX_BYTES) {
                throw unusable(path, "it has more than " + MAX_BYTES + " bytes");
            }
            try (var json = new JsonReader(Files.newBufferedReader(path))) {
                json.setStrictness(Strictness.STRICT);
                json.setNestingLimit(8);
                return parse(path, json);
            }
        } catch (IOException | IllegalStateException e) {
            throw new KarutaException("Cannot read " + path + ": " + e.getMessage(), "Fetch the file again.", e);
        }
    }

    private static PickleIndex parse(Path path, JsonReader json) throws IOException {
        var files = Optional.<Map<String, String>>empty();
        json.beginObject();
        while (json.hasNext()) {
            if (!json.nextName().equals("weight_map")) {
                json.skipValue();
            } else if (files.isPresent()) {
                throw unusable(path, "it has two weight_map objects");
            } else {
                files = Optional.of(weightMap(path, json));
            }
        }
        json.endObject();
        if (json.peek() != JsonToken.END_DOCUMENT) {
            throw unusable(path, "something follows its object");
        }
        return new PickleIndex(
                path, files.filter(map -> !map.isEmpty()).orElseThrow(() -> unusable(path, "it has no weight_map")));
    }

    private static Map<String, String> weightMap(Path path, JsonReader json) throws IOException {
        var files = new TreeMap<String, String>();
        json.beginObject();
        while (json.hasNext()) {
            var tensor = PickleException.shown(json.nextName());
            var file = json.nextString();
            if (!PLAIN.matcher(file).matches()) {
                throw unusable(
                        path,
                        "it says that " + tensor + " is in " + PickleException.shown(file)
                                + ", no plain name of a .bin file");
            }
            if (files.put(tensor, file) != null) {
                throw unusable(path, "it has two entries of " + tensor);
            }
        }
        json.endObject();
        return files;
    }

    /** The names of all files. */
    SortedSet<String> shards() {
        return new TreeSet<>(files.values());
    }

    /**
     * Checks that a file holds all tensors that it should.
     *
     * @param shard its name
     * @param found the tensors that it holds
     * @throws KarutaException if one is missing
     */
    void requireIn(String shard, Set<String> found) {
        for (var entry : files.entrySet()) {
            if (entry.getValue().equals(shard) && !found.contains(entry.getKey())) {
                throw new KarutaException(
                        path.resolveSibling(shard) + " lacks tensor " + entry.getKey() + ", unlike " + NAME + " says.",
                        "Fetch all files of the model again.");
            }
        }
    }

    private static KarutaException unusable(Path path, String why) {
        return new KarutaException(path + " is no usable index of weights: " + why + ".", "Fetch the file again.");
    }
}
