package karuta.serve.feedback;

import java.util.Objects;
import java.util.stream.Stream;

/**
 * What somebody says of an answer.
 *
 * @param who says it: the name of a token, or {@code anyone}
 * @param when by this machine's clock, in ISO 8601
 * @param kind of verdict
 * @param answer the one that is right, or, if it is {@link Kind#WRONG}, the one that is not
 * @param reply id of the answer that it is about
 * @param revision of the pool that gave it
 */
record Verdict(String who, String when, Kind kind, String answer, String reply, String revision) {

    /** @throws NullPointerException if something is missing in the file that it comes from */
    Verdict {
        Stream.of(who, when, kind, answer, reply, revision).forEach(Objects::requireNonNull);
    }

    /** What can be said. */
    enum Kind {
        /** The answer is right. */
        RIGHT,
        /** It is not. */
        WRONG,
        /** Another one is. */
        BETTER
    }

    boolean approves() {
        return kind != Kind.WRONG;
    }
}
