package karuta.engine.loop;

/** Somebody asked a run to end early. What it finished before is kept. */
public final class Stopped extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** An end on request. */
    public Stopped() {
        super("stopped on request");
    }
}
