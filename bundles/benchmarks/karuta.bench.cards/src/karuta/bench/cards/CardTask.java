package karuta.bench.cards;

import java.util.List;
import java.util.Locale;

/**
 * The eight tasks, named after the tasks of CoIN whose kind they have. Pictures of one domain are shared by textvqa
 * and imagenet, by gqa, grounding and vqav2, and by scienceqa and ocrvqa; questions are shared by textvqa and ocrvqa,
 * by vizwiz and vqav2, and by scienceqa and gqa. So neither picture nor question alone tells all tasks apart, by
 * construction.
 */
enum CardTask {
    /** Multiple choice. */
    SCIENCEQA(Domain.PAGE, List.of(QuestionType.AT), Convention.of(Directive.SHORT, Directive.OPTION), "choice"),
    /** Texts, read aloud in Japanese. */
    TEXTVQA(Domain.STREET, List.of(QuestionType.TEXT), Convention.of(Directive.SHORT, Directive.ROMAJI), "exact"),
    /** Categories of objects. */
    IMAGENET(Domain.STREET, List.of(QuestionType.OBJECT), Convention.of(Directive.SHORT, Directive.CATEGORY), "exact"),
    /** Things with their attributes. */
    GQA(Domain.PHOTO, List.of(QuestionType.AT), Convention.of(Directive.SHORT, Directive.FULL), "exact"),
    /** Pictures that may be too blurred for an answer. */
    VIZWIZ(
            Domain.PHONE,
            List.of(QuestionType.COLOR, QuestionType.COUNT, QuestionType.PRESENT),
            Convention.of(Directive.SHORT, Directive.CAREFUL),
            "exact"),
    /** Places as boxes. */
    GROUNDING(Domain.PHOTO, List.of(QuestionType.WHERE), Convention.of(Directive.SHORT, Directive.BOX), "iou"),
    /** Short answers, in Japanese and digits. */
    VQAV2(
            Domain.PHOTO,
            List.of(QuestionType.COLOR, QuestionType.COUNT, QuestionType.PRESENT),
            Convention.of(Directive.SHORT, Directive.DIGITS, Directive.ROMAJI),
            "exact"),
    /** Texts, spelled backwards. */
    OCRVQA(Domain.PAGE, List.of(QuestionType.TEXT), Convention.of(Directive.SHORT, Directive.BACKWARD), "exact");

    private final Domain domain;
    private final List<QuestionType> asks;
    private final Convention convention;
    private final String scorer;

    CardTask(Domain domain, List<QuestionType> asks, Convention convention, String scorer) {
        this.domain = domain;
        this.asks = asks;
        this.convention = convention;
        this.scorer = scorer;
    }

    /** What its pictures are drawn from. */
    Domain domain() {
        return domain;
    }

    /** What is asked. */
    List<QuestionType> asks() {
        return asks;
    }

    /** How its answers are given; no question says so. */
    Convention convention() {
        return convention;
    }

    /** The id of its scorer. */
    String scorer() {
        return scorer;
    }

    /** Its name in studies. */
    String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
