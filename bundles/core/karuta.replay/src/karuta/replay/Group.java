package karuta.replay;

/** What the facts of a record are about. */
public enum Group {
    /** What a person asked for, and what holds where nobody asked. */
    STUDY("study"),
    /** Tasks by hash, and what was done to them. */
    DATA("data"),
    /** The frozen models, and what the arm begins with, by hash. */
    WEIGHTS("frozen weights"),
    /** The strategies, with bundle, version and hash. */
    PARTS("parts"),
    /** Bundles and libraries. */
    VERSIONS("versions"),
    /** Machine, threads, device. */
    ENVIRONMENT("environment"),
    /** What each stage took and left. */
    STAGES("stages"),
    /** Scores and metrics. */
    RESULTS("results"),
    /** What this version does not know. */
    OTHER("other");

    private final String words;

    Group(String words) {
        this.words = words;
    }

    /** For people. */
    public String words() {
        return words;
    }

    /** Whether it can be why equal settings give other numbers. */
    boolean surrounds() {
        return this == PARTS || this == VERSIONS || this == ENVIRONMENT;
    }
}
