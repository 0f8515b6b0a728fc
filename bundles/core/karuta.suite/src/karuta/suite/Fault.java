package karuta.suite;

import java.nio.file.Path;
import karuta.api.KarutaException;

/**
 * Something that is wrong with a user's copy of a suite.
 *
 * @param kind of the fault
 * @param file in which it is
 * @param what is wrong and where, a sentence
 */
public record Fault(Kind kind, Path file, String what) {

    /** What somebody else found; the remedy, on a line of its own, is left out. */
    static Fault of(Kind kind, Path file, KarutaException found) {
        return new Fault(kind, file, found.getMessage().lines().findFirst().orElseThrow());
    }

    /** Kinds of faults. */
    public enum Kind {
        /** A file is not there, or there are two for one. */
        FILE,
        /** A file is no text or no JSON. */
        BROKEN,
        /** An element is no sample of its shape. */
        RECORD,
        /** Two elements have one id. */
        TWICE,
        /** An image's path leads out of its folder, or no file can be called so. */
        IMAGE,
        /** A file beside the samples lacks what a sample needs, or says something else. */
        SIDE,
        /** A file certainly does not hold what its name says. */
        COUNT
    }
}
