package karuta.archive.git;

import java.io.IOException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;

/** Contents of a repository's objects that are what their ids say. JGit itself takes what it finds under an id. */
final class ObjectBytes {

    private ObjectBytes() {}

    /**
     * Reads an object.
     *
     * @param type as {@link Constants} numbers them
     * @throws IOException if it is missing, or its SHA-1 is not its id
     */
    static byte[] read(ObjectReader reader, ObjectId id, int type) throws IOException {
        return checked(id, type, reader.open(id, type).getCachedBytes(Integer.MAX_VALUE));
    }

    /** The same bytes. */
    static byte[] checked(ObjectId id, int type, byte[] bytes) throws IOException {
        try (var hash = new ObjectInserter.Formatter()) {
            var found = hash.idFor(type, bytes);
            if (!found.equals(id)) {
                throw new IOException("the " + Constants.typeString(type) + " " + id.name() + " has the SHA-1 "
                        + found.name() + ": its contents were changed");
            }
        }
        return bytes;
    }
}
