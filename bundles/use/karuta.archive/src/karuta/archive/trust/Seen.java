package karuta.archive.trust;

import java.util.List;

/**
 * What is remembered of a pool in a folder.
 *
 * @param folder where it is
 * @param roots ids of the revisions without parents
 * @param founding id of the first revision with roles; empty if there is none
 * @param owners those of it, in words
 * @param newest id of the newest revision that was judged to be right
 * @param when by this machine's clock, in words
 */
record Seen(String folder, List<String> roots, String founding, String owners, String newest, String when) {

    Seen {
        roots = List.copyOf(roots);
    }

    /** Whether the pool had roles. One without is remembered only where somebody has accepted that. */
    boolean hasRoles() {
        return !founding.isEmpty();
    }
}
