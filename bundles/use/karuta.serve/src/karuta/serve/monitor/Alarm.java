package karuta.serve.monitor;

import java.time.Instant;
import java.util.Optional;

/**
 * Something that the operator should look at.
 *
 * @param kind of it
 * @param card that it is about
 * @param since when
 * @param until when; empty while it lasts
 * @param words what it is, and what to do
 */
record Alarm(Kind kind, String card, Instant since, Optional<Instant> until, String words) {

    /** What can happen. */
    enum Kind {
        /** A card is asked what it was not validated on. */
        DRIFT,
        /** One card takes nearly all. */
        COLLAPSE
    }
}
