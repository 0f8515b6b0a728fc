package karuta.method.l2p;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import karuta.api.Card;
import karuta.api.Footprint;
import karuta.api.Guidance;
import karuta.api.Insert.Tokens;
import karuta.api.KarutaException;
import karuta.api.Paper;
import karuta.api.Parameter;
import karuta.api.PromptPool;
import karuta.api.RandomStream;
import karuta.api.Stage;
import karuta.api.StageData;
import karuta.api.State;
import karuta.api.StrategyBase;
import karuta.tensor.Initial;
import karuta.tensor.Room;
import karuta.tensor.Scope;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/**
 * L2P's pool: prompts {@code [size, length, d]} and a key for each {@code [size, c]}, all uniform in [-1, 1], trained by every stage.
 * Each is one parameter, as published: the optimiser's momentum also moves prompts that a step did not choose. Nothing is frozen
 * between tasks, so the cards of a stage are other ones than those of the stage before.
 */
@Component(name = "pool.l2p", factory = PromptPool.KIND)
@Designate(ocd = L2pPool.Options.class)
@Paper("Wang, Zhang, Lee, Zhang, Sun, Ren, Su, Perot, Dy, Pfister: Learning to Prompt for Continual Learning, CVPR"
        + " 2022, section 4")
public final class L2pPool extends StrategyBase implements PromptPool {

    private static final String PROMPTS = "prompts";
    private static final String KEYS = "keys";
    private static final String OPEN = "open";

    /** Options of this pool. */
    @ObjectClassDefinition(name = "L2P's pool", description = "Prompts and keys that all tasks share and train.")
    public @interface Options {

        @AttributeDefinition(description = "How many prompts there are.", min = "1")
        int size() default 10;

        @AttributeDefinition(description = "Soft tokens per prompt.", min = "1")
        int length() default 5;

        @AttributeDefinition(
                description = "The feature that keys are compared with; in the paper that of the image.",
                options = {@Option(Guidance.IMAGE), @Option(Guidance.TEXT)})
        String feature() default Guidance.IMAGE;
    }

    private final int size;
    private final int length;
    private final String feature;

    /** Prompts and keys; empty before the first stage. */
    private List<Parameter> trained = List.of();

    private List<Card> frozen = List.of();

    @Activate
    public L2pPool(Options options) {
        this(options.size(), options.length(), options.feature());
    }

    L2pPool(int size, int length, String feature) {
        this.size = size;
        this.length = length;
        this.feature = feature;
    }

    @Override
    public void beginStage(Stage stage, StageData data) {
        if (trained.isEmpty()) {
            Room.forLearned(
                    "\"size\": " + size + " and \"length\": " + length + " of pool.l2p",
                    (double) shape(PROMPTS).size() + shape(KEYS).size());
            var draws = context().random("pool.l2p");
            trained = List.of(uniform(PROMPTS, draws), uniform(KEYS, draws));
        }
        frozen.forEach(card -> {
            card.keys().values().forEach(NDArray::close);
            card.inserts().forEach(tokens -> ((Tokens) tokens).embeddings().close());
        });
        frozen = List.of();
    }

    private Parameter uniform(String name, RandomStream draws) {
        try (var scope = Scope.open()) {
            NDArray numbers = Initial.uniform(context().manager(), shape(name), 1, draws.fork(name));
            return new Parameter(name, context().keep(numbers));
        }
    }

    private Shape shape(String name) {
        return name.equals(PROMPTS)
                ? new Shape(size, length, context().backbone().spec().hidden())
                : new Shape(size, context().encoder().size(feature));
    }

    private boolean open() {
        return frozen.isEmpty() && !trained.isEmpty();
    }

    /** While they are trained, every call gives views of what is trained, with gradients into it. */
    @Override
    public List<Card> cards() {
        return open() ? cards(true) : frozen;
    }

    private List<Card> cards(boolean trainable) {
        return IntStream.range(0, size)
                .mapToObj(i -> {
                    NDArray prompt = trained.get(0).value().get(i);
                    NDArray key = trained.get(1).value().get(i + ":" + (i + 1));
                    var tokens = new Tokens(trainable ? prompt : context().keep(prompt));
                    var keys = Map.of(feature, trainable ? key : context().keep(key));
                    return new Card("prompt " + i, Optional.empty(), trainable, keys, List.of(tokens));
                })
                .toList();
    }

    @Override
    public List<Parameter> trainable() {
        return open() ? trained : List.of();
    }

    @Override
    public void endStage(Stage stage, StageData data) {
        frozen = cards(false);
    }

    @Override
    public Footprint footprint() {
        var numbers = trained.stream()
                .mapToLong(parameter -> parameter.value().size())
                .sum();
        return new Footprint(numbers, numbers, 0, 0);
    }

    @Override
    public State save() {
        return trained.isEmpty()
                ? State.EMPTY
                : new State(
                        Map.of(
                                PROMPTS,
                                trained.get(0).value(),
                                KEYS,
                                trained.get(1).value()),
                        Map.of(OPEN, String.valueOf(open())));
    }

    @Override
    public void load(State state) {
        frozen = List.of();
        trained = state.tensors().isEmpty()
                ? List.of()
                : Stream.of(PROMPTS, KEYS).map(name -> kept(name, state)).toList();
        if (!trained.isEmpty() && !Boolean.parseBoolean(state.metadata().get(OPEN))) {
            frozen = cards(false);
        }
    }

    private Parameter kept(String name, State state) {
        return Optional.ofNullable(state.tensors().get(name))
                .filter(tensor -> tensor.getShape().equals(shape(name)))
                .map(tensor -> new Parameter(name, context().keep(tensor)))
                .orElseThrow(() -> new KarutaException(
                        "The kept state of the pool \"l2p\" has no " + name + " of shape " + shape(name) + ".",
                        "Go on with the options, backbone and encoder that it was made with."));
    }
}
