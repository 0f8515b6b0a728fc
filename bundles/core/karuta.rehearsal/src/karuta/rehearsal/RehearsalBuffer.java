package karuta.rehearsal;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import karuta.api.Batch;
import karuta.api.Footprint;
import karuta.api.Input;
import karuta.api.KarutaException;
import karuta.api.RandomStream;
import karuta.api.StageData;
import karuta.api.State;
import karuta.api.StrategyContext;

/** A bounded number of examples, a uniform sample of all that were shown ({@link Reservoir}). */
public final class RehearsalBuffer {

    private final int capacity;
    private final StrategyContext context;
    private final Reservoir<StoredExample> examples;

    /**
     * @param capacity how many examples are kept, of all tasks together
     * @param random decides which ones
     * @param context of the strategy that keeps them
     */
    public RehearsalBuffer(int capacity, RandomStream random, StrategyContext context) {
        this.capacity = capacity;
        this.context = context;
        examples = new Reservoir<>(capacity, random);
    }

    /** Shows it the examples of a stage. */
    public void add(StageData data) {
        show(data.size(), i -> stored(data.batch(i, i + 1), 0, Map.of()));
    }

    /**
     * Shows it the examples of a batch.
     *
     * @param tensors what shall be kept with the i-th one, by name; is asked only for those that stay
     */
    public void add(Batch batch, IntFunction<Map<String, NDArray>> tensors) {
        show(batch.size(), i -> stored(batch, i, tensors.apply(i)));
    }

    private void show(int n, IntFunction<StoredExample> example) {
        examples.see(n, example).forEach(StoredExample::close);
    }

    private StoredExample stored(Batch batch, int i, Map<String, NDArray> tensors) {
        return StoredExample.of(batch.inputs().get(i), batch.answers().get(i), tensors)
                .kept(context);
    }

    /** How many examples are kept now. */
    public int size() {
        return examples.kept().size();
    }

    /**
     * Draws different examples.
     *
     * @param most how many, unless fewer are kept
     * @param random decides which ones
     */
    public List<StoredExample> draw(int most, RandomStream random) {
        var kept = examples.kept();
        return Arrays.stream(random.permutation(kept.size()))
                .limit(most)
                .mapToObj(kept::get)
                .toList();
    }

    /** What the frozen models make of drawn examples now. */
    public Batch batch(List<StoredExample> drawn) {
        return new Batch(
                drawn.stream().map(this::encode).toList(),
                drawn.stream().map(StoredExample::answer).toList());
    }

    private Input encode(StoredExample example) {
        var encoded = context.encode(example.query());
        return new Input(encoded.key(), encoded.query(), encoded.vision(), encoded.guidance(), example.trueTask());
    }

    /** The kept examples and their bytes. */
    public Footprint footprint() {
        var kept = examples.kept();
        return new Footprint(
                0, 0, kept.size(), kept.stream().mapToLong(StoredExample::bytes).sum());
    }

    /** All that is kept. */
    public State save() {
        var tensors = new HashMap<String, NDArray>();
        var metadata = new HashMap<String, String>();
        var kept = examples.kept();
        for (var i = 0; i < kept.size(); i++) {
            kept.get(i).write(i, context.manager(), tensors, metadata);
        }
        metadata.put("kept", String.valueOf(kept.size()));
        metadata.put("seen", String.valueOf(examples.seen()));
        return new State(tensors, metadata);
    }

    /**
     * Takes up what {@link #save} gave.
     *
     * @throws KarutaException if it is more than the buffer takes
     */
    public void load(State state) {
        var metadata = state.metadata();
        var kept = Integer.parseInt(metadata.getOrDefault("kept", "0"));
        if (kept > capacity) {
            throw new KarutaException(
                    "The saved state holds " + kept + " stored examples, but the buffer takes " + capacity + ".",
                    "Go on with the buffer that it was made with.");
        }
        List<StoredExample> read = IntStream.range(0, kept)
                .mapToObj(i -> StoredExample.read(i, state.tensors(), metadata).kept(context))
                .toList();
        examples.restore(read, Long.parseLong(metadata.getOrDefault("seen", "0")));
    }
}
