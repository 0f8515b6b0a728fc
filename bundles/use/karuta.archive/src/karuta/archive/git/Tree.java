package karuta.archive.git;

import java.io.IOException;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectChecker;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;

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
     * @throws IOException if an object is missing, or not what its id says
     * @throws IllegalArgumentException if it holds what is no plain file
     */
    static Tree of(ObjectReader reader, ObjectId tree) throws IOException {
        var files = new TreeMap<String, ObjectId>();
        collect(reader, tree, "", files);
        return new Tree(files);
    }

    private static void collect(ObjectReader reader, ObjectId tree, String folder, SortedMap<String, ObjectId> files)
            throws IOException {
        var bytes = ObjectBytes.read(reader, tree, Constants.OBJ_TREE);
        new ObjectChecker().checkTree(tree, bytes); // no "..", no ".git", nothing twice
        var entry = new CanonicalTreeParser();
        entry.reset(bytes);
        for (; !entry.eof(); entry.next(1)) {
            var path = folder + entry.getEntryPathString();
            var mode = entry.getEntryFileMode();
            if (mode.equals(FileMode.TREE)) {
                collect(reader, entry.getEntryObjectId(), path + "/", files);
            } else if (mode.equals(FileMode.REGULAR_FILE) || mode.equals(FileMode.EXECUTABLE_FILE)) {
                files.put(path, entry.getEntryObjectId());
            } else {
                throw new IllegalArgumentException(path + " is no plain file");
            }
        }
    }
}
