package karuta.method.sprompts;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import karuta.api.Card;
import karuta.api.Guidance;
import karuta.api.Insert.Tokens;
import karuta.api.KarutaException;
import karuta.api.Paper;
import karuta.api.PromptPool;
import karuta.api.Stage;
import karuta.api.StageData;
import karuta.tensor.CardShelf;
import karuta.tensor.Ops;
import karuta.tensor.Room;
import karuta.tensor.Scope;
import karuta.tensor.ShelfPool;
import karuta.tensor.Tensors;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/**
 * S-Prompts' pool: a prompt per stage {@code [length, d]}, trained alone by the language model's loss, and as its keys {@code [centres,
 * c]} the k-means centres of the stage's features, each divided by its length. Cards of earlier stages never change.
 *
 * <p>The prompts of a language model are soft tokens at its input. The published ones are a vision tower's, together with a text
 * tower's in the variant for CLIP; the tower is frozen here. They start normal with deviation 0.02.
 */
@Component(name = "pool.sprompts", factory = PromptPool.KIND)
@Designate(ocd = SPromptsPool.Options.class)
@Paper("Wang, Huang, Hong: S-Prompts Learning with Pre-trained Transformers: An Occam's Razor for Domain Incremental"
        + " Learning, NeurIPS 2022, section 3")
public final class SPromptsPool extends ShelfPool implements PromptPool {

    private static final double DEVIATION = 0.02;

    /** Options of this pool. */
    @ObjectClassDefinition(
            name = "S-Prompts' pool",
            description = "A prompt per task, trained alone and found by centres of the task's features.")
    public @interface Options {

        @AttributeDefinition(description = "Soft tokens per prompt.", min = "1")
        int length() default 10;

        @AttributeDefinition(description = "Cluster centres per task, fewer where it has fewer features.", min = "1")
        int centres() default 5;

        @AttributeDefinition(
                description = "The feature that is clustered; in the paper that of the image.",
                options = {@Option(Guidance.IMAGE), @Option(Guidance.TEXT)})
        String feature() default Guidance.IMAGE;
    }

    private final int length;
    private final int centres;
    private final String feature;

    @Activate
    public SPromptsPool(Options options) {
        this(options.length(), options.centres(), options.feature());
    }

    SPromptsPool(int length, int centres, String feature) {
        super("sprompts");
        this.length = length;
        this.centres = centres;
        this.feature = feature;
    }

    @Override
    public void beginStage(Stage stage, StageData data) {
        Room.forLearned("\"length\": " + length + " of pool.sprompts", shape().size());
        var draws = context().random("pool.sprompts").fork(stage.number()).fork("prompt");
        try (var scope = Scope.open()) {
            NDArray numbers = Tensors.of(context().manager(), draws.normals((int) shape().size()), shape());
            var tokens = new Tokens(context().keep(Ops.scale(numbers, DEVIATION)));
            shelf().train(List.of(new Card(
                    shelf().unused(String.join("+", stage.tasks())),
                    CardShelf.task(stage),
                    true,
                    Map.of(),
                    List.of(tokens))));
        }
    }

    private Shape shape() {
        return new Shape(length, context().backbone().spec().hidden());
    }

    @Override
    public void endStage(Stage stage, StageData data) {
        var found = centres(data, stage);
        shelf().freeze(card ->
                new Card(card.id(), card.task(), false, Map.of(feature, found), card.inserts(), card.weights()));
    }

    private NDArray centres(StageData data, Stage stage) {
        var points = new ArrayList<double[]>();
        for (var i = 0; i < data.size(); i++) {
            data.batch(i, i + 1)
                    .inputs()
                    .get(0)
                    .guidance()
                    .feature(feature)
                    .ifPresent(found -> points.add(unit(found)));
        }
        if (points.isEmpty()) {
            throw new KarutaException(
                    "The pool \"sprompts\" clusters the " + feature + " features of " + String.join(", ", stage.tasks())
                            + ", but no sample there has one.",
                    "Set its \"feature\" to the other one, or use another pool for such tasks.");
        }
        var draws = context().random("pool.sprompts").fork(stage.number()).fork("centres");
        var found = new KMeans(points).centres(centres, draws);
        var width = points.get(0).length;
        var floats = new float[found.size() * width];
        IntStream.range(0, floats.length).forEach(i -> floats[i] = (float) found.get(i / width)[i % width]);
        try (NDArray array = Tensors.of(context().manager(), floats, new Shape(found.size(), width))) {
            return context().keep(array);
        }
    }

    private static double[] unit(NDArray feature) {
        var numbers = feature.toFloatArray();
        var norm = Math.sqrt(IntStream.range(0, numbers.length)
                .mapToDouble(i -> (double) numbers[i] * numbers[i])
                .sum());
        return IntStream.range(0, numbers.length)
                .mapToDouble(i -> numbers[i] / norm)
                .toArray();
    }

    @Override
    protected boolean fits(Card card) {
        return ((Tokens) card.inserts().get(0)).embeddings().getShape().equals(shape())
                && card.keys().entrySet().stream()
                        .allMatch(key -> key.getKey().equals(feature)
                                && key.getValue().getShape().get(1)
                                        == context().encoder().size(feature));
    }
}
