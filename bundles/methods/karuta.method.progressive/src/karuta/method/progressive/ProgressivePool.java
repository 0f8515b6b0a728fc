package karuta.method.progressive;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import karuta.api.Card;
import karuta.api.Insert.Tokens;
import karuta.api.Paper;
import karuta.api.Parameter;
import karuta.api.PromptPool;
import karuta.api.RandomStream;
import karuta.api.Stage;
import karuta.api.StageData;
import karuta.tensor.Autograd;
import karuta.tensor.CardShelf;
import karuta.tensor.Initial;
import karuta.tensor.Ops;
import karuta.tensor.Room;
import karuta.tensor.Scope;
import karuta.tensor.ShelfPool;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * Progressive Prompts' pool: a prompt per stage {@code P + W2 tanh(W1 P + b1) + b2}, {@code [length, d]}, with P copies of randomly drawn
 * rows of the token embeddings and a perceptron of the stage's own. When the stage ends, the prompt is computed once and kept, P and the
 * perceptron are dropped, and it never changes again. Cards have no keys: the selector takes all.
 */
@Component(name = "pool.progressive", factory = PromptPool.KIND)
@Designate(ocd = ProgressivePool.Options.class)
@Paper("Razdaibiedina, Mao, Hou, Khabsa, Lewis, Almahairi: Progressive Prompts: Continual Learning for Language Models,"
        + " ICLR 2023, section 3")
public final class ProgressivePool extends ShelfPool implements PromptPool {

    private static final String PROMPT = "prompt";

    /** Options of this pool. */
    @ObjectClassDefinition(
            name = "Progressive Prompts' pool",
            description = "A prompt per task, trained through a residual perceptron of its own.")
    public @interface Options {

        @AttributeDefinition(description = "Soft tokens per prompt.", min = "1")
        int length() default 10;

        @AttributeDefinition(
                description = "Width of the perceptron that prompts are trained through; 0 trains them as they are.",
                min = "0")
        int bottleneck() default 800;
    }

    private final int length;
    private final int bottleneck;

    /** What the last stage trained, freed only when the next one begins: until then others may still look at it. */
    private List<NDArray> dropped = List.of();

    @Activate
    public ProgressivePool(Options options) {
        this(options.length(), options.bottleneck());
    }

    ProgressivePool(int length, int bottleneck) {
        super("progressive");
        this.length = length;
        this.bottleneck = bottleneck;
    }

    @Override
    public void beginStage(Stage stage, StageData data) {
        Room.forLearned(
                "\"length\": " + length + " and \"bottleneck\": " + bottleneck + " of pool.progressive",
                shapes().values().stream().mapToDouble(Shape::size).sum());
        dropped.forEach(NDArray::close);
        dropped = List.of();
        var draws = context().random("pool.progressive").fork(stage.number());
        var weights = new LinkedHashMap<String, NDArray>();
        shapes().forEach((name, shape) -> weights.put(name, first(name, shape, draws.fork(name))));
        shelf().train(List.of(new Card(
                shelf().unused(String.join("+", stage.tasks())),
                CardShelf.task(stage),
                true,
                Map.of(),
                List.of(),
                weights)));
    }

    /** P, and the perceptron as {@code nn.Sequential} names it. */
    private Map<String, Shape> shapes() {
        var hidden = context().backbone().spec().hidden();
        var shapes = new LinkedHashMap<String, Shape>();
        shapes.put(PROMPT, new Shape(length, hidden));
        if (bottleneck > 0) {
            shapes.put("0.weight", new Shape(bottleneck, hidden));
            shapes.put("0.bias", new Shape(bottleneck));
            shapes.put("2.weight", new Shape(hidden, bottleneck));
            shapes.put("2.bias", new Shape(hidden));
        }
        return shapes;
    }

    private NDArray first(String name, Shape shape, RandomStream draws) {
        try (var scope = Scope.open()) {
            var inputs = name.startsWith("0") ? context().backbone().spec().hidden() : bottleneck;
            return context()
                    .keep(
                            name.equals(PROMPT)
                                    ? Initial.tokens(length, draws, context())
                                    : Initial.uniform(context().manager(), shape, 1 / Math.sqrt(inputs), draws));
        }
    }

    /** The card that is trained shows its prompt as it is now, with gradients into what it is made of. */
    @Override
    public List<Card> cards() {
        return super.cards().stream()
                .map(card -> card.trainable() ? with(card, prompt(card.weights())) : card)
                .toList();
    }

    private static Card with(Card card, NDArray prompt) {
        return new Card(card.id(), card.task(), card.trainable(), Map.of(), List.of(new Tokens(prompt)));
    }

    private static NDArray prompt(Map<String, NDArray> weights) {
        NDArray prompt = weights.get(PROMPT);
        if (weights.size() == 1) {
            return prompt;
        }
        NDArray inner = Ops.linear(prompt, weights.get("0.weight"), weights.get("0.bias"))
                .tanh();
        return prompt.add(Ops.linear(inner, weights.get("2.weight"), weights.get("2.bias")));
    }

    @Override
    public void endStage(Stage stage, StageData data) {
        dropped = trainable().stream().map(Parameter::value).toList();
        shelf().freeze(card -> with(card, Autograd.noGrad(() -> context().keep(prompt(card.weights())))));
    }

    @Override
    protected boolean fits(Card card) {
        return card.trainable()
                ? shapes().entrySet().stream()
                        .allMatch(entry -> card.weights().containsKey(entry.getKey())
                                && card.weights().get(entry.getKey()).getShape().equals(entry.getValue()))
                : ((Tokens) card.inserts().get(0)).embeddings().getShape().equals(shapes().get(PROMPT));
    }
}
