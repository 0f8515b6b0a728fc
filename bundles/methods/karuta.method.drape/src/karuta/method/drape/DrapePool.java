package karuta.method.drape;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import karuta.api.Card;
import karuta.api.Footprint;
import karuta.api.KarutaException;
import karuta.api.Paper;
import karuta.api.Parameter;
import karuta.api.PromptPool;
import karuta.api.Stage;
import karuta.api.StageData;
import karuta.api.State;
import karuta.api.StrategyBase;
import karuta.tensor.CardState;
import karuta.tensor.Room;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * DRAPE's pool: a generator of prompts per stage, and what it is found by, the mean image and text features of the stage's
 * examples. The generator is trained in its stage alone. A card has the generator as its weights, and no inserts: those
 * are made by the fusion {@code drape}, for each query.
 *
 * <p>There is no public code; from the paper's equations. Which similarity compares a query with the means is up to the selector;
 * ours is {@code dual} with {@code k: 1}.
 */
@Component(name = "pool.drape", factory = PromptPool.KIND)
@Designate(ocd = DrapePool.Options.class)
@Paper(
        "Hu, Zhou: Dynamic Cross-Modal Prompt Generation for Multimodal Continual Instruction Tuning, arXiv 2605.10765, 2026;"
                + " from its equations, as there is no public code")
public final class DrapePool extends StrategyBase implements PromptPool {

    /** Options of this pool. */
    @ObjectClassDefinition(
            name = "DRAPE's pool",
            description =
                    "A generator of prompts per stage, built from the paper's equations; no public code to compare with.")
    public @interface Options {

        @AttributeDefinition(description = "Width H of the generators.", min = "1")
        int hidden() default 512;
    }

    private final int hidden;
    private final List<Card> closed = new ArrayList<>();
    private Optional<Card> open = Optional.empty();

    /** Freed only when the next stage begins: until then others may still look at the parameters. */
    private Optional<Card> previous = Optional.empty();

    @Activate
    public DrapePool(Options options) {
        this(options.hidden());
    }

    DrapePool(int hidden) {
        this.hidden = hidden;
    }

    @Override
    public void beginStage(Stage stage, StageData data) {
        previous.ifPresent(card -> numbers(card).values().forEach(NDArray::close));
        previous = Optional.empty();
        var size = context().backbone().spec().hidden();
        Room.forLearned(
                "\"hidden\": " + hidden + " of pool.drape",
                Generator.shapes(size, hidden).values().stream()
                        .mapToDouble(shape -> shape.size())
                        .sum());
        var draws = context().random("pool.drape").fork(stage.number());
        var generator = Generator.random(size, hidden, draws, context());
        var task = stage.tasks().size() == 1 ? Optional.of(stage.tasks().get(0)) : Optional.<String>empty();
        var id = stage.number() + " " + String.join("+", stage.tasks());
        open = Optional.of(new Card(id, task, true, Prototypes.of(data, context()), List.of(), generator.weights()));
    }

    @Override
    public List<Card> cards() {
        return Stream.concat(closed.stream(), open.stream()).toList();
    }

    @Override
    public List<Parameter> trainable() {
        var parameters = new ArrayList<Parameter>();
        open.ifPresent(card -> Generator.shapes(1, 1)
                .keySet()
                .forEach(name -> parameters.add(
                        new Parameter("generator." + name, card.weights().get(name)))));
        return parameters;
    }

    @Override
    public void endStage(Stage stage, StageData data) {
        open.ifPresent(card -> closed.add(
                new Card(card.id(), card.task(), false, kept(card.keys()), List.of(), kept(card.weights()))));
        previous = open;
        open = Optional.empty();
    }

    /** Copies, so that nothing that happens to the parameters can reach them. */
    private Map<String, NDArray> kept(Map<String, NDArray> arrays) {
        var copies = new LinkedHashMap<String, NDArray>();
        arrays.forEach((name, array) -> copies.put(name, context().keep(array)));
        return copies;
    }

    /** Keys and weights, by names of their own. */
    static Map<String, NDArray> numbers(Card card) {
        var numbers = new LinkedHashMap<String, NDArray>();
        card.keys().forEach((name, key) -> numbers.put("key." + name, key));
        card.weights().forEach((name, weight) -> numbers.put("generator." + name, weight));
        return numbers;
    }

    @Override
    public Footprint footprint() {
        var stored = closed.stream()
                .flatMap(card -> numbers(card).values().stream())
                .mapToLong(NDArray::size)
                .sum();
        var generator = Generator.shapes(context().backbone().spec().hidden(), hidden);
        var trained =
                generator.values().stream().mapToLong(shape -> shape.size()).sum();
        return new Footprint(cards().isEmpty() ? 0 : trained, stored, 0, 0);
    }

    @Override
    public State save() {
        return CardState.write(cards());
    }

    @Override
    public void load(State state) {
        closed.clear();
        open = Optional.empty();
        for (var card : CardState.read(state, context())) {
            requireFit(card);
            if (card.trainable()) {
                open = Optional.of(card);
            } else {
                closed.add(card);
            }
        }
    }

    private void requireFit(Card card) {
        Generator.shapes(context().backbone().spec().hidden(), hidden).forEach((name, shape) -> {
            var weight = Optional.ofNullable(card.weights().get(name));
            if (weight.filter(array -> array.getShape().equals(shape)).isEmpty()) {
                throw unfit("has no " + name + " of shape " + shape);
            }
        });
        card.keys().forEach((feature, key) -> {
            if (!key.getShape().equals(new Shape(1, context().encoder().size(feature)))) {
                throw unfit("has a key of shape " + key.getShape() + " for the feature " + feature);
            }
        });
    }

    private static KarutaException unfit(String what) {
        return new KarutaException(
                "The kept state of the pool \"drape\" " + what + ".",
                "Go on with the options, backbone and encoder that it was made with.");
    }
}
