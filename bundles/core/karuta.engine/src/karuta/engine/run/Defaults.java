package karuta.engine.run;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
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

    /** What they were by their places, such as {@code arm.selector.k}: a record has all settings, those of the study too. */
    public static Map<String, String> of(Run run) {
        var values = new TreeMap<String, String>();
        if (run.getSettings().isEmpty()) { // answers of others, or a record of before settings were kept
            return values;
        }
        each(
                run,
                place -> run.getSettings().stream()
                        .filter(setting -> setting.getKey().startsWith(place.setting() + "."))
                        .forEach(setting -> {
                            var name =
                                    setting.getKey().substring(place.setting().length() + 1);
                            if (name.indexOf('.') < 0 && !place.gives(name)) {
                                values.put(place.path() + "." + name, text(setting.isList(), setting.texts()));
                            }
                        }));
        return values;
    }

    /** Sets the options of the run that had another default when it was carried out; lists are left alone. */
    public void restore(Map<String, String> then) {
        each(
                run,
                place -> unset(place).filter(option -> !option.many()).toList().forEach(option -> {
                    var former = Optional.ofNullable(then.get(place.path() + "." + option.name()));
                    if (former.isPresent() && !former.equals(text(option))) {
                        set(place.choice(), option.name(), former.get());
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
        return option.defaults().map(texts -> text(option.many(), texts));
    }

    private static String text(boolean many, List<String> texts) {
        return many ? List.copyOf(texts).toString() : String.join("", texts);
    }

    private Stream<OptionType> unset(Place place) {
        var choice = place.choice();
        return Kind.ofWord(choice.getKind())
                .flatMap(kind -> strategies.find(kind, choice.getId(), Optional.ofNullable(choice.getBundle())))
                .stream()
                .flatMap(type -> type.options().stream())
                .filter(option -> !place.gives(option.name()));
    }

    /**
     * Where a strategy stands.
     *
     * @param path such as {@code arm.over.learner}, as differences between runs are told
     * @param setting such as {@code over.baseline}, as {@link ReadSettings} keeps them
     * @param choice the strategy
     */
    private record Place(String path, String setting, StrategyReference choice) {

        boolean gives(String option) {
            return choice.getOptions().stream().anyMatch(given -> given.getKey().equals(option));
        }

        void each(Consumer<Place> what) {
            what.accept(this);
            Optional.ofNullable(choice.getOver())
                    .ifPresent(over -> new Place(path + ".over", setting + ".over." + over.getKind(), over).each(what));
        }
    }

    private static void each(Run run, Consumer<Place> what) {
        Stream.of(run.getBackbone(), run.getEncoder(), run.getBenchmark())
                .forEach(choice -> new Place(choice.getKind(), choice.getKind(), choice).each(what));
        each("arm", "", run.getArm(), what);
    }

    private static void each(String path, String prefix, Arm arm, Consumer<Place> what) {
        var learner = arm.getLearner();
        new Place(path + ".learner", prefix + learner.getKind(), learner).each(what);
        arm.getParts()
                .forEach(part -> new Place(path + "." + part.getKind(), prefix + part.getKind(), part).each(what));
        Optional.ofNullable(arm.getOver()).ifPresent(over -> each(path + ".over", prefix + "over.", over, what));
    }
}
