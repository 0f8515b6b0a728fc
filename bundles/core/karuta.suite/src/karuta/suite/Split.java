package karuta.suite;

import java.util.Locale;

/** Part of a task's data. */
public enum Split {
    /** To learn from. */
    TRAIN,
    /** To be scored on. */
    TEST;

    /** As it stands in messages. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
