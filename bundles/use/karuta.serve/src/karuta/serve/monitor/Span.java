package karuta.serve.monitor;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How far back one looks, and in what steps. */
enum Span {
    HOUR(Step.MINUTE, 60),
    DAY(Step.HOUR, 24),
    WEEK(Step.HOUR, 24 * 7),
    MONTH(Step.DAY, 30),
    YEAR(Step.DAY, 365);

    /** The steps that are counted. */
    enum Step {
        MINUTE,
        HOUR,
        DAY
    }

    private final Step step;
    private final int count;

    Span(Step step, int count) {
        this.step = step;
        this.count = count;
    }

    Step step() {
        return step;
    }

    /** How many steps it has. */
    int count() {
        return count;
    }

    /** The one of a name in small letters. */
    static Optional<Span> of(String name) {
        return Arrays.stream(values())
                .filter(span -> span.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst();
    }
}
