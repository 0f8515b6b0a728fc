package karuta.engine.run;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import karuta.engine.catalog.Kind;
import karuta.engine.catalog.OptionType;
import karuta.engine.catalog.Strategies;
import karuta.study.Arm;
import karuta.study.KarutaFactory;
import karuta.study.Run;
import karuta.study.StrategyReference;

/** What the options of a run's strategies are where the study leaves them out: another version may have other defaults. */
public final class Defaults {

    private final Strategies strategies;
    private final Run run;

    /**
     * @param strategies what there is now
     * @param run whose options
     */
    public Defaults(Strategies strategies, Run run) {
        this.strategies = strategies;
        this.run = run;
    }

    /** The values by their places, such as {@code arm.selector.k}. */
    public Map<String, String> values() {
        var values = new TreeMap<String, String>();
        each((place, choice) -> unset(choice)
                .forEach(option -> text(option).ifPresent(text -> values.put(place + "." + option.name(), text))));
        return values;
    }

    /** Sets the options of the run that had another default when it was carried out; lists are left alone. */
    public void restore(Map<String, String> then) {
        each((place, choice) -> unset(choice)
                .filter(option -> !option.many())
                .toList()
                .forEach(option -> {
                    var former = Optional.ofNullable(then.get(place + "." + option.name()));
                    if (former.isPresent() && !former.equals(text(option))) {
                        set(choice, option.name(), former.get());
                    }
                }));
    }

    private static void set(StrategyReference choice, String name, String text) {
        var word = KarutaFactory.eINSTANCE.createWord();
        word.setText(text);
        var option = KarutaFactory.eINSTANCE.createOption();
        option.setKey(name);
        option.getValues().add(word);
        choice.getOptions().add(option);
    }

    private static Optional<String> text(OptionType option) {
        return option.defaults().map(texts -> option.many() ? texts.toString() : String.join("", texts));
    }

    private Stream<OptionType> unset(StrategyReference choice) {
        return Kind.ofWord(choice.getKind())
                .flatMap(kind -> strategies.find(kind, choice.getId(), Optional.ofNullable(choice.getBundle())))
                .stream()
                .flatMap(type -> type.options().stream())
                .filter(option -> choice.getOptions().stream()
                        .noneMatch(given -> given.getKey().equals(option.name())));
    }

    private void each(BiConsumer<String, StrategyReference> what) {
        each("backbone", run.getBackbone(), what);
        each("encoder", run.getEncoder(), what);
        each("benchmark", run.getBenchmark(), what);
        each("arm", run.getArm(), what);
    }

    private static void each(String place, Arm arm, BiConsumer<String, StrategyReference> what) {
        each(place + ".learner", arm.getLearner(), what);
        arm.getParts().forEach(part -> each(place + "." + part.getKind(), part, what));
        Optional.ofNullable(arm.getOver()).ifPresent(over -> each(place + ".over", over, what));
    }

    private static void each(String place, StrategyReference choice, BiConsumer<String, StrategyReference> what) {
        what.accept(place, choice);
        Optional.ofNullable(choice.getOver()).ifPresent(over -> each(place + ".over", over, what));
    }
}
