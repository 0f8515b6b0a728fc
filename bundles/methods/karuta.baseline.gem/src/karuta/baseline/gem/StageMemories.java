package karuta.baseline.gem;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import karuta.api.Batch;
import karuta.api.Footprint;
import karuta.api.RandomStream;
import karuta.api.StageData;
import karuta.api.State;
import karuta.api.StrategyContext;
import karuta.rehearsal.RehearsalBuffer;
import karuta.rehearsal.StoredExample;

/** A memory of its own for each stage that has ended: as many examples, a uniform sample of it. */
final class StageMemories {

    private final int capacity;
    private final StrategyContext context;
    private final RandomStream random;
    private final List<RehearsalBuffer> memories = new ArrayList<>();

    /**
     * @param capacity how many examples are kept of each stage
     * @param random decides which ones
     */
    StageMemories(int capacity, RandomStream random, StrategyContext context) {
        this.capacity = capacity;
        this.random = random;
        this.context = context;
    }

    private RehearsalBuffer fresh() {
        return new RehearsalBuffer(capacity, random.fork(memories.size()), context);
    }

    /** Keeps examples of a stage. */
    void add(StageData data) {
        var memory = fresh();
        memory.add(data);
        if (memory.size() > 0) {
            memories.add(memory);
        }
    }

    boolean isEmpty() {
        return memories.isEmpty();
    }

    /** Draws from each memory alone, in their order. */
    List<List<StoredExample>> drawEach(int most, RandomStream draws) {
        var drawn = new ArrayList<List<StoredExample>>();
        for (var k = 0; k < memories.size(); k++) {
            drawn.add(memories.get(k).draw(most, draws.fork(k)));
        }
        return drawn;
    }

    /** Draws from all of them as if they were one. */
    List<StoredExample> drawAll(int most, RandomStream draws) {
        var all = memories.stream()
                .flatMap(memory -> memory.draw(memory.size(), draws.fork("memory")).stream())
                .toList();
        return Arrays.stream(draws.permutation(all.size()))
                .limit(most)
                .mapToObj(all::get)
                .toList();
    }

    /** What the frozen models make of drawn examples now. */
    Batch batch(List<StoredExample> drawn) {
        return memories.get(0).batch(drawn);
    }

    Footprint footprint() {
        return memories.stream().map(RehearsalBuffer::footprint).reduce(Footprint.NONE, Footprint::plus);
    }

    State save() {
        var tensors = new HashMap<String, NDArray>();
        var metadata = new HashMap<String, String>();
        for (var k = 0; k < memories.size(); k++) {
            var prefix = k + "/";
            var state = memories.get(k).save();
            state.tensors().forEach((name, tensor) -> tensors.put(prefix + name, tensor));
            state.metadata().forEach((name, note) -> metadata.put(prefix + name, note));
        }
        metadata.put("memories", String.valueOf(memories.size()));
        return new State(tensors, metadata);
    }

    void load(State state) {
        memories.clear();
        var count = Integer.parseInt(state.metadata().getOrDefault("memories", "0"));
        for (var k = 0; k < count; k++) {
            var memory = fresh();
            memory.load(new State(below(k + "/", state.tensors()), below(k + "/", state.metadata())));
            memories.add(memory);
        }
    }

    private static <T> Map<String, T> below(String prefix, Map<String, T> all) {
        return all.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(prefix))
                .collect(Collectors.toMap(entry -> entry.getKey().substring(prefix.length()), Map.Entry::getValue));
    }
}
