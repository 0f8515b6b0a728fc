package karuta.archive.git;

/**
 * What happened to a file between two revisions.
 *
 * @param path of the file
 * @param kind what
 */
public record Difference(String path, Kind kind) {

    /** What can happen to a file. */
    public enum Kind {
        /** It was not there. */
        ADDED,
        /** It has other contents. */
        CHANGED,
        /** It is not there any more. */
        REMOVED
    }
}
