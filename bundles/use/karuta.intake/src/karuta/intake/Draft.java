package karuta.intake;

import karuta.api.KarutaException;
import karuta.samples.Entry;
import karuta.samples.ImageRoot;

/**
 * A sample that was read, but whose images nobody has looked at.
 *
 * @param task whose folder it comes into
 * @param entry what it says
 * @param root where its images are looked for
 * @param where it is, for messages
 */
record Draft(String task, Entry entry, ImageRoot root, String where) {

    /** What is wrong, without the remedy. */
    static String first(KarutaException wrong) {
        return wrong.getMessage().lines().findFirst().orElseThrow();
    }
}
