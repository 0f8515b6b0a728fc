package karuta.method.drape;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import karuta.api.Ability;
import karuta.api.Cards;
import karuta.api.Footprint;
import karuta.api.Forward;
import karuta.api.Fusion;
import karuta.api.Gradient;
import karuta.api.Insert;
import karuta.api.KarutaException;
import karuta.api.Needs;
import karuta.api.Paper;
import karuta.api.Parameter;
import karuta.api.Stage;
import karuta.api.StageData;
import karuta.api.State;
import karuta.api.StrategyBase;
import karuta.api.TrainingStep;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * DRAPE's prompts: of each query's embeddings the chosen card's {@link Generator} makes M soft tokens. Every task goes on training
 * the projector, slowly, and only where the features of earlier tasks are not: see {@link SharedProjector}.
 *
 * <p>There is no public code; from the paper's equations. Where a selector chooses several cards, the tokens of all stand one
 * after the other.
 */
@Component(name = "fusion.drape", factory = Fusion.KIND)
@Designate(ocd = DrapeFusion.Options.class)
@Paper(
        "Hu, Zhou: Dynamic Cross-Modal Prompt Generation for Multimodal Continual Instruction Tuning, arXiv 2605.10765, 2026;"
                + " from its equations, as there is no public code")
@Needs(Ability.QUERY_EMBEDDINGS)
public final class DrapeFusion extends StrategyBase implements Fusion {

    /** Options of this fusion. */
    @ObjectClassDefinition(
            name = "DRAPE's prompts",
            description =
                    "Soft tokens made of each query, built from the paper's equations; no public code to compare with.")
    public @interface Options {

        @AttributeDefinition(description = "Soft tokens per query, and segments of its instruction (M).", min = "1")
        int length() default 10;

        @AttributeDefinition(
                description =
                        "Heads of both attentions; a divisor of the generators' width. The paper does not say: ours.",
                min = "1")
        int heads() default 8;

        @AttributeDefinition(
                description = "Factor on the learning rate of the projector (2e-5 beside 2e-4); 0 leaves it frozen.",
                min = "0")
        double projectorRate() default 0.1;

        @AttributeDefinition(
                description =
                        "Share of the energy of earlier tasks' features that the projector's gradients leave alone."
                                + " The paper does not say: ours.",
                min = "0",
                max = "1")
        double protectedEnergy() default 0.99;

        @AttributeDefinition(
                description =
                        "Whether the projector's moves are projected, too. AdamW scales a gradient number by number, so"
                                + " that a projected one alone still moves what is protected. Ours: the paper projects gradients.")
        boolean projectMoves() default false;
    }

    private final int length;
    private final int heads;
    private final double projectorRate;
    private final double protectedEnergy;
    private final boolean projectMoves;
    private SharedProjector projector = SharedProjector.NONE;

    @Activate
    public DrapeFusion(Options options) {
        this(
                options.length(),
                options.heads(),
                options.projectorRate(),
                options.protectedEnergy(),
                options.projectMoves());
    }

    DrapeFusion(int length, int heads, double projectorRate, double protectedEnergy, boolean projectMoves) {
        this.length = length;
        this.heads = heads;
        this.projectorRate = projectorRate;
        this.protectedEnergy = protectedEnergy;
        this.projectMoves = projectMoves;
    }

    @Override
    public void beginStage(Stage stage, StageData data) {
        if (projectorRate > 0 && projector.layers().isEmpty()) {
            projector = SharedProjector.fresh(context());
        }
    }

    @Override
    public List<List<Insert>> fuse(List<Choice> samples, Cards cards) {
        var shared = projector.inserts();
        var queries = SharedProjector.embed(samples.stream().map(Choice::input).toList(), shared, context());
        var prompts = new GeneratedTokens(length, heads, context()).of(samples, queries);
        return IntStream.range(0, samples.size())
                .mapToObj(i -> Stream.concat(
                                samples.get(i).selection().picks().stream()
                                        .map(pick -> new Insert.Tokens(
                                                prompts.get(i).get(pick.card().id()))),
                                shared.stream())
                        .<Insert>map(insert -> insert)
                        .toList())
                .toList();
    }

    @Override
    public List<Parameter> trainable() {
        return projector.parameters(projectorRate);
    }

    @Override
    public List<Gradient> gradients(List<Gradient> gradients, TrainingStep step) {
        return gradients.stream().map(projector::projected).toList();
    }

    @Override
    public void afterStep(Forward forward, TrainingStep step) {
        if (projectMoves) {
            projector.hold();
        }
    }

    /** Steps move the projector, which is trained, and nothing else. */
    @Override
    public Optional<State> saveWithin() {
        return Optional.of(State.EMPTY);
    }

    @Override
    public void endStage(Stage stage, StageData data) {
        projector = projector.protecting(data, protectedEnergy, context());
    }

    @Override
    public Footprint footprint() {
        return projector.footprint();
    }

    @Override
    public State save() {
        return new State(projector.tensors(), Map.of("length", String.valueOf(length), "heads", String.valueOf(heads)));
    }

    @Override
    public void load(State state) {
        for (var own : save().metadata().entrySet()) {
            if (!own.getValue().equals(state.metadata().get(own.getKey()))) {
                throw unfit("was made with another " + own.getKey());
            }
        }
        projector = state.tensors().isEmpty()
                ? SharedProjector.NONE
                : SharedProjector.of(state.tensors(), protectedEnergy, context());
    }

    static KarutaException unfit(String what) {
        return new KarutaException(
                "The kept state of the fusion \"drape\" " + what + ".",
                "Go on with the options and the backbone that it was made with.");
    }
}
