package karuta.api;

/**
 * What strategies may need of their surroundings and not all surroundings give. What a strategy needs whatever its options are
 * it says by {@link Needs}; what a backbone or an encoder gives, by {@link Provides}.
 */
public enum Ability {
    /** {@link Guidance#IMAGE} among the encoder's features. */
    IMAGE_FEATURES(Giver.ENCODER, "a feature of images", "use an encoder of images, or a strategy that does without"),

    /** {@link Guidance#TEXT} among the encoder's features. */
    TEXT_FEATURES(Giver.ENCODER, "a feature of texts", "use an encoder of texts, or a strategy that does without"),

    /** Both of the same width, so that one prototype can be compared with both. */
    ONE_WIDTH(
            Giver.ENCODER,
            "features of images and texts of one width",
            "use an encoder that maps both into one space (for CLIP: \"text\": projected)"),

    /** {@link BackboneSpec#projector()} is not empty. */
    PROJECTOR(
            Giver.BACKBONE,
            "linear layers between vision tower and decoder",
            "use a backbone that has such a projector, or a strategy that leaves it alone"),

    /** {@link Backbone#weight}. */
    WEIGHTS(
            Giver.BACKBONE,
            "weights that can be read",
            "use a backbone whose weights are there as numbers, neither quantised nor elsewhere"),

    /** {@link Backbone#embed}. */
    QUERY_EMBEDDINGS(
            Giver.BACKBONE,
            "the embeddings of a query",
            "use a backbone that tells them, or a strategy that does without"),

    /** Room for samples of earlier tasks. */
    STORED_SAMPLES(
            Giver.STUDY,
            "stored samples of earlier tasks",
            "take \"exemplarFree: true\" out of the study, or use a method that stores none"),

    /** {@link Call#trueTask} and {@link Input#trueTask}. */
    TRUE_TASK(Giver.STUDY, "the true task", "mark the arm \"analysis: true\"; it is then no method to compare with");

    /** Who may give it. */
    public enum Giver {
        ENCODER,
        BACKBONE,
        STUDY
    }

    private final Giver giver;
    private final String words;
    private final String remedy;

    Ability(Giver giver, String words, String remedy) {
        this.giver = giver;
        this.words = words;
        this.remedy = remedy;
    }

    /** Who may give it. */
    public Giver giver() {
        return giver;
    }

    /** What it is, for people. */
    public String words() {
        return words;
    }

    /** What to do where it is missing. */
    public String remedy() {
        return remedy;
    }
}
