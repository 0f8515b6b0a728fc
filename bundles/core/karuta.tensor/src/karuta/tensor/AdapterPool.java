package karuta.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import karuta.api.BackboneSpec.Linear;
import karuta.api.Card;
import karuta.api.Footprint;
import karuta.api.Insert;
import karuta.api.Insert.Adapter;
import karuta.api.KarutaException;
import karuta.api.Parameter;
import karuta.api.PromptPool;
import karuta.api.RandomStream;
import karuta.api.Stage;
import karuta.api.StageData;
import karuta.api.State;
import karuta.api.StrategyBase;

/**
 * A pool whose cards are sets of low-rank adapters, one card per stage; their keys are the means of guidance features of the
 * stage's training examples (HiDe-LLaVA, DISCO). A starts normally distributed with deviation 0.01 and B at zero, as the codes
 * that descend from CoIN have it.
 */
public abstract class AdapterPool extends StrategyBase implements PromptPool {

    private static final double DEVIATION = 0.01;

    private final String name;
    private final int rank;
    private final double scale;
    private final List<String> features;
    private final List<String> targets;
    private final List<Card> cards = new ArrayList<>();

    /**
     * @param name of the strategy, in messages and of its random numbers, such as {@code pool.hide}
     * @param rank r of a card's adapters
     * @param scale of their outputs
     * @param features the guidance features whose means are keys
     * @param targets which layers are adapted, see {@link Targets}
     */
    protected AdapterPool(String name, int rank, double scale, List<String> features, String... targets) {
        this.name = name;
        this.rank = rank;
        this.scale = scale;
        this.features = List.copyOf(features);
        this.targets = List.of(targets);
    }

    /** @throws KarutaException if the rank is above a layer's width */
    @Override
    protected final void started() {
        Targets.requireRank(linears(), rank, name);
    }

    private List<Linear> linears() {
        return Targets.among(context().backbone().spec().linears(), targets);
    }

    @Override
    public void beginStage(Stage stage, StageData data) {
        Room.forLearned(
                "\"rank\": " + rank + " of " + name,
                linears().stream()
                        .mapToDouble(linear -> (double) rank * (linear.in() + linear.out()))
                        .sum());
        var draws = context().random(name).fork(stage.number());
        var adapters = linears().stream()
                .<Insert>map(linear -> new Adapter(linear.name(), fresh(linear, draws.fork(linear.name()))))
                .toList();
        var task =
                Optional.of(stage.tasks().get(0)).filter(only -> stage.tasks().size() == 1);
        cards.add(new Card(String.join("+", stage.tasks()), task, true, Map.of(), adapters));
    }

    private LoraLayer fresh(Linear linear, RandomStream draws) {
        NDArray numbers =
                Tensors.of(context().manager(), draws.normals(rank * linear.in()), new Shape(rank, linear.in()));
        NDArray zeros = context().manager().zeros(new Shape(linear.out(), rank));
        return new LoraLayer(
                context().keep(Ops.scale(numbers, DEVIATION)), context().keep(zeros), scale);
    }

    @Override
    public List<Card> cards() {
        return List.copyOf(cards);
    }

    @Override
    public List<Parameter> trainable() {
        return cards.stream()
                .filter(Card::trainable)
                .flatMap(AdapterPool::parameters)
                .toList();
    }

    private static Stream<Parameter> parameters(Card card) {
        return card.inserts().stream().map(Adapter.class::cast).flatMap(adapter -> {
            var pair = (LoraLayer) adapter.delta();
            var place = card.id() + "/" + adapter.linear();
            return Stream.of(
                    new Parameter(place + SavedNames.LORA_A, pair.a()),
                    new Parameter(place + SavedNames.LORA_B, pair.b()));
        });
    }

    /** @throws KarutaException if the examples have none of a feature */
    @Override
    public void endStage(Stage stage, StageData data) {
        var open = cards.remove(cards.size() - 1);
        var means = FeatureMeans.of(data, context());
        var keys = features.stream()
                .collect(Collectors.toMap(
                        feature -> feature,
                        feature -> Optional.ofNullable(means.get(feature))
                                .orElseThrow(() -> new KarutaException(
                                        "\"" + name + "\" finds a task by the mean " + feature
                                                + " feature of its training examples, and " + open.id() + " has none.",
                                        "Leave the task out, or use a strategy that does without."))));
        cards.add(new Card(open.id(), open.task(), false, keys, open.inserts()));
    }

    @Override
    public Footprint footprint() {
        var each = linears().stream()
                .mapToLong(linear -> (long) rank * (linear.in() + linear.out()))
                .sum();
        var keys = cards.stream()
                .flatMap(card -> card.keys().values().stream())
                .mapToLong(NDArray::size)
                .sum();
        return new Footprint(cards.isEmpty() ? 0 : each, cards.size() * each + keys, 0, 0);
    }

    @Override
    public State save() {
        return CardState.write(cards);
    }

    /** @throws KarutaException if the state was made with another rank or scale, or for other layers */
    @Override
    public void load(State state) {
        var read = CardState.read(state, context());
        for (var card : read) {
            for (var insert : card.inserts()) {
                requireOwn((Adapter) insert);
            }
            if (card.inserts().size() != linears().size()) {
                throw unfit("adapts " + card.inserts().size() + " layers, and this run "
                        + linears().size());
            }
        }
        cards.clear();
        cards.addAll(read);
    }

    private void requireOwn(Adapter adapter) {
        var pair = (LoraLayer) adapter.delta();
        if (linears().stream()
                .noneMatch(linear -> linear.name().equals(adapter.linear())
                        && pair.a().getShape().equals(new Shape(rank, linear.in()))
                        && pair.b().getShape().equals(new Shape(linear.out(), rank)))) {
            throw unfit("has an adapter of " + adapter.linear() + " that this run does not make so");
        }
        if (pair.scale() != scale) {
            throw unfit("was made with a scale of " + pair.scale() + ", and this run has " + scale);
        }
    }

    private KarutaException unfit(String what) {
        return new KarutaException(
                "The kept state of \"" + name + "\" " + what + ".",
                "Go on with the rank, scale, targets and backbone that it was made with.");
    }
}
