package karuta.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import karuta.api.BackboneSpec.Linear;
import karuta.api.Footprint;
import karuta.api.Insert;
import karuta.api.KarutaException;
import karuta.api.Parameter;
import karuta.api.RandomStream;
import karuta.api.State;
import karuta.api.StrategyContext;

/**
 * A fresh low-rank adapter of linear layers in every stage; those of earlier stages stay as they are and are added to it (what
 * O-LoRA does, and SEFE, which merges them into the weight). Those of earlier stages are one adapter, their A's one above the
 * other, their B's side by side: exactly their sum.
 */
public final class StagedLora {

    private static final String OPEN = ".open";

    private final StrategyContext context;
    private final String name;
    private final List<Linear> linears;
    private final int rank;
    private final double alpha;
    private final Map<String, LoraLayer> past = new LinkedHashMap<>();
    private final Map<String, LoraLayer> open = new LinkedHashMap<>();

    /**
     * @param name of the strategy, in messages
     * @param linears that get adapters
     * @param rank r of a stage's adapter
     * @param alpha the adapters are scaled by {@code alpha / r}
     * @throws KarutaException if the rank is above a layer's width
     */
    public StagedLora(StrategyContext context, String name, List<Linear> linears, int rank, double alpha) {
        Targets.requireRank(linears, rank, name);
        this.context = context;
        this.name = name;
        this.linears = List.copyOf(linears);
        this.rank = rank;
        this.alpha = alpha;
    }

    /** The adapted layers. */
    public List<Linear> linears() {
        return linears;
    }

    /** Makes a fresh adapter, which adds nothing yet. */
    public void open(RandomStream draws) {
        Room.forLearned(
                "\"rank\": " + rank + " of " + name,
                linears.stream()
                        .mapToDouble(linear -> (double) rank * (linear.in() + linear.out()))
                        .sum());
        for (var linear : linears) {
            var fresh = LoraLayer.fresh(
                    context.manager(), linear.in(), linear.out(), rank, scale(), draws.fork(linear.name()));
            open.put(linear.name(), kept(fresh.a(), fresh.b()));
        }
    }

    private double scale() {
        return alpha / rank;
    }

    private LoraLayer kept(NDArray a, NDArray b) {
        return new LoraLayer(context.keep(a), context.keep(b), scale());
    }

    /** What is trained of a layer now. */
    public Optional<LoraLayer> open(Linear linear) {
        return Optional.ofNullable(open.get(linear.name()));
    }

    /** What earlier stages left of a layer, {@code A [sum of r, in]}, {@code B [out, sum of r]}. */
    public Optional<LoraLayer> past(Linear linear) {
        return Optional.ofNullable(past.get(linear.name()));
    }

    /** A and B of every layer, as PEFT names them. */
    public List<Parameter> trainable() {
        var parameters = new ArrayList<Parameter>();
        open.forEach((linear, pair) -> {
            parameters.add(new Parameter(linear + SavedNames.LORA_A, pair.a()));
            parameters.add(new Parameter(linear + SavedNames.LORA_B, pair.b()));
        });
        return parameters;
    }

    /** What is put into the backbone at inference. */
    public List<Insert> inserts() {
        return inserts(0, RandomStream.of(0, name));
    }

    /** What is put into the backbone in training, with dropout before the adapter that is trained. */
    public List<Insert> inserts(double dropout, RandomStream random) {
        var inserts = new ArrayList<Insert>();
        past.forEach((linear, pair) -> inserts.add(new Insert.Adapter(linear, pair)));
        open.forEach((linear, pair) -> inserts.add(new Insert.Adapter(
                linear,
                dropout == 0 ? pair : pair.dropping(dropout, random.fork(linear).bits(0)))));
        return inserts;
    }

    /** Freezes what was trained. */
    public void close() {
        open.forEach((linear, pair) -> past.merge(linear, pair, this::beside));
        open.clear();
    }

    private LoraLayer beside(LoraLayer old, LoraLayer pair) {
        return kept(NDArrays.concat(new NDList(old.a(), pair.a())), NDArrays.concat(new NDList(old.b(), pair.b()), 1));
    }

    /** What one stage trains, and all that is kept. */
    public Footprint footprint() {
        var trained = past.isEmpty() && open.isEmpty()
                ? 0
                : linears.stream()
                        .mapToLong(linear -> (long) rank * (linear.in() + linear.out()))
                        .sum();
        return new Footprint(
                trained, tensors().values().stream().mapToLong(NDArray::size).sum(), 0, 0);
    }

    private Map<String, NDArray> tensors() {
        var tensors = new HashMap<String, NDArray>();
        past.forEach((linear, pair) -> put(tensors, linear, pair));
        open.forEach((linear, pair) -> put(tensors, linear + OPEN, pair));
        return tensors;
    }

    private static void put(Map<String, NDArray> tensors, String place, LoraLayer pair) {
        tensors.put(place + SavedNames.LORA_A, pair.a());
        tensors.put(place + SavedNames.LORA_B, pair.b());
    }

    /** The matrices, and as metadata rank and alpha. */
    public State save() {
        return new State(tensors(), Map.of("rank", String.valueOf(rank), "alpha", String.valueOf(alpha)));
    }

    /**
     * Takes up what {@link #save} gave; what else the state holds is left to the strategy.
     *
     * @throws KarutaException if it was made with another rank or alpha, or for other layers
     */
    public void load(State state) {
        past.clear();
        open.clear();
        if (state.tensors().isEmpty()) {
            return;
        }
        var kept = new KeptState(
                state, "\"" + name + "\"", "Go on with the rank, alpha, targets and backbone that it was made with.");
        kept.requireSame(save().metadata());
        for (var linear : linears) {
            read(linear, "", state, kept).ifPresent(pair -> past.put(linear.name(), pair));
            read(linear, OPEN, state, kept).ifPresent(pair -> open.put(linear.name(), pair));
            if (!past.containsKey(linear.name()) && !open.containsKey(linear.name())) {
                throw kept.unfit("has no adapter of " + linear.name());
            }
        }
        state.tensors().keySet().stream()
                .filter(tensor -> tensor.endsWith(SavedNames.LORA_A))
                .filter(tensor -> linears.stream().noneMatch(linear -> tensor.startsWith(linear.name() + ".")))
                .findFirst()
                .ifPresent(tensor -> {
                    throw kept.unfit("holds more than this run's targets: " + tensor);
                });
    }

    private Optional<LoraLayer> read(Linear linear, String which, State state, KeptState kept) {
        var place = linear.name() + which;
        var a = Optional.ofNullable(state.tensors().get(place + SavedNames.LORA_A));
        var b = Optional.ofNullable(state.tensors().get(place + SavedNames.LORA_B));
        if (a.isEmpty() || b.isEmpty()) {
            return Optional.empty();
        }
        var size = a.get().getShape().get(0);
        if (!a.get().getShape().equals(new Shape(size, linear.in()))
                || !b.get().getShape().equals(new Shape(linear.out(), size))) {
            throw kept.unfit("has an adapter of " + linear.name() + " of another shape");
        }
        return Optional.of(kept(a.get(), b.get()));
    }
}
