package karuta.replay;

/** What can differ in a run, in the order in which one thing causes the next. */
public enum Level {
    /** A setting, given or by default; the seed. */
    OPTION("option"),
    /** What the tasks hold. */
    DATA("data"),
    /** The order of the tasks. */
    ORDER("order"),
    /** The frozen models, and what the strategies begin a stage with. */
    WEIGHTS("initial weights"),
    /** Which samples a step takes, and whether there is one. */
    BATCH("batch"),
    /** What the model makes of them. */
    LOSS("loss"),
    /** Where the loss leads to. */
    GRADIENT("gradient"),
    /** How far the step goes. */
    RATE("learning rate"),
    /** What the strategies keep after a stage. */
    STATE("learned state"),
    /** Which cards a sample of the test gets. */
    SELECTION("selection"),
    /** What is generated. */
    ANSWER("answer"),
    /** What the rule makes of it. */
    SCORE("score");

    private final String words;

    Level(String words) {
        this.words = words;
    }

    /** For people. */
    public String words() {
        return words;
    }
}
