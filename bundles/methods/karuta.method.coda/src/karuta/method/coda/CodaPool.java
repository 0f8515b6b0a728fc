package karuta.method.coda;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import karuta.api.Card;
import karuta.api.Forward;
import karuta.api.Guidance;
import karuta.api.Insert.Prefix;
import karuta.api.KarutaException;
import karuta.api.Paper;
import karuta.api.PromptPool;
import karuta.api.Stage;
import karuta.api.StageData;
import karuta.api.TrainingStep;
import karuta.tensor.CardShelf;
import karuta.tensor.Ops;
import karuta.tensor.Room;
import karuta.tensor.ShelfPool;
import karuta.tensor.Tensors;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/**
 * CODA-Prompt's pool: every stage adds components to each of some layers. A component is a prefix P (keys and values, {@code [length / 2,
 * key-value size]} each), a key K and an attention A, {@code [1, c]} both; it is a card of its own, as each layer weighs its components
 * for itself. Only a stage's own components are trained. Each of P, K and A starts as a random vector of length 1, orthogonal to those
 * before it in its layer, while there is room (Gram-Schmidt, from the public code; the paper draws them as they come).
 *
 * <p>A penalty {@code mu (o(P) + o(K) + o(A))}, {@code o(M) = mean((M M^T - I)^2)} over all components of a layer, summed over the
 * layers, can keep them apart.
 */
@Component(name = "pool.coda", factory = PromptPool.KIND)
@Designate(ocd = CodaPool.Options.class)
@Paper("Smith, Karlinsky, Gutta, Cascante-Bonilla, Kim, Arbelle, Panda, Feris, Kira: CODA-Prompt: COntinual Decomposed"
        + " Attention-based Prompting for Rehearsal-Free Continual Learning, CVPR 2023, section 4")
public final class CodaPool extends ShelfPool implements PromptPool {

    /** The name of a component's attention vector among its keys: no feature has it. */
    static final String ATTENTION = "attention";

    /** Options of this pool. */
    @ObjectClassDefinition(
            name = "CODA-Prompt's pool",
            description = "Components of prefixes that each stage adds, with a key and an attention vector each.")
    public @interface Options {

        @AttributeDefinition(
                description = "Components that a stage adds to each layer; in the paper 100 over 10 tasks.",
                min = "1")
        int components() default 10;

        @AttributeDefinition(
                description = "Length of a component: an even number, of which half are keys and half are values.",
                min = "2")
        int length() default 8;

        @AttributeDefinition(description = "Decoder layers with components, from 0; at least one.")
        int[] layers() default {0, 1, 2, 3, 4};

        @AttributeDefinition(
                description =
                        "How strongly components of a layer are kept orthogonal (mu). 0 as in the public code since"
                                + " it starts them so; 0.1 in the paper.",
                min = "0")
        double penalty() default 0;

        @AttributeDefinition(
                description = "The feature that is the query; in the paper that of the image.",
                options = {@Option(Guidance.IMAGE), @Option(Guidance.TEXT)})
        String feature() default Guidance.IMAGE;
    }

    private final int components;
    private final int length;
    private final List<Integer> layers;
    private final double penalty;
    private final String feature;

    @Activate
    public CodaPool(Options options) {
        this(
                options.components(),
                options.length(),
                Arrays.stream(options.layers()).boxed().toList(),
                options.penalty(),
                options.feature());
    }

    CodaPool(int components, int length, List<Integer> layers, double penalty, String feature) {
        super("coda");
        this.components = components;
        this.length = length;
        this.layers = layers;
        this.penalty = penalty;
        this.feature = feature;
    }

    @Override
    public void beginStage(Stage stage, StageData data) {
        requireOptions();
        Room.forLearned(
                "\"components\": " + components + " of pool.coda",
                (double) components * layers.size() * (prefixSize() + 2.0 * features()));
        layers.forEach(layer -> shelf().train(drawn(layer, stage)));
    }

    private void requireOptions() {
        var most = context().backbone().spec().layers();
        if (layers.isEmpty() || layers.stream().anyMatch(layer -> layer < 0 || layer >= most)) {
            throw new KarutaException(
                    "\"layers\" of pool.coda is " + layers + ", but the backbone has the layers 0 to " + (most - 1)
                            + ".",
                    "Name layers that it has, at least one.");
        }
        if (length % 2 != 0) {
            throw new KarutaException(
                    "\"length\" of pool.coda is " + length + ", which cannot be halved into keys and values.",
                    "Choose an even number.");
        }
    }

