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

    /** The word with what stands before it. */
    public String withArticle() {
        return (this == READER ? "a " : "an ") + this;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
