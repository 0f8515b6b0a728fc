package karuta.baseline.replay;

import ai.djl.ndarray.NDArray;
import java.util.LinkedHashMap;
import java.util.Map;
import karuta.api.Ability;
import karuta.api.Baseline;
import karuta.api.Forward;
import karuta.api.Needs;
import karuta.api.Paper;
import karuta.api.Stage;
import karuta.api.StageData;
import karuta.api.TrainingStep;
import karuta.rehearsal.RehearsalWrapper;
import karuta.tensor.Ops;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/**
 * Keeps some examples of what was learned and mixes them into the training of what comes later, over any learner. Real
 * pixels and texts are kept, so that its price is known: it is no choice where data may not be kept.
 */
@Component(name = "replay", factory = Baseline.KIND)
@Designate(ocd = ReplayBaseline.Options.class)
@Paper("Chaudhry, Rohrbach, Elhoseiny, Ajanthan, Dokania, Torr, Ranzato: On Tiny Episodic Memories in Continual"
        + " Learning, 2019 (reservoir buffer)")
@Needs(Ability.STORED_SAMPLES)
public final class ReplayBaseline extends RehearsalWrapper implements Baseline {

    /** Options of this baseline. */
    @ObjectClassDefinition(name = "Replay", description = "Rehearses kept examples of earlier tasks, over any learner.")
    public @interface Options {

        @AttributeDefinition(description = "How many examples are kept, of all tasks together.", min = "1")
        int buffer() default 160;

        @AttributeDefinition(description = "How many of them each training step rehearses.", min = "1")
        int batch() default 16;

        /** By default Karuta's of the first day, under which old examples weigh as much as new ones; the paper's is the mean. */
        @AttributeDefinition(
                description =
                        "Whether the losses of new and of rehearsed examples are added up, each a mean, or there is"
                                + " one mean over both, as if they were one batch.",
                options = {@Option("sum"), @Option("mean")})
        String loss() default "sum";
    }

    private final int batch;
    private final boolean mean;

    @Activate
    public ReplayBaseline(Options options) {
        this(options.buffer(), options.batch(), options.loss().equals("mean"));
    }

    ReplayBaseline(int capacity, int batch, boolean mean) {
        super(capacity, "baseline.replay");
        this.batch = batch;
        this.mean = mean;
    }

    /** The learner's terms for the new examples, and below {@code replay.} its terms for old ones, weighted. */
    @Override
    public Map<String, NDArray> losses(Forward forward, TrainingStep step) {
        var losses = new LinkedHashMap<>(super.losses(forward, step));
        if (buffer().size() > 0) {
            var drawn = buffer().batch(buffer().draw(batch, step.random().fork("replay")));
            var rehearsed = Forward.of(context().backbone(), learner(), drawn, step);
            var old = learner().losses(rehearsed, step);
            losses.replaceAll((name, term) -> weighted(name, term, forward, rehearsed));
            old.forEach((name, term) -> losses.put("replay." + name, weighted(name, term, rehearsed, forward)));
        }
        return losses;
    }

    /** A term of a batch, as it counts beside that of another one. */
    private NDArray weighted(String name, NDArray term, Forward own, Forward other) {
        return mean ? Ops.scale(term, share(name, own, other)) : term;
    }

    /** The language model's loss is a mean over answer tokens; other terms are means over examples, or depend on none. */
    private static double share(String name, Forward own, Forward other) {
        var count = name.equals("lm") ? tokens(own) : own.batch().size();
        var others = name.equals("lm") ? tokens(other) : other.batch().size();
        return (double) count / (count + others);
    }

    private static int tokens(Forward forward) {
        return forward.output().lengths().stream().mapToInt(Integer::intValue).sum();
    }

    @Override
    public void endStage(Stage stage, StageData data) {
        super.endStage(stage, data);
        buffer().add(data);
    }
}
