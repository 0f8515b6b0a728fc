package karuta.fusion.gated;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import karuta.api.Cards;
import karuta.api.Footprint;
import karuta.api.Fusion;
import karuta.api.Insert;
import karuta.api.Insert.Tokens;
import karuta.api.KarutaException;
import karuta.api.Parameter;
import karuta.api.Selection.Pick;
import karuta.api.Stage;
import karuta.api.StageData;
import karuta.api.State;
import karuta.api.StrategyBase;
import karuta.tensor.Ops;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * Puts the chosen prompts one after the other, in the order of the selection. The last one's tokens stay as they are: in training it is
 * the card that is trained, later the best one. Those of the others are multiplied by a gate that every stage goes on training, and by
 * the card's weight if the selector gave one. No paper stands for it: ModalPrompt's fusion, which can learn how much of other tasks it
 * lets through.
 */
@Component(name = "gated", factory = Fusion.KIND)
@Designate(ocd = GatedFusion.Options.class)
public final class GatedFusion extends StrategyBase implements Fusion {

    private static final String GATE = "gate";
    private static final Shape SHAPE = new Shape(1);

    /** Options of this fusion. */
    @ObjectClassDefinition(
            name = "Gated fusion",
            description = "Prompts one after the other; a learned gate says how much all but the best one count.")
    public @interface Options {

        @AttributeDefinition(description = "What the gate starts as; 1 lets everything through.")
        double start() default 1;

        @AttributeDefinition(description = "Factor on the learning rate of the gate.", min = "0")
        double rate() default 1;
    }

    private final double start;
    private final double rate;

    /** One, once a stage has begun. */
    private List<NDArray> gate = List.of();

    @Activate
    public GatedFusion(Options options) {
        this(options.start(), options.rate());
    }

    GatedFusion(double start, double rate) {
        this.start = start;
        this.rate = rate;
    }

    @Override
    public void beginStage(Stage stage, StageData data) {
        if (gate.isEmpty()) {
            gate = List.of(context().keep(Ops.plus(context().manager().zeros(SHAPE), start)));
        }
    }

    @Override
    public List<Parameter> trainable() {
        return gate.stream().map(value -> new Parameter(GATE, value, rate)).toList();
    }

    @Override
    public List<List<Insert>> fuse(List<Choice> samples, Cards cards) {
        return samples.stream().map(sample -> fused(sample.selection().picks())).toList();
    }

    private List<Insert> fused(List<Pick> picks) {
        return IntStream.range(0, picks.size())
                .boxed()
                .flatMap(i -> tokens(picks.get(i), i == picks.size() - 1))
                .toList();
    }

    private Stream<Insert> tokens(Pick pick, boolean last) {
        return pick.card().inserts().stream().map(insert -> {
            if (!(insert instanceof Tokens tokens)) {
                throw new KarutaException(
                        "The fusion \"gated\" can only gate soft tokens, but card "
                                + pick.card().id() + " inserts something else.",
                        "Use a pool of soft tokens, or the fusion \"sum\" or \"concat\".");
            }
            if (last) {
                return tokens;
            }
            NDArray prompt = tokens.embeddings();
            return new Tokens(pick.weight().map(prompt::mul).orElse(prompt).mul(gate.get(0)));
        });
    }

    @Override
    public Footprint footprint() {
        return new Footprint(gate.size(), gate.size(), 0, 0);
    }

    @Override
    public State save() {
        return gate.isEmpty() ? State.EMPTY : new State(Map.of(GATE, gate.get(0)), Map.of());
    }

    @Override
    public void load(State state) {
        gate = state.tensors().isEmpty()
                ? List.of()
                : Optional.ofNullable(state.tensors().get(GATE))
                        .filter(kept -> kept.getShape().equals(SHAPE))
                        .map(kept -> List.of(context().keep(kept)))
                        .orElseThrow(() -> new KarutaException(
                                "The kept state of the fusion \"gated\" has no number " + GATE + ".",
                                "Go on with the fusion that it was made with."));
    }
}
