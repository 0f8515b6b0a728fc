package karuta.baseline.gem;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import karuta.api.Footprint;
import karuta.api.Forward;
import karuta.api.Gradient;
import karuta.api.LearnerWrapper;
import karuta.api.Parameter;
import karuta.api.Stage;
import karuta.api.StageData;
import karuta.api.State;
import karuta.api.TrainingStep;
import karuta.rehearsal.StoredExample;

/** What GEM and A-GEM share: examples of each stage that has ended, and gradients of what is said to them now. */
abstract class MemoryWrapper extends LearnerWrapper {

    /** So many examples are differentiated at a time: a whole memory may not fit on a card. */
    private static final int CHUNK = 16;

    private final int capacity;
    private final String name;
    private Optional<StageMemories> memories = Optional.empty();

    MemoryWrapper(int capacity, String name) {
        this.capacity = capacity;
        this.name = name;
    }

    @Override
    protected final void started() {
        memories = Optional.of(new StageMemories(capacity, context().random(name), context()));
    }

    final StageMemories memories() {
        return memories.orElseThrow();
    }

    /** The gradient, changed so that stored examples are not unlearned; untouched in the first stage. */
    @Override
    public final List<Gradient> gradients(List<Gradient> gradients, TrainingStep step) {
        var own = super.gradients(gradients, step);
        if (memories().isEmpty() || own.isEmpty()) {
            return own;
        }
        var parameters = own.stream().map(Gradient::parameter).toList();
        var changed = changed(new Direction(own.stream().map(Gradient::value).toList()), parameters, step.fork(name));
        return IntStream.range(0, parameters.size())
                .mapToObj(i -> new Gradient(parameters.get(i), changed.parts().get(i)))
                .toList();
    }

    abstract Direction changed(Direction gradient, List<Parameter> parameters, TrainingStep step);

    /** The gradient of the mean loss over the answer tokens of stored examples. */
    final Direction gradient(List<StoredExample> examples, List<Parameter> parameters, TrainingStep step) {
        var chunks = new ArrayList<Direction>();
        var tokens = new ArrayList<Integer>();
        for (var from = 0; from < examples.size(); from += CHUNK) {
            var batch = memories().batch(examples.subList(from, Math.min(examples.size(), from + CHUNK)));
            var own = step.fork("chunk " + from);
            chunks.add(new Direction(context()
                    .gradients(
                            () -> {
                                var output = Forward.of(context().backbone(), learner(), batch, own)
                                        .output();
                                tokens.add(output.lengths().stream()
                                        .mapToInt(Integer::intValue)
                                        .sum());
                                return output.loss();
                            },
                            parameters)));
        }
        var all = tokens.stream().mapToInt(Integer::intValue).sum();
        return IntStream.range(0, chunks.size())
                .mapToObj(i -> chunks.get(i).times((double) tokens.get(i) / all))
                .reduce((one, other) -> one.plus(1, other))
                .orElseThrow();
    }

    @Override
    public void endStage(Stage stage, StageData data) {
        super.endStage(stage, data);
        memories().add(data);
    }

    /** What the learner costs, and the stored examples. */
    @Override
    public Footprint footprint() {
        return super.footprint().plus(memories().footprint());
    }

    @Override
    public State save() {
        return memories().save();
    }

    @Override
    public void load(State state) {
        memories().load(state);
    }
}
