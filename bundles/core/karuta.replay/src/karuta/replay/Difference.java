package karuta.replay;

import java.util.Optional;

/**
 * A fact in which two records differ.
 *
 * @param group what it is about
 * @param key its name, such as {@code arm.selector.k}
 * @param a what the first one says; empty if it says nothing
 * @param b what the second one says; empty if it says nothing
 */
public record Difference(Group group, String key, Optional<String> a, Optional<String> b) {

    /** For people. */
    public String text() {
        return key + ": " + a.orElse("nothing") + " against " + b.orElse("nothing");
    }

    /** The same difference of more than one fact, told once. */
    Difference with(int others) {
        return others == 0
                ? this
                : new Difference(group, key + " and " + others + (others == 1 ? " other" : " others"), a, b);
    }
}
