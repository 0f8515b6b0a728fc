package karuta.selector.modality;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import karuta.api.Ability;
import karuta.api.Calls;
import karuta.api.Card;
import karuta.api.Footprint;
import karuta.api.Guidance;
import karuta.api.KarutaException;
import karuta.api.Needs;
import karuta.api.Parameter;
import karuta.api.Selection;
import karuta.api.Selection.Pick;
import karuta.api.Selector;
import karuta.api.Stage;
import karuta.api.StageData;
import karuta.api.State;
import karuta.api.StrategyBase;
import karuta.tensor.GuidanceFeatures;
import karuta.tensor.Ops;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * Learns how much image u and instruction v count: all frozen cards, with keys k, weighted by the softmax over them of {@code (a cos(u, k)
 * + b cos(v, k)) / temperature}, where a and b are the softmax of two numbers that every stage goes on training. The heaviest comes
 * last; after it, in training, the card that is trained, which counts fully. The two numbers start at 0, so that both count half. The first stage, which has no frozen cards, does not
 * move them. No paper stands for it: ModalPrompt's lambda, learned.
 */
@Component(name = "modality", factory = Selector.KIND)
@Designate(ocd = ModalitySelector.Options.class)
@Needs({Ability.IMAGE_FEATURES, Ability.TEXT_FEATURES})
public final class ModalitySelector extends StrategyBase implements Selector {

    private static final String BALANCE = "balance";
    private static final Shape SHAPE = new Shape(2);

    /** Options of this selector. */
    @ObjectClassDefinition(
            name = "Learned modality weight",
            description = "All cards by weights; how much image and instruction count is learned. Needs a fusion that"
                    + " weighs.")
    public @interface Options {

        @AttributeDefinition(
                description = "What scores are divided by before the softmax; the smaller, the fewer cards count.",
                min = "0.0001")
        double temperature() default 0.2;

        @AttributeDefinition(description = "Factor on the learning rate of the two numbers.", min = "0")
        double rate() default 1;
    }

    private final double temperature;
    private final double rate;

    /** One, once a stage has begun. */
    private List<NDArray> balance = List.of();

    @Activate
    public ModalitySelector(Options options) {
        this(options.temperature(), options.rate());
    }

    ModalitySelector(double temperature, double rate) {
        this.temperature = temperature;
        this.rate = rate;
    }

    @Override
    public void beginStage(Stage stage, StageData data) {
        if (balance.isEmpty()) {
            balance = List.of(context().keep(context().manager().zeros(SHAPE)));
        }
    }

    @Override
    public List<Parameter> trainable() {
        return balance.stream()
                .map(value -> new Parameter(BALANCE, value, rate))
                .toList();
    }

    @Override
    public List<Selection> select(Calls calls) {
        var cards = calls.cards();
        var frozen = IntStream.of(cards.frozen()).mapToObj(cards::get).toList();
        if (frozen.isEmpty()) {
            return calls.trained();
        }
        NDArray shares = Ops.softmax(balance.isEmpty() ? context().manager().zeros(SHAPE) : balance.get(0));
        NDArray scores = cosines(calls, frozen, Guidance.IMAGE)
                .mul(shares.get(0))
                .add(cosines(calls, frozen, Guidance.TEXT).mul(shares.get(1)));
        NDArray weights = Ops.softmax(Ops.scale(scores, 1 / temperature));
        var trained = calls.trained();
        return IntStream.range(0, trained.size())
                .mapToObj(i -> selection(frozen, weights.get(i), trained.get(i)))
                .toList();
    }

    /** {@code [samples, cards]}. */
    private static NDArray cosines(Calls calls, List<Card> cards, String feature) {
        return Ops.cosine(GuidanceFeatures.of(calls, feature).expandDims(1), GuidanceFeatures.keys(cards, feature));
    }

    private static Selection selection(List<Card> frozen, NDArray weights, Selection trained) {
        var numbers = weights.toFloatArray();
        var picks = new ArrayList<Pick>();
        for (var i = 0; i < numbers.length; i++) {
            picks.add(new Pick(frozen.get(i), numbers[i], Optional.of(weights.get(i))));
        }
        picks.sort(Comparator.comparingDouble(Pick::score));
        picks.addAll(trained.picks());
        return new Selection(picks);
    }

    @Override
    public Footprint footprint() {
        var numbers = balance.size() * SHAPE.size();
        return new Footprint(numbers, numbers, 0, 0);
    }

    @Override
    public State save() {
        return balance.isEmpty() ? State.EMPTY : new State(Map.of(BALANCE, balance.get(0)), Map.of());
    }

    @Override
    public void load(State state) {
        balance = state.tensors().isEmpty()
                ? List.of()
                : Optional.ofNullable(state.tensors().get(BALANCE))
                        .filter(kept -> kept.getShape().equals(SHAPE))
                        .map(kept -> List.of(context().keep(kept)))
                        .orElseThrow(() -> new KarutaException(
                                "The kept state of the selector \"modality\" has no two numbers " + BALANCE + ".",
                                "Go on with the selector that it was made with."));
    }
}
