package karuta.tensor;

import java.util.List;
import java.util.Optional;
import karuta.api.Footprint;
import karuta.api.Input;
import karuta.api.Insert;
import karuta.api.KarutaException;
import karuta.api.Learner;
import karuta.api.Parameter;
import karuta.api.PromptedInput;
import karuta.api.Stage;
import karuta.api.StageData;
import karuta.api.State;
import karuta.api.StrategyBase;
import karuta.api.TrainingStep;

/** A learner that trains a fresh adapter in every stage, beside those of earlier ones; a method adds what it asks of them. */
public abstract class StagedLoraLearner extends StrategyBase implements Learner {

    private final String name;
    private final int rank;
    private final double alpha;
    private final double dropout;
    private final List<String> targets;
    private Optional<StagedLora> adapters = Optional.empty();

    /**
     * @param name of the strategy, in messages and of its random numbers, such as {@code method.olora}
     * @param rank r of a stage's adapter
     * @param alpha the adapters are scaled by {@code alpha / r}
     * @param dropout before the adapter that is trained
     * @param targets which layers get one, see {@link Targets}
     */
    protected StagedLoraLearner(String name, int rank, double alpha, double dropout, String... targets) {
        this.name = name;
        this.rank = rank;
        this.alpha = alpha;
        this.dropout = dropout;
        this.targets = List.of(targets);
    }

    /** @throws KarutaException if the rank is above a layer's width */
    @Override
    protected final void started() {
        var linears = Targets.among(context().backbone().spec().linears(), targets);
        adapters = Optional.of(new StagedLora(context(), name, linears, rank, alpha));
    }

    /** What it trains and has trained. */
    protected final StagedLora adapters() {
        return adapters.orElseThrow();
    }

    @Override
    public void beginStage(Stage stage, StageData data) {
        adapters().open(context().random(name).fork(stage.number()));
    }

    @Override
    public List<Parameter> trainable() {
        return adapters().trainable();
    }

    @Override
    public List<PromptedInput> prompt(List<Input> inputs) {
        return with(inputs, adapters().inserts());
    }

    @Override
    public List<PromptedInput> prompt(List<Input> inputs, TrainingStep step) {
        return with(inputs, adapters().inserts(dropout, step.random().fork("dropout")));
    }

    private static List<PromptedInput> with(List<Input> inputs, List<Insert> inserts) {
        return inputs.stream().map(input -> new PromptedInput(input, inserts)).toList();
    }

    @Override
    public void endStage(Stage stage, StageData data) {
        adapters().close();
    }

    @Override
    public Footprint footprint() {
        return adapters().footprint();
    }

    @Override
    public State save() {
        return adapters().save();
    }

    @Override
    public void load(State state) {
        adapters().load(state);
    }
}
