package karuta.baseline.replay;

import ai.djl.ndarray.NDArray;
import java.util.LinkedHashMap;
import java.util.Map;
import karuta.api.Baseline;
import karuta.api.Forward;
import karuta.api.Paper;
import karuta.api.Stage;
import karuta.api.StageData;
import karuta.api.TrainingStep;
import karuta.rehearsal.RehearsalWrapper;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * Keeps some examples of what was learned and mixes them into the training of what comes later, over any learner. Real
 * pixels and texts are kept, so that its price is known: it is no choice where data may not be kept.
 */
@Component(name = "replay", factory = Baseline.KIND)
@Designate(ocd = ReplayBaseline.Options.class)
@Paper("Chaudhry, Rohrbach, Elhoseiny, Ajanthan, Dokania, Torr, Ranzato: On Tiny Episodic Memories in Continual"
        + " Learning, 2019 (reservoir buffer)")
public final class ReplayBaseline extends RehearsalWrapper implements Baseline {

    /** Options of this baseline. */
    @ObjectClassDefinition(name = "Replay", description = "Rehearses kept examples of earlier tasks, over any learner.")
    public @interface Options {

        @AttributeDefinition(description = "How many examples are kept, of all tasks together.", min = "1")
        int buffer() default 160;

        @AttributeDefinition(description = "How many of them each training step rehearses.", min = "1")
        int batch() default 16;
    }

    private final int batch;

    @Activate
    public ReplayBaseline(Options options) {
        this(options.buffer(), options.batch());
    }

    ReplayBaseline(int capacity, int batch) {
        super(capacity, "baseline.replay");
        this.batch = batch;
    }

    /** The learner's terms for the new examples, and below {@code replay.} its terms for old ones. */
    @Override
    public Map<String, NDArray> losses(Forward forward, TrainingStep step) {
        var losses = new LinkedHashMap<>(super.losses(forward, step));
        if (buffer().size() > 0) {
            var drawn = buffer().batch(buffer().draw(batch, step.random().fork("replay")));
            var rehearsed = Forward.of(context().backbone(), learner(), drawn, step);
            learner().losses(rehearsed, step).forEach((name, term) -> losses.put("replay." + name, term));
        }
        return losses;
    }

    @Override
    public void endStage(Stage stage, StageData data) {
        super.endStage(stage, data);
        buffer().add(data);
    }
}
