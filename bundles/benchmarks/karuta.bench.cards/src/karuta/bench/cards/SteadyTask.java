package karuta.bench.cards;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The tasks all of whose samples are drawn from one recipe: the eight, named after the tasks of CoIN whose kind they
 * have, and one more. Of the eight, pictures of one domain are shared by textvqa and imagenet, by gqa, grounding and
 * vqav2, and by scienceqa and ocrvqa; questions are shared by textvqa and ocrvqa, by vizwiz and vqav2, and by scienceqa
 * and gqa. So neither picture nor question alone tells all tasks apart, by construction.
 */
enum SteadyTask implements CardTask {
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
    OCRVQA(Domain.PAGE, List.of(QuestionType.TEXT), Convention.of(Directive.SHORT, Directive.BACKWARD), "exact"),
    /** Not of the eight: gqa's questions and answers on darker pictures, so what gqa has learned can serve it. */
    GQA_NIGHT(Domain.PHOTO, Optional.of(Tone.DARK), GQA.recipe.asks(), GQA.convention, "exact");

    private final Recipe recipe;
    private final Convention convention;
    private final String scorer;

    SteadyTask(Domain domain, List<QuestionType> asks, Convention convention, String scorer) {
        this(domain, Optional.empty(), asks, convention, scorer);
    }

    SteadyTask(Domain domain, Optional<Tone> tone, List<QuestionType> asks, Convention convention, String scorer) {
        this.recipe = new Recipe(Optional.empty(), domain, tone, asks);
        this.convention = convention;
        this.scorer = scorer;
    }

    /** The eight, in their order. */
    static List<CardTask> eight() {
        return Stream.of(values())
                .filter(task -> task != GQA_NIGHT)
                .map(CardTask.class::cast)
                .toList();
    }

    @Override
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Override
    public Recipe recipe(int index) {
        return recipe;
    }

    @Override
    public Convention convention() {
        return convention;
    }

    @Override
    public String scorer() {
        return scorer;
    }
}
