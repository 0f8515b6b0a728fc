package karuta.engine.loop;

/** Somebody asked a run to end early. What it finished before is kept. */
public final class RunCancelled extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** An end on request. */
    public RunCancelled() {
        super("stopped on request");
    }
}
