package karuta.archive.git;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a revision changes, as a whole or not at all.
 *
 * @param put contents by path; the paths are relative, with slashes
 * @param removed paths
 */
public record Change(Map<String, byte[]> put, Set<String> removed) {

    /** Nothing. */
    public static final Change NONE = new Change(Map.of(), Set.of());

    /** Copies both. */
    public Change {
        put = Map.copyOf(put);
        removed = Set.copyOf(removed);
    }

    /** With one more file. */
    public Change put(String path, byte[] content) {
        var all = new TreeMap<>(put);
        all.put(path, content.clone());
        return new Change(all, removed);
    }

    /** With one file less. */
    public Change remove(String path) {
        var all = new TreeSet<>(removed);
        all.add(path);
        return new Change(put, all);
    }

    /** Both changes. */
    public Change and(Change other) {
        var all = new TreeMap<>(put);
        all.putAll(other.put);
        var gone = new TreeSet<>(removed);
        gone.addAll(other.removed);
        return new Change(all, gone);
    }
}
