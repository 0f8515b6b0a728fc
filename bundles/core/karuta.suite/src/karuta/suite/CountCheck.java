package karuta.suite;

import java.util.Optional;

/**
 * What a number of samples says of a file.
 *
 * @param verdict in a word
 * @param what in a sentence; empty if there is nothing to say
 */
public record CountCheck(Verdict verdict, String what) {

    /** In a word. */
    public enum Verdict {
        /** As many as published, or nobody knows how many there should be. */
        GOOD,
        /** As many as a known variant has. */
        VARIANT,
        /** Another number, which may have its reasons. */
        OTHER,
        /** Certainly not what the file's name says. */
        TRUNCATED
    }

    /**
     * Compares with what is known.
     *
     * @param samples in the file
     * @param file that they are in
     */
    public static CountCheck of(SuiteTask task, Split split, int samples, FileChoice.Choice file) {
        var has = "The file " + file.file() + " has " + samples + " samples";
        if (file.says().filter(says -> says != samples).isPresent()) {
            return new CountCheck(
                    Verdict.TRUNCATED,
                    has + ", where its name says " + file.says().get() + ".");
        }
        var known = task.counts().stream()
                .filter(counts -> counts.of(split).isPresent())
                .toList();
        var fits = known.stream()
                .filter(counts -> counts.of(split).equals(Optional.of(samples)))
                .findFirst();
        if (known.isEmpty() || fits.filter(known.get(0)::equals).isPresent()) {
            return new CountCheck(Verdict.GOOD, "");
        }
        return fits.map(counts -> new CountCheck(
                        Verdict.VARIANT, has + ", as the variant \"" + counts.name() + "\" (" + counts.source() + ")."))
                .orElseGet(() -> new CountCheck(
                        Verdict.OTHER,
                        has + "; \"" + known.get(0).name() + "\" is "
                                + known.get(0).of(split).orElseThrow() + " ("
                                + known.get(0).source()
                                + "), and no known variant has as many."));
    }
}
