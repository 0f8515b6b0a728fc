package karuta.scoring.pair;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How answers find their samples, and what counts where they do not. The denominator of a figure is the number of answers
 * that found a sample, and of those that count as wrong beside them.
 */
public enum Pairing {
    /** Karuta's own. */
    ID(By.ID, Missing.REFUSED, Doubles.REFUSED, Unknown.REFUSED, "refused: missing, double and unknown ids"),

    /** ScienceQA in CoIN, ModalPrompt, Prism. */
    SPLIT(
            By.ID,
            Missing.WRONG,
            Doubles.LAST,
            Unknown.IGNORED,
            "over all samples: missing ones are wrong, unknown ids are ignored, the last of doubles counts"),

    /** ScienceQA in HiDe-LLaVA. */
    DISTINCT(
            By.ID,
            Missing.UNCOUNTED,
            Doubles.LAST,
            Unknown.WRONG_ONCE,
            "over all different ids of the file: unknown ones are wrong, missing samples are not counted, the last of"
                    + " doubles counts"),

    /** Most scripts. */
    LINES(
            By.ID,
            Missing.UNCOUNTED,
            Doubles.BOTH,
            Unknown.REFUSED,
            "over all answers: missing samples are not counted, doubles count both, unknown ids are refused"),

    /** Most of Prism's scripts. */
    LINES_WRONG(
            By.ID,
            Missing.UNCOUNTED,
            Doubles.BOTH,
            Unknown.WRONG,
            "over all answers: missing samples are not counted, doubles count both, unknown ids are wrong"),

    /** TextVQA in Prism. */
    MATCHED(
            By.ID,
            Missing.UNCOUNTED,
            Doubles.BOTH,
            Unknown.IGNORED,
            "over the answers that find a sample: missing and unknown ones are not counted, doubles count both"),

    /** MLLM-CTBench. */
    CTB(
            By.ID,
            Missing.UNCOUNTED,
            Doubles.BOTH,
            Unknown.IGNORED,
            "over the answers that find a sample, without id 0: missing and unknown ones are not counted, doubles count"
                    + " both"),

    /** ImageNet in CoIN, ModalPrompt, HiDe-LLaVA, CVIT. */
    LINE(
            By.ORDER,
            Missing.UNCOUNTED,
            Doubles.BOTH,
            Unknown.REFUSED,
            "the k-th answer is to the k-th sample, whatever the ids say; samples beyond the last answer are not"
                    + " counted, more answers than samples are refused"),

    /** ImageNet in Prism. */
    LINE_MIN(
            By.ORDER,
            Missing.UNCOUNTED,
            Doubles.BOTH,
            Unknown.IGNORED,
            "the k-th answer is to the k-th sample, whatever the ids say; what the longer one has more is not counted"),

    /** Captions of UCIT. */
    LINE_ALL(
            By.ORDER,
            Missing.REFUSED,
            Doubles.BOTH,
            Unknown.REFUSED,
            "the k-th answer is to the k-th sample, whatever the ids say; there must be as many of both");

    /** What pairs. */
    enum By {
        ID,
        ORDER
    }

    /** What becomes of samples without an answer. */
    enum Missing {
        REFUSED,
        WRONG,
        UNCOUNTED
    }

    /** What becomes of answers to a sample that has one already. */
    enum Doubles {
        REFUSED,
        LAST,
        BOTH
    }

    /** What becomes of answers to samples that are not there. */
    enum Unknown {
        REFUSED,
        WRONG,
        /** Equal ids count once. */
        WRONG_ONCE,
        IGNORED
    }

    private final By by;
    private final Missing missing;
    private final Doubles doubles;
    private final Unknown unknown;
    private final String words;

    Pairing(By by, Missing missing, Doubles doubles, Unknown unknown, String words) {
        this.by = by;
        this.missing = missing;
        this.doubles = doubles;
        this.unknown = unknown;
        this.words = words;
    }

    /** The one that is called so; or what a code does for a rule, if {@code name} is a code's. */
    public static Optional<Pairing> of(String name, String rule) {
        return Arrays.stream(values())
                .filter(pairing -> pairing.id().equals(name))
                .findFirst()
                .or(() -> Published.of(name).map(code -> code.pairing(rule)));
    }

    /** What {@link #of} knows, for messages. */
    public static String names() {
        return Arrays.stream(values()).map(Pairing::id).collect(Collectors.joining(", ")) + "; or as a code does it: "
                + Published.names();
    }

    /** Its name, such as {@code lines-wrong}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What it does, in a sentence without its end. */
    public String words() {
        return words;
    }

    boolean byOrder() {
        return by == By.ORDER;
    }

    Missing missing() {
        return missing;
    }

    Doubles doubles() {
        return doubles;
    }

    Unknown unknown() {
        return unknown;
    }

    /** Whether an answer of this id does not count at all. */
    boolean drops(String id) {
        return this == CTB && id.equals("0");
    }
}
