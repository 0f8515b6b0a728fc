package karuta.archive.trust;

import java.util.Locale;

/** What somebody may do with a pool. */
public enum Role {
    /** Everything. */
    OWNER,
    /** Cards of his own: learn, replace, rename, remove. */
    AUTHOR,
    /** Ask. */
    READER;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
