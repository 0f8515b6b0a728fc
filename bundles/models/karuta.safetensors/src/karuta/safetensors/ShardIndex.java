package karuta.safetensors;

import com.google.gson.JsonObject;
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
import java.util.stream.Collectors;
import karuta.api.KarutaException;
import karuta.files.Access;
import karuta.files.WholeFile;

/**
 * The table of contents of weights in several files.
 *
 * @param format of the files
 * @param files the file's name of each tensor; files lie in the index's own folder
 */
public record ShardIndex(Format format, Map<String, String> files) {

    private static final long MAX_BYTES = 64 << 20;
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,199}");

    /** What Transformers keeps weights in. */
    public enum Format {
        SAFETENSORS("model.safetensors.index.json", ".safetensors"),
        /** As {@code torch.save} writes it. */
        PICKLE("pytorch_model.bin.index.json", ".bin");

        private final String index;
        private final String ending;

        Format(String index, String ending) {
            this.index = index;
            this.ending = ending;
        }

        /** Whether a folder has the index of such files. */
        public boolean isIn(Path folder) {
            return Files.isRegularFile(folder.resolve(index));
        }

        /** The name of the index. */
        public String index() {
            return index;
        }
    }

    /** Copies the map. */
    public ShardIndex {
        files = Map.copyOf(files);
    }

    /**
     * Reads the index of a folder.
     *
     * @param format of the files that it is an index of
     * @throws KarutaException if it cannot be read, names a file outside of the folder, or a file that is missing
     */
    public static ShardIndex read(Path folder, Format format) {
        var path = folder.resolve(format.index);
        try {
            if (Files.size(path) > MAX_BYTES) {
                throw unusable(path, "it has more than " + MAX_BYTES + " bytes");
            }
            try (var reader = new JsonReader(Files.newBufferedReader(path))) {
                reader.setStrictness(Strictness.STRICT);
                reader.setNestingLimit(8);
                return new ShardIndex(format, parse(path, reader, format));
            }
        } catch (IOException | IllegalStateException e) {
            throw FirstBytes.explain(path)
                    .orElseGet(() -> new KarutaException(
                            "Cannot read " + path + ": " + e.getMessage(), "Fetch the file again.", e));
        }
    }

    private static Map<String, String> parse(Path path, JsonReader json, Format format) throws IOException {
        var files = Optional.<Map<String, String>>empty();
        json.beginObject();
        while (json.hasNext()) {
            if (!json.nextName().equals("weight_map")) {
                json.skipValue();
            } else if (files.isPresent()) {
                throw unusable(path, "it has two weight_map objects");
            } else {
                files = Optional.of(weightMap(path, json, format));
            }
        }
        json.endObject();
        if (json.peek() != JsonToken.END_DOCUMENT) {
            throw unusable(path, "something follows its object");
        }
        return files.filter(map -> !map.isEmpty()).orElseThrow(() -> unusable(path, "it has no weight_map"));
    }

    private static Map<String, String> weightMap(Path path, JsonReader json, Format format) throws IOException {
        var files = new TreeMap<String, String>();
        json.beginObject();
        while (json.hasNext()) {
            var tensor = json.nextName();
            var file = json.nextString();
            if (!PLAIN.matcher(file).matches() || !file.endsWith(format.ending)) {
                throw unusable(
                        path,
                        "it says that " + tensor + " is in " + file + ", no plain name of a " + format.ending
                                + " file");
            }
            if (!Files.exists(path.resolveSibling(file))) {
                throw new KarutaException(
                        "The weights' file " + path.resolveSibling(file) + " is missing; tensor " + tensor
                                + " should be in it.",
                        "Fetch it.");
            }
            if (files.put(tensor, file) != null) {
                throw unusable(path, "it has two entries of " + tensor);
            }
        }
        json.endObject();
        return files;
    }

    /**
     * Writes the index of a folder.
     *
     * @param bytes the size of all tensors in bytes
     */
    public void write(Path folder, long bytes) {
        var map = new JsonObject();
        new TreeMap<>(files).forEach(map::addProperty);
        var size = new JsonObject();
        size.addProperty("total_size", bytes);
        var index = new JsonObject();
        index.add("metadata", size);
        index.add("weight_map", map);
        var path = folder.resolve(format.index);
        try {
            new WholeFile(path, Access.SHARED).write(index.toString());
        } catch (IOException e) {
            throw new KarutaException(
                    "Cannot write " + path + ": " + e, "Check the folder's access rights and the free space.", e);
        }
    }

    /** The names of all files. */
    public SortedSet<String> shards() {
        return new TreeSet<>(files.values());
    }

    /**
     * Checks that a file holds what it should.
     *
     * @param shard its name
     * @param found the tensors that it holds
     * @throws KarutaException if it holds fewer or more
     */
    void requireExactly(String shard, Set<String> found) {
        requireAll(shard, found);
        requireNone(shard, "also holds", found, expected(shard));
    }

    /**
     * Checks that a file holds all that it should.
     *
     * @param shard its name
     * @param found the tensors that it holds
     * @throws KarutaException if it holds fewer
     */
    public void requireAll(String shard, Set<String> found) {
        requireNone(shard, "lacks", expected(shard), found);
    }

    private Set<String> expected(String shard) {
        return files.entrySet().stream()
                .filter(e -> e.getValue().equals(shard))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    private void requireNone(String shard, String verb, Set<String> of, Set<String> but) {
        var odd = new TreeSet<>(of);
        odd.removeAll(but);
        if (!odd.isEmpty()) {
            throw new KarutaException(
                    shard + " " + verb + " tensor " + odd.first() + ", unlike " + format.index + " says (" + odd.size()
                            + " such tensors).",
                    "Fetch all files of the model again.");
        }
    }

    private static KarutaException unusable(Path path, String why) {
        return new KarutaException(path + " is no usable index of weights: " + why + ".", "Fetch the file again.");
    }
}
