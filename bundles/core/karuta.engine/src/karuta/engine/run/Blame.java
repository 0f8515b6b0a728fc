package karuta.engine.run;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import karuta.engine.catalog.Failures;
import karuta.engine.catalog.Strategies;
import karuta.engine.plan.ArmPlan;
import karuta.engine.plan.StrategyConfig;
import karuta.study.Located;

/**
 * Tells of what an arm threw whose it is, and where the study asks for it.
 *
 * @param strategies know which code came from outside
 * @param arm the arm
 */
record Blame(Strategies strategies, ArmPlan arm) {

    /** Where the study asks for the strategy whose code has thrown, or else for the arm. */
    Located place(Throwable thrown) {
        return culprit(thrown).<Located>map(StrategyConfig::place).orElse(arm.arm());
    }

    private Optional<StrategyConfig> culprit(Throwable thrown) {
        return strategies
                .culprit(thrown)
                .flatMap(culprit -> arm.strategies()
                        .filter(choice -> choice.type().source().file().equals(culprit.file()))
                        .findFirst());
    }

    /** Empty if it is a defect of the program: an arm whose strategies all ship with it. */
    Optional<String> words(Throwable thrown) {
        return new Failures(strategies).explain(thrown).or(() -> suspicion(thrown));
    }

    /** What a strategy gives may fail only later, in code that is not its own. */
    private Optional<String> suspicion(Throwable thrown) {
        var dropped = arm.strategies()
                .map(StrategyConfig::type)
                .filter(type -> type.source().isDropped())
                .distinct()
                .toList();
        return dropped.isEmpty()
                ? Optional.empty()
                : Optional.of(thrown
                        + Arrays.stream(thrown.getStackTrace())
                                .findFirst()
                                .map(frame -> ", at " + frame)
                                .orElse("")
                        + "\n  the arm uses "
                        + dropped.stream().map(type -> type.describe()).collect(Collectors.joining(", "))
                        + ", which may have given what its contract forbids: "
                        + dropped.stream()
                                .map(type -> "`karuta check " + type.name() + "`")
                                .collect(Collectors.joining(", "))
                        + " tells");
    }
}
