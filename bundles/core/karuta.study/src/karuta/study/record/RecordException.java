package karuta.study.record;

/** A run record that cannot be read or written; the message says which file, why, and what to do. */
public sealed class RecordException extends RuntimeException permits DamagedRecordException {

    private static final long serialVersionUID = 1L;

    /** @param message what is wrong, and where */
    public RecordException(String message) {
        super(message);
    }

    /**
     * @param message what is wrong, and where
     * @param cause what the system reported
     */
    public RecordException(String message, Throwable cause) {
        super(message, cause);
    }
}
