package karuta.engine.plan;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.stream.Stream;
import karuta.api.Ability;
import karuta.engine.catalog.StrategyType;
import karuta.study.file.StudyProblems;

/**
 * Holds what the strategies of an arm need against what they are given, so that this is told by name and not by where it leads to.
 *
 * @param problems where it is told
 */
public record NeedCheck(StudyProblems problems) {

    /** What is declared, before anything is loaded; who declares nothing is asked when it is loaded. */
    void declared(StudyPlan.Shared shared, ArmPlan arm, boolean exemplarFree) {
        choices(arm)
                .forEach(choice -> choice.type().abilities().needs().stream()
                        .sorted()
                        .forEach(need -> {
                            switch (need.giver()) {
                                case ENCODER ->
                                    declared(choice, need, shared.encoder().type());
                                case BACKBONE ->
                                    declared(choice, need, shared.backbone().type());
                                case STUDY ->
                                    ofStudy(
                                            choice,
                                            need,
                                            exemplarFree,
                                            arm.arm().isAnalysis());
                            }
                        }));
    }

    private void declared(StrategyConfig choice, Ability need, StrategyType giver) {
        var withheld = giver.abilities()
                .provides()
                .filter(given ->
                        need != Ability.ONE_WIDTH && !given.contains(need)); // a width is the model's, not the code's
        withheld.ifPresent(given -> tell(choice, need, giver.name() + " gives none"));
    }

    private void ofStudy(StrategyConfig choice, Ability need, boolean exemplarFree, boolean analysis) {
        if (need == Ability.STORED_SAMPLES && exemplarFree) {
            tell(choice, need, "the study says \"exemplarFree: true\"");
        }
        if (need == Ability.TRUE_TASK && !analysis) {
            tell(choice, need, "the arm is not marked as analysis");
        }
    }

    /**
     * What loaded models give in truth.
     *
     * @param given whether they give something
     * @return whether nothing is missing
     */
    public boolean loaded(StudyPlan.Shared shared, ArmPlan arm, Predicate<Ability> given) {
        var missing = new AtomicBoolean();
        choices(arm)
                .forEach(choice -> choice.type().abilities().needs().stream()
                        .sorted()
                        .filter(need -> need.giver() != Ability.Giver.STUDY && !given.test(need))
                        .forEach(need -> {
                            var giver = need.giver() == Ability.Giver.ENCODER ? shared.encoder() : shared.backbone();
                            tell(choice, need, giver.type().name() + ", as it is loaded, gives none");
                            missing.set(true);
                        }));
        return !missing.get();
    }

    private void tell(StrategyConfig choice, Ability need, String why) {
        problems.add(
                choice.place(),
                choice.type().name() + " needs " + need.words() + ", and " + why + "; " + need.remedy());
    }

    private static Stream<StrategyConfig> choices(ArmPlan arm) {
        var own = Stream.concat(Stream.of(arm.learner()), arm.parts().stream());
        return Stream.concat(own, arm.over().stream().flatMap(NeedCheck::choices));
    }
}
