package karuta.api;

/** Something that the user can mend: the message says what is wrong and where, the remedy what to do about it. */
public final class KarutaException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * @param what what is wrong, and where
     * @param remedy what to do about it
     */
    public KarutaException(String what, String remedy) {
        super(what + "\n  " + remedy);
    }

    /**
     * @param what what is wrong, and where
     * @param remedy what to do about it
     * @param cause what the system reported
     */
    public KarutaException(String what, String remedy, Throwable cause) {
        super(what + "\n  " + remedy, cause);
    }
}
