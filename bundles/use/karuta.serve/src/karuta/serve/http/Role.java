package karuta.serve.http;

/** What a caller may do; each may what those before it may. */
public enum Role {
    /** Asks, and looks at cards, history and monitor. */
    ASKER,
    /** Says which answers are right, too: what is learned from. */
    LEARNER,
    /** Reads metrics, and what is wrong with the service. */
    ADMIN;

    /** Whether it is enough for what needs a role. */
    public boolean covers(Role needed) {
        return compareTo(needed) >= 0;
    }
}
