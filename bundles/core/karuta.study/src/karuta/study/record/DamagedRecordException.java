package karuta.study.record;

import java.nio.file.Path;

/** A file of a run is not as it was written: cut, changed, or of another run. */
public final class DamagedRecordException extends RecordException {

    private static final long serialVersionUID = 1L;

    DamagedRecordException(Path file, String why, Throwable cause) {
        super(file + " is damaged: " + why, cause);
    }

    DamagedRecordException(Path file, String why) {
        super(file + " is damaged: " + why);
    }
}
