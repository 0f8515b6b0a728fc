package karuta.selector.repro;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import karuta.api.Ability;
import karuta.api.Calls;
import karuta.api.Card;
import karuta.api.Cards;
import karuta.api.Footprint;
import karuta.api.Guidance;
import karuta.api.KarutaException;
import karuta.api.Needs;
import karuta.api.Paper;
import karuta.api.Selection;
import karuta.api.Selection.Pick;
import karuta.api.Selector;
import karuta.api.Stage;
import karuta.api.StageData;
import karuta.api.State;
import karuta.api.StrategyBase;
import karuta.tensor.CardSimilarity;
import karuta.tensor.FeatureMeans;
import karuta.tensor.Likeness;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/**
 * RePro's routing, without training: the mean of a task's frozen image features and that of its text features are its prototypes, and a
 * sample gets the card of the task whose prototypes are nearest. It goes over any pool with a card per stage, whatever that inserts and
 * whatever keys it has. While a card is trained it is chosen.
 *
 * <p>Only a summary of the paper was at hand. It does not say how image and text are joined and compared: the defaults are ours, as in
 * ModalPrompt, half of each and cosines.
 */
@Component(name = "repro", factory = Selector.KIND)
@Designate(ocd = ReproSelector.Options.class)
@Paper("RePro, from: Is Our Benchmark Enough?, CATS workshop at ICML 2026; from its summary, without code")
@Needs({Ability.IMAGE_FEATURES, Ability.TEXT_FEATURES})
public final class ReproSelector extends StrategyBase implements Selector {

    /** How a feature is compared with a prototype. */
    enum Distance {
        /** By the angle. */
        COSINE,
        /** By the Euclidean distance. */
        L2
    }

    /** Options of this selector. */
    @ObjectClassDefinition(
            name = "RePro's routing",
            description = "The card of the task whose mean frozen features are nearest; nothing is trained.")
    public @interface Options {

        @AttributeDefinition(description = "Weight of the image; the instruction has the rest.", min = "0", max = "1")
        double lambda() default 0.5;

        @AttributeDefinition(
                description = "How features and prototypes are compared; ours.",
                options = {@Option("cosine"), @Option("l2")})
        String distance() default "cosine";
    }

    /**
     * A task's prototypes.
     *
     * @param task learned by a stage
     * @param means by the feature's name, {@code [1, its width]}
     */
    private record Prototype(String task, Map<String, NDArray> means) {}

    private final double lambda;
    private final Distance distance;

    /** In the order of the stages. */
    private final List<Prototype> prototypes = new ArrayList<>();

    /** Shadows of the pool's cards, with prototypes as keys. */
    private Cards routes = Cards.of(List.of());

    private List<Card> routed = List.of();

    @Activate
    public ReproSelector(Options options) {
        this(options.lambda(), options.distance().equals("l2") ? Distance.L2 : Distance.COSINE);
    }

    ReproSelector(double lambda, Distance distance) {
        this.lambda = lambda;
        this.distance = distance;
    }

    @Override
    public void beginStage(Stage stage, StageData data) {
        if (stage.tasks().size() != 1) {
            throw new KarutaException(
                    "The selector \"repro\" routes between tasks, but a stage has the tasks " + stage.tasks()
                            + " at once.",
                    "Use a learner that learns one task after the other, or another selector.");
        }
    }

    @Override
    public void endStage(Stage stage, StageData data) {
        prototypes.add(new Prototype(stage.tasks().get(0), FeatureMeans.of(data, context())));
    }

    @Override
    public List<Selection> select(Calls calls) {
        var cards = calls.cards();
        if (cards.trainable().length > 0) {
            return calls.trained();
        }
        route(cards);
        var shadows = new Calls(routes, calls.samples());
        var scores = distance == Distance.COSINE ? CardSimilarity.dual(shadows, lambda) : distances(shadows);
        return IntStream.range(0, scores.length)
                .mapToObj(i -> Selection.top(routes, scores[i], 1))
                .map(chosen -> new Selection(
                        chosen.picks().stream().map(this::behind).toList(),
                        chosen.runnerUp().map(this::behind)))
                .toList();
    }

