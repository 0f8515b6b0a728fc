package karuta.pool.prototype;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import karuta.api.Ability;
import karuta.api.Card;
import karuta.api.Footprint;
import karuta.api.Forward;
import karuta.api.Guidance;
import karuta.api.Needs;
import karuta.api.Paper;
import karuta.api.Parameter;
import karuta.api.PromptPool;
import karuta.api.RandomStream;
import karuta.api.Stage;
import karuta.api.StageData;
import karuta.api.State;
import karuta.api.StrategyBase;
import karuta.api.TrainingStep;
import karuta.tensor.Autograd;
import karuta.tensor.Ops;
import karuta.tensor.Room;
import karuta.tensor.Scope;
import karuta.tensor.Tensors;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * ModalPrompt's pool. Every stage opens a prompt P [M, d], copies of randomly drawn rows of the backbone's token
 * embeddings, and a transform h; the mean of h(P) is the prototype p [c] that guidance is compared with. Two alignment
 * losses pull p to the stage's image and text features. When the stage ends, p is computed once and kept, h is dropped,
 * and the card never changes again. The number of stages is open.
 */
@Component(name = "prototype", factory = PromptPool.KIND)
@Designate(ocd = PrototypePool.Options.class)
@Paper("Zeng, Zhu, Guo, Zhang, Liu: ModalPrompt: Towards Efficient Multimodal Continual Instruction Tuning with"
        + " Dual-Modality Guided Prompt, EMNLP 2025, section 3 (prototype prompts)")
@Needs({Ability.IMAGE_FEATURES, Ability.TEXT_FEATURES, Ability.ONE_WIDTH})
public final class PrototypePool extends StrategyBase implements PromptPool {

    /** Options of this pool. */
    @ObjectClassDefinition(
            name = "Prototype pool",
            description = "A soft prompt per stage, and the prototype that it is found by.")
    public @interface Options {

        @AttributeDefinition(description = "Soft tokens per prompt (M).", min = "1")
        int length() default 10;

        @AttributeDefinition(description = "Weight of the alignment with the image features.", min = "0")
        double lossImage() default 1;

        @AttributeDefinition(description = "Weight of the alignment with the text features.", min = "0")
        double lossText() default 1;

        @AttributeDefinition(description = "Factor on the learning rate of the transform.", min = "0")
        double transformRate() default 1;
    }

    private final int length;
    private final double lossImage;
    private final double lossText;
    private final double transformRate;
    private final List<Card> closed = new ArrayList<>();
    private Optional<TrainablePrompt> open = Optional.empty();

    /** The last stage's parameters, freed only when the next stage opens: until then others may still look at them. */
    private Optional<TrainablePrompt> previous = Optional.empty();

    private long trained;

    @Activate
    public PrototypePool(Options options) {
        this(options.length(), options.lossImage(), options.lossText(), options.transformRate());
    }

    PrototypePool(int length, double lossImage, double lossText, double transformRate) {
        this.length = length;
        this.lossImage = lossImage;
        this.lossText = lossText;
        this.transformRate = transformRate;
    }

    @Override
    public void beginStage(Stage stage, StageData data) {
        var what = "\"length\": " + length + " of pool.prototype";
        Room.forLearned(what, (double) length * context().backbone().spec().hidden());
        Room.forJava(what, (double) length * Long.BYTES);
        previous.ifPresent(TrainablePrompt::free);
        previous = Optional.empty();
        var tasks = stage.tasks();
        var draws = context().random("pool.prototype").fork(stage.number());
        var transform = Transform.random(
                context().backbone().spec().hidden(),
                PoolState.features(context()),
                draws.fork("transform"),
                context());
        var task = tasks.size() == 1 ? Optional.of(tasks.get(0)) : Optional.<String>empty();
        var prompt = new TrainablePrompt(unused(String.join("+", tasks)), task, rows(draws.fork("rows")), transform);
        open = Optional.of(prompt);
        trained = prompt.size();
    }

    /** A name for a card: what was learned, and a number where that is learned again. */
    private String unused(String name) {
        var used = closed.stream().map(Card::id).toList();
        var numbered = Stream.iterate(2, number -> number + 1).map(number -> name + "#" + number);
        return Stream.concat(Stream.of(name), numbered)
                .filter(id -> !used.contains(id))
                .findFirst()
                .orElseThrow();
    }

    /** Copies of M rows of the token embeddings. */
    private NDArray rows(RandomStream draws) {
        return Autograd.noGrad(() -> {
            try (var scope = Scope.open()) {
                var table = context().backbone().embeddings();
                var vocabulary = (int) table.getShape().get(0);
                var ids = LongStream.range(0, length)
                        .map(i -> draws.below(vocabulary, i))
                        .toArray();
                NDArray chosen = Ops.rows(table, Tensors.of(context().manager(), ids));
                return context().keep(Ops.cast(chosen, DataType.FLOAT32));
            }
        });
    }

    @Override
    public List<Card> cards() {
        var cards = new ArrayList<>(closed);
        open.map(TrainablePrompt::card).ifPresent(cards::add);
        return cards;
    }

    @Override
    public List<Parameter> trainable() {
        return open.map(prompt -> prompt.parameters(transformRate)).orElse(List.of());
    }

    @Override
    public Map<String, NDArray> losses(Forward forward, TrainingStep step) {
        var batch = forward.guidance();
        var losses = new LinkedHashMap<String, NDArray>();
        open.map(TrainablePrompt::prototype).ifPresent(prototype -> {
            align("align.image", lossImage, features(batch, Guidance::image), prototype, losses);
            align("align.text", lossText, features(batch, Guidance::text), prototype, losses);
        });
        return losses;
    }

    private static NDList features(List<Guidance> batch, Function<Guidance, Optional<NDArray>> modality) {
        return new NDList(batch.stream().map(modality).flatMap(Optional::stream).toList());
    }

    /** Adds {@code weight (1 - mean cos(feature, p))}; absent features do not count. */
    private static void align(
            String name, double weight, NDList features, NDArray prototype, Map<String, NDArray> losses) {
        if (weight > 0 && !features.isEmpty()) {
            NDArray cosines = Ops.cosine(NDArrays.stack(features), prototype);
            losses.put(name, Ops.scale(Ops.plus(cosines.mean().neg(), 1), weight));
        }
    }

    @Override
    public void endStage(Stage stage, StageData data) {
        open.ifPresent(prompt -> closed.add(prompt.frozen(context())));
        previous = open;
        open = Optional.empty();
    }

    @Override
    public Footprint footprint() {
        return new Footprint(trained, closed.stream().mapToLong(PoolState::size).sum(), 0, 0);
    }

    @Override
    public State save() {
        return PoolState.write(closed, open, trained);
    }

    @Override
    public void load(State state) {
        var archive = new PoolState(state, context(), length);
        closed.clear();
        closed.addAll(archive.cards());
        open = archive.open();
        trained = archive.trained();
    }
}
