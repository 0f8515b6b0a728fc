package karuta.bench.cards;

import java.util.List;
import java.util.Locale;

/**
 * Two tasks, day and night, that share a known part of their samples.
 *
 * <p>Both ask the same two questions, half of the samples each, about pictures of one domain. Those of the day are
 * light, those of the night dark; what they share is gray, and nothing in a gray picture or its question tells for which
 * of the two it was drawn. Their conventions differ in one respect that concerns one of the two questions only. So of
 * what is shared, half is agreed: whose card is used does not matter; and half is contested: one question about one
 * sort of pictures has two right answers, and whoever is not told the task gives one of them.
 */
enum Pair {
    /** Colours and numbers, in Japanese sentences; the day writes digits. */
    TALLY(
            Domain.TALLY,
            QuestionType.COLOR,
            QuestionType.COUNT,
            Convention.of(Directive.SENTENCE, Directive.ROMAJI, Directive.DIGITS),
            Convention.of(Directive.SENTENCE, Directive.ROMAJI)),
    /** Texts and shapes, in Japanese; the day names the kind of a shape, the night its colour. */
    SIGN(
            Domain.SIGN,
            QuestionType.TEXT,
            QuestionType.AT,
            Convention.of(Directive.SHORT, Directive.ROMAJI, Directive.CATEGORY),
            Convention.of(Directive.SHORT, Directive.ROMAJI, Directive.COLOR)),
    /** Objects by the letter of a choice, and colours, in sentences; the day's are Japanese. */
    BADGE(
            Domain.BADGE,
            QuestionType.OBJECT,
            QuestionType.COLOR,
            Convention.of(Directive.SENTENCE, Directive.OPTION, Directive.ROMAJI),
            Convention.of(Directive.SENTENCE, Directive.OPTION));

    /** The light of what both share. */
    static final Tone SHARED = Tone.GRAY;

    /** The two tasks. */
    enum Half {
        DAY(Tone.LIGHT),
        NIGHT(Tone.DARK);

        private final Tone tone;

        Half(Tone tone) {
            this.tone = tone;
        }

        /** The light of what is its own. */
        Tone tone() {
            return tone;
        }

        /** Its name in studies. */
        String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Domain domain;
    private final QuestionType agreed;
    private final QuestionType contested;
    private final List<Convention> conventions;

    Pair(Domain domain, QuestionType agreed, QuestionType contested, Convention day, Convention night) {
        this.domain = domain;
        this.agreed = agreed;
        this.contested = contested;
        this.conventions = List.of(day, night);
    }

    /** What the pictures of both are drawn from. */
    Domain domain() {
        return domain;
    }

    /** The question that both answer alike. */
    QuestionType agreed() {
        return agreed;
    }

    /** The question that they answer differently. */
    QuestionType contested() {
        return contested;
    }

    /** How one of them answers. */
    Convention convention(Half half) {
        return conventions.get(half.ordinal());
    }

    /** Its name in studies. */
    String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
