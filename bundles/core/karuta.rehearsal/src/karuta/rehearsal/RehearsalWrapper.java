package karuta.rehearsal;

import java.util.Optional;
import karuta.api.Footprint;
import karuta.api.LearnerWrapper;
import karuta.api.State;

/** A wrapper that keeps examples in a buffer: counts and saves them. What is shown to the buffer, and when, is the method's. */
public abstract class RehearsalWrapper extends LearnerWrapper {

    private final int capacity;
    private final String stream;
    private Optional<RehearsalBuffer> buffer = Optional.empty();

    /**
     * @param capacity how many examples are kept, of all tasks together
     * @param stream of the random numbers that decide which ones, such as {@code baseline.replay}
     */
    protected RehearsalWrapper(int capacity, String stream) {
        this.capacity = capacity;
        this.stream = stream;
    }

    @Override
    protected final void started() {
        buffer = Optional.of(new RehearsalBuffer(capacity, context().random(stream), context()));
    }

    /** The kept examples. */
    protected final RehearsalBuffer buffer() {
        return buffer.orElseThrow();
    }

    /** What the learner costs, and the kept examples. */
    @Override
    public Footprint footprint() {
        return super.footprint().plus(buffer().footprint());
    }

    @Override
    public State save() {
        return buffer().save();
    }

    @Override
    public void load(State state) {
        buffer().load(state);
    }
}
