package karuta.archive.git;

import java.io.IOException;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.treewalk.TreeWalk;

/**
 * The files of a commit.
 *
 * @param files their contents' ids, by path
 */
record Tree(SortedMap<String, ObjectId> files) {

    /** No files. */
    static Tree empty() {
        return new Tree(new TreeMap<>());
    }

    /**
     * Reads one.
     *
     * @throws IOException if an object is missing
     * @throws IllegalArgumentException if it holds what is no plain file
     */
    static Tree of(ObjectReader reader, ObjectId tree) throws IOException {
        var files = new TreeMap<String, ObjectId>();
        try (var walk = new TreeWalk(reader)) {
            walk.addTree(tree);
            walk.setRecursive(true);
            while (walk.next()) {
                var mode = walk.getFileMode(0);
                if (!mode.equals(FileMode.REGULAR_FILE) && !mode.equals(FileMode.EXECUTABLE_FILE)) {
                    throw new IllegalArgumentException(walk.getPathString() + " is no plain file");
                }
                files.put(walk.getPathString(), walk.getObjectId(0));
            }
        }
        return new Tree(files);
    }
}
