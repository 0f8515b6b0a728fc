package karuta.archive.pool;

/** Whose version is taken where two have changed the same. */
public enum Side {
    /** The pool's own. */
    OURS,
    /** That of the other line of history. */
    THEIRS
}
