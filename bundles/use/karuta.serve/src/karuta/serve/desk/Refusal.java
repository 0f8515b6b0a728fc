package karuta.serve.desk;

/** Why a question got no answer. */
public final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** The kinds of it. */
    public enum Why {
        /** As many wait as may. */
        BUSY,
        /** The service is about to end. */
        ENDING,
        /** It took too long. */
        LATE,
        /** The question cannot be asked: the message says why. */
        UNFIT,
        /** The program, a strategy or the machine failed; what exactly is in the log. */
        FAILED
    }

    private final Why why;

    /**
     * @param why of which kind
     * @param message a sentence for whoever asked
     */
    public Refusal(Why why, String message) {
        super(message);
        this.why = why;
    }

    /** Of which kind. */
    public Why why() {
        return why;
    }
}