    private List<Card> drawn(int layer, Stage stage) {
        var old = shelf().cards().stream().filter(card -> layer(card) == layer).toList();
        var draws = context().random("pool.coda").fork(stage.number()).fork(layer);
        var prompts = OrthogonalDraw.of(
                floats(old, card -> prompt(prefix(card))), components, prefixSize(), draws.fork("prompts"));
        var keys = OrthogonalDraw.of(
                floats(old, card -> card.keys().get(feature)), components, features(), draws.fork("keys"));
        var attentions = OrthogonalDraw.of(
                floats(old, card -> card.keys().get(ATTENTION)), components, features(), draws.fork("attentions"));
        return IntStream.range(0, components)
                .mapToObj(i -> {
                    var half = prefixSize() / 2;
                    var prompt = prompts.get(i);
                    return new Card(
                            (old.size() + i + 1) + "@" + layer,
                            CardShelf.task(stage),
                            true,
                            Map.of(
                                    feature, kept(keys.get(i), new Shape(1, features())),
                                    ATTENTION, kept(attentions.get(i), new Shape(1, features()))),
                            List.of(new Prefix(
                                    layer,
                                    kept(Arrays.copyOf(prompt, half), prefixShape()),
                                    kept(Arrays.copyOfRange(prompt, half, 2 * half), prefixShape()))));
                })
                .toList();
    }

    private static List<float[]> floats(List<Card> cards, Function<Card, NDArray> part) {
        return cards.stream().map(part).map(NDArray::toFloatArray).toList();
    }

    private NDArray kept(double[] numbers, Shape shape) {
        var floats = new float[numbers.length];
        IntStream.range(0, floats.length).forEach(i -> floats[i] = (float) numbers[i]);
        try (NDArray array = Tensors.of(context().manager(), floats, shape)) {
            return context().keep(array);
        }
    }

    private static Prefix prefix(Card card) {
        return (Prefix) card.inserts().get(0);
    }

    private static int layer(Card card) {
        return prefix(card).layer();
    }

    /** Keys and values as one row. */
    private static NDArray prompt(Prefix prefix) {
        return NDArrays.concat(new NDList(prefix.keys(), prefix.values())).reshape(1, -1);
    }

    private Shape prefixShape() {
        return new Shape(length / 2, context().backbone().spec().keyValueSize());
    }

    private int prefixSize() {
        return (int) (2 * prefixShape().size());
    }

    private int features() {
        return context().encoder().size(feature);
    }

    @Override
    public Map<String, NDArray> losses(Forward forward, TrainingStep step) {
        if (penalty == 0) {
            return Map.of();
        }
        var terms = new ArrayList<NDArray>();
        for (var layer : layers) {
            var own = shelf().cards().stream()
                    .filter(card -> layer(card) == layer)
                    .toList();
            terms.add(overlap(own, card -> prompt(prefix(card))));
            terms.add(overlap(own, card -> card.keys().get(feature)));
            terms.add(overlap(own, card -> card.keys().get(ATTENTION)));
        }
        return Map.of(
                "orthogonality", Ops.scale(terms.stream().reduce(NDArray::add).orElseThrow(), penalty));
    }

    /** {@code mean((M M^T - I)^2)}. */
    private NDArray overlap(List<Card> cards, Function<Card, NDArray> part) {
        var rows = new NDList(cards.stream().map(part).toList());
        NDArray matrix = rows.size() == 1 ? rows.get(0) : NDArrays.concat(rows);
        return matrix.matMul(matrix.transpose())
                .sub(context().manager().eye(rows.size()))
                .square()
                .mean();
    }

    @Override
    protected boolean fits(Card card) {
        return card.keys().keySet().equals(Set.of(feature, ATTENTION))
                && card.keys().values().stream().allMatch(key -> key.getShape().equals(new Shape(1, features())))
                && layers.contains(layer(card))
                && Stream.of(prefix(card).keys(), prefix(card).values())
                        .allMatch(array -> array.getShape().equals(prefixShape()));
    }
}