    /** The pool's card behind a shadow. */
    private Pick behind(Pick shadow) {
        return IntStream.range(0, routes.size())
                .filter(i -> routes.get(i) == shadow.card())
                .mapToObj(i -> new Pick(routed.get(i), shadow.score()))
                .findFirst()
                .orElseThrow();
    }

    /** Anew only if the pool has other cards. */
    private void route(Cards cards) {
        var same = routed.size() == cards.size()
                && IntStream.range(0, cards.size()).allMatch(i -> routed.get(i) == cards.get(i));
        if (!same) {
            routed = cards.all();
            routes = routes.now(shadows(routed));
        }
    }

    /** The n-th card of a task belongs to the n-th stage that learned it. */
    private List<Card> shadows(List<Card> cards) {
        var left = new ArrayList<>(prototypes);
        return cards.stream()
                .map(card -> {
                    var task = card.task().orElseThrow(() -> unroutable(card));
                    var own = left.stream()
                            .filter(prototype -> prototype.task().equals(task))
                            .findFirst()
                            .orElseThrow(() -> unroutable(card));
                    left.remove(own);
                    return new Card(card.id(), card.task(), false, own.means(), List.of());
                })
                .toList();
    }

    private static KarutaException unroutable(Card card) {
        return new KarutaException(
                "The selector \"repro\" needs a card per task and stage, but no stage stands for card \"" + card.id()
                        + "\" alone.",
                "Use a pool that makes one card for each task, such as \"prototype\" or \"sprompts\".");
    }

    /** Minus the distances, joined as cosines are. */
    private double[][] distances(Calls calls) {
        return calls.samples().stream()
                .map(call -> routes.all().stream()
                        .mapToDouble(card -> -joined(
                                distance(call.guidance(), card, Guidance.IMAGE),
                                distance(call.guidance(), card, Guidance.TEXT)))
                        .toArray())
                .toArray(double[][]::new);
    }

    private double joined(Optional<Double> image, Optional<Double> text) {
        if (image.isPresent() && text.isPresent()) {
            return lambda * image.get() + (1 - lambda) * text.get();
        }
        return image.or(() -> text)
                .orElseThrow(() -> new KarutaException(
                        "The selector \"repro\" cannot route a sample that has neither image nor text.",
                        "Leave such samples out."));
    }

    private static Optional<Double> distance(Guidance guidance, Card card, String name) {
        return guidance.feature(name)
                .flatMap(feature ->
                        card.keys(name).map(key -> -Likeness.EUCLIDEAN.of(feature.toFloatArray(), key.toFloatArray())));
    }

    @Override
    public Footprint footprint() {
        var stored = prototypes.stream()
                .flatMap(prototype -> prototype.means().values().stream())
                .mapToLong(NDArray::size)
                .sum();
        return new Footprint(0, stored, 0, 0);
    }

    @Override
    public State save() {
        var tensors = new HashMap<String, NDArray>();
        var metadata = new HashMap<String, String>();
        for (var i = 0; i < prototypes.size(); i++) {
            var prefix = i + ".";
            metadata.put(prefix + "task", prototypes.get(i).task());
            prototypes.get(i).means().forEach((name, mean) -> tensors.put(prefix + name, mean));
        }
        return new State(tensors, metadata);
    }

    @Override
    public void load(State state) {
        prototypes.clear();
        for (var i = 0; state.metadata().containsKey(i + ".task"); i++) {
            var prefix = i + ".";
            var means = new HashMap<String, NDArray>();
            state.tensors().forEach((name, mean) -> {
                if (name.startsWith(prefix)) {
                    means.put(name.substring(prefix.length()), context().keep(mean));
                }
            });
            prototypes.add(new Prototype(state.metadata().get(prefix + "task"), means));
        }
    }

    @Override
    public void close() {
        routes.close();
    }
}
