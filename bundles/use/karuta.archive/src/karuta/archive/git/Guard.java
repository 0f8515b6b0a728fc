package karuta.archive.git;

/** Has a say in what becomes of a repository. */
public interface Guard {

    /** Lets everything happen. */
    Guard NONE = new Guard() {

        @Override
        public void admit(Snapshot next) {
            // whoever may write the files may do it
        }

        @Override
        public void made(Snapshot newest) {
            // nobody keeps count
        }
    };

    /**
     * Looks at a revision before HEAD names it.
     *
     * @throws karuta.api.KarutaException if it must not become the newest one
     */
    void admit(Snapshot next);

    /** Hears that a revision has become the newest one. */
    void made(Snapshot newest);
}
