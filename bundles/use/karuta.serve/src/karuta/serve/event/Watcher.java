package karuta.serve.event;

/** Is told what a pool in service does. It is called by one thread at a time, and questions wait meanwhile: it is quick. */
@FunctionalInterface
public interface Watcher {

    /** A question was answered. */
    void asked(Asked event);

    /** A request got no answer. */
    default void declined(Declined event) {}
}
