package karuta.baseline.replay;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import karuta.api.Answer;
import karuta.api.Baseline;
import karuta.api.Batch;
import karuta.api.Footprint;
import karuta.api.Input;
import karuta.api.KarutaException;
import karuta.api.Learner;
import karuta.api.Paper;
import karuta.api.Parameter;
import karuta.api.RandomStream;
import karuta.api.Stage;
import karuta.api.StageData;
import karuta.api.State;
import karuta.api.StrategyContext;
import karuta.api.TrainingStep;
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
public final class ReplayBaseline implements Baseline {

    /** Options of this baseline. */
    @ObjectClassDefinition(name = "Replay", description = "Rehearses kept examples of earlier tasks, over any learner.")
    public @interface Options {

        @AttributeDefinition(description = "How many examples are kept, of all tasks together.", min = "1")
        int buffer() default 160;

        @AttributeDefinition(description = "How many of them each training step rehearses.", min = "1")
        int batch() default 16;
    }

    private final int buffer;
    private final int batch;
    private Optional<StrategyContext> context = Optional.empty();
    private Reservoir<StoredExample> memories;

    @Activate
    public ReplayBaseline(Options options) {
        this(options.buffer(), options.batch());
    }

    ReplayBaseline(int buffer, int batch) {
        this.buffer = buffer;
        this.batch = batch;
        memories = new Reservoir<>(buffer, RandomStream.of(0, "replay"));
    }

    @Override
    public void start(StrategyContext context) {
        this.context = Optional.of(context);
        memories = new Reservoir<>(buffer, context.random("baseline.replay"));
    }

    @Override
    public void beginStage(Stage stage) {
        learner().beginStage(stage);
    }

    @Override
    public List<Parameter> trainable() {
        return learner().trainable();
    }

    /** The learner's terms for the new examples, and below {@code replay.} its terms for old ones. */
    @Override
    public Map<String, NDArray> loss(Batch news, TrainingStep step) {
        var losses = new LinkedHashMap<>(learner().loss(news, step));
        var kept = memories.kept();
        if (!kept.isEmpty()) {
            var order = step.random().fork("replay").permutation(kept.size());
            var drawn = Arrays.stream(order).limit(batch).mapToObj(kept::get).toList();
            learner().loss(recall(drawn), step).forEach((name, term) -> losses.put("replay." + name, term));
        }
        return losses;
    }

    private Batch recall(List<StoredExample> drawn) {
        return new Batch(
                drawn.stream().map(this::recall).toList(),
                drawn.stream().map(StoredExample::answer).toList());
    }

    private Input recall(StoredExample memory) {
        var seen = context().encode(memory.query());
        return new Input(seen.key(), seen.query(), seen.vision(), seen.guidance(), memory.truth());
    }

    @Override
    public void endStage(Stage stage, StageData data) {
        learner().endStage(stage, data);
        memories.see(data.size(), i -> {
            var example = data.batch(i, i + 1);
            return StoredExample.of(example.inputs().get(0), example.answers().get(0));
        });
    }

    @Override
    public List<Answer> answer(List<Input> inputs) {
        return learner().answer(inputs);
    }

    /** What the learner costs, and the kept examples. */
    @Override
    public Footprint footprint() {
        var inner = learner().footprint();
        var kept = memories.kept();
        return new Footprint(
                inner.trained(),
                inner.stored(),
                inner.samples() + kept.size(),
                inner.bytes() + kept.stream().mapToLong(StoredExample::bytes).sum());
    }

    @Override
    public State save() {
        var tensors = new HashMap<String, NDArray>();
        var notes = new HashMap<String, String>();
        var kept = memories.kept();
        for (var i = 0; i < kept.size(); i++) {
            kept.get(i).write(i, context().manager(), tensors, notes);
        }
        notes.put("kept", String.valueOf(kept.size()));
        notes.put("seen", String.valueOf(memories.seen()));
        return new State(tensors, notes);
    }

    @Override
    public void load(State state) {
        var notes = state.metadata();
        var kept = Integer.parseInt(notes.getOrDefault("kept", "0"));
        if (kept > buffer) {
            throw new KarutaException(
                    "The kept state of the baseline \"replay\" holds " + kept + " examples, but the buffer takes "
                            + buffer + ".",
                    "Go on with the buffer that it was made with.");
        }
        memories.restore(
                IntStream.range(0, kept)
                        .mapToObj(i -> StoredExample.read(i, state.tensors(), notes))
                        .toList(),
                Long.parseLong(notes.getOrDefault("seen", "0")));
    }

    private Learner learner() {
        return context().part(Learner.class);
    }

    private StrategyContext context() {
        return context.orElseThrow();
    }
}
