package karuta.baseline.der;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import karuta.api.Fusion;
import karuta.api.Learner;
import karuta.api.PromptPool;
import karuta.api.Selector;
import karuta.api.State;
import karuta.api.Strategy;
import karuta.baseline.lora.LoraBaseline;
import karuta.fusion.concat.ConcatFusion;
import karuta.kit.ToyContext;
import karuta.kit.ToyLearner;
import karuta.kit.ToyTraining;
import karuta.pool.prototype.PrototypePool;
import karuta.prompt.PromptLearner;
import karuta.selector.dual.DualSelector;

/** A run of toys with the baseline over one of three learners. */
final class Toys implements AutoCloseable {

    enum Over {
        TOY,
        PROMPT,
        LORA
    }

    final ToyContext context = new ToyContext(1);
    final Learner learner;
    final ToyTraining alone;
    final DerBaseline der;
    final ToyTraining training;
    private final List<Strategy> strategies = new ArrayList<>();

    Toys(Over over, DerBaseline der) {
        this.der = der;
        learner = switch (over) {
            case TOY -> new ToyLearner();
            case LORA -> new LoraBaseline(defaults(LoraBaseline.Options.class));
            case PROMPT -> {
                with(PromptPool.class, new PrototypePool(defaults(PrototypePool.Options.class)));
                with(Selector.class, new DualSelector(defaults(DualSelector.Options.class)));
                with(Fusion.class, new ConcatFusion());
                yield new PromptLearner();
            }
        };
        with(Learner.class, learner);
        context.start(der);
        strategies.add(der);
        alone = new ToyTraining(learner, context);
        training = new ToyTraining(der, context);
    }

    private <T extends Strategy> void with(Class<T> kind, T part) {
        context.with(kind, part);
        strategies.add(part);
    }

    /** Options as a study has them that says nothing. */
    private static <T> T defaults(Class<T> options) {
        return options.cast(Proxy.newProxyInstance(
                options.getClassLoader(), new Class<?>[] {options}, (proxy, option, none) -> option.getDefaultValue()));
    }

    List<State> save() {
        return strategies.stream().map(Strategy::save).toList();
    }

    void load(List<State> states) {
        for (var i = 0; i < states.size(); i++) {
            strategies.get(i).load(states.get(i));
        }
    }

    /** What is trained now, number by number. */
    List<List<Float>> numbers() {
        return learner.trainable().stream()
                .map(parameter -> floats(parameter.value().toFloatArray()))
                .toList();
    }

    private static List<Float> floats(float[] numbers) {
        var list = new ArrayList<Float>();
        for (var number : numbers) {
            list.add(number);
        }
        return list;
    }

    @Override
    public void close() {
        context.close();
    }
}
