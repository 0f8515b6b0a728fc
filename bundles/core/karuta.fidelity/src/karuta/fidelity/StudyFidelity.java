package karuta.fidelity;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import karuta.api.Fusion;
import karuta.api.KarutaException;
import karuta.api.Learner;
import karuta.api.PromptPool;
import karuta.api.Selector;
import karuta.api.Strategy;
import karuta.engine.catalog.Kind;
import karuta.engine.catalog.Strategies;
import karuta.engine.catalog.Strategies.Instance;
import karuta.engine.plan.ArmPlan;
import karuta.engine.plan.RunPlan;
import karuta.engine.plan.StrategyConfig;
import karuta.engine.plan.StudyPlan;
import karuta.study.Training;

/**
 * Says of the arms of a study whether they are ModalPrompt.
 *
 * @param strategies what there is
 */
public record StudyFidelity(Strategies strategies) {

    private static final Map<String, Double> TRAINING = Map.of("learning rate", 2e-4, "warm-up", 0.03, "epochs", 10.0);

    /** What is to be said of an arm. */
    public sealed interface Answer {

        /** It plays a pool, a selector and a fusion, and has been compared with the definition. */
        record Compared(Verdict verdict) implements Answer {}

        /**
         * It is another method.
         *
         * @param what such as {@code baseline.lora}
         */
        record Other(String what) implements Answer {}
    }

    /**
     * Plays every arm on the toys.
     *
     * @return an answer for each, by the arm's name, in their order
     * @throws KarutaException if an arm's strategies do not work together
     */
    public Map<String, Answer> of(StudyPlan plan) {
        var answers = new LinkedHashMap<String, Answer>();
        plan.runs().forEach(run -> answers.computeIfAbsent(run.arm().arm().getName(), name -> of(plan, run)));
        return answers;
    }

    private Answer of(StudyPlan plan, RunPlan run) {
        var arm = run.arm();
        if (arm.arm().isAnalysis()) {
            return new Answer.Other("an analysis, whose strategies are told the true task");
        }
        var pool = part(arm, Kind.POOL);
        var selector = part(arm, Kind.SELECTOR);
        var fusion = part(arm, Kind.FUSION);
        if (arm.over().isPresent() || pool.isEmpty() || selector.isEmpty() || fusion.isEmpty()) {
            return new Answer.Other(method(arm));
        }
        var verdict = Fidelity.of(arm(arm.learner(), pool.get(), selector.get(), fusion.get()));
        if (verdict.findings().stream().anyMatch(found -> found.deviation() == Deviation.NO_PROTOTYPE_PROMPT)) {
            return new Answer.Other(method(arm));
        }
        var settings = new ArrayList<>(verdict.settings());
        settings.addAll(training(run.training()));
        plan.shared().flatMap(shared -> text(shared.encoder())).ifPresent(settings::add);
        return new Answer.Compared(new Verdict(verdict.findings(), settings, verdict.compared()));
    }

    private static Optional<StrategyConfig> part(ArmPlan arm, Kind kind) {
        return arm.parts().stream().filter(part -> part.type().kind() == kind).findFirst();
    }

    private static String method(ArmPlan arm) {
        var names = Stream.concat(Stream.of(arm.learner()), arm.parts().stream())
                .map(part -> part.type().name())
                .collect(Collectors.joining(", "));
        return names + arm.over().map(inner -> " over " + method(inner)).orElse("");
    }

    private Arm arm(StrategyConfig learner, StrategyConfig pool, StrategyConfig selector, StrategyConfig fusion) {
        var made = new ArrayList<Instance>();
        return new Arm(
                part(learner, Learner.class, made),
                part(pool, PromptPool.class, made),
                part(selector, Selector.class, made),
                part(fusion, Fusion.class, made),
                () -> {
                    made.forEach(Instance::close);
                    made.clear();
                });
    }

    private <T extends Strategy> Part<T> part(StrategyConfig choice, Class<T> contract, List<Instance> made) {
        var values = new HashMap<String, Object>();
        choice.type()
                .options()
                .forEach(option ->
                        option.defaults().flatMap(option::read).ifPresent(value -> values.put(option.name(), value)));
        values.putAll(choice.options());
        return new Part<>(values, options -> {
            var instance = strategies.create(choice.type(), options);
            made.add(instance);
            return contract.cast(instance.strategy());
        });
    }

    private static List<Setting> training(Training training) {
        var settings = new ArrayList<Setting>();
        compare("learning rate", training.getRate(), settings);
        compare("warm-up", training.getWarmup(), settings);
        if (training.isSetSteps()) {
            settings.add(new Setting("steps of a stage", "10 epochs", Integer.toString(training.getSteps())));
        } else {
            compare("epochs", training.getEpochs(), settings);
        }
        return settings;
    }

    private static void compare(String what, double actual, List<Setting> settings) {
        double defined = TRAINING.getOrDefault(what, actual);
        if (actual != defined) {
            settings.add(new Setting(what, defined, actual));
        }
    }

    /** The definition names both features of a text; the public code's is the pooled one. */
    private static Optional<Setting> text(StrategyConfig encoder) {
        return Optional.ofNullable(encoder.options().get("text"))
                .filter("projected"::equals)
                .map(text -> new Setting("text feature", "pooled, before the projection", text.toString()));
    }
}
