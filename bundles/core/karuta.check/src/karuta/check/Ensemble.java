package karuta.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import karuta.api.Fusion;
import karuta.api.Learner;
import karuta.api.PromptPool;
import karuta.api.Selector;
import karuta.api.Strategy;
import karuta.check.Made.Maker;

/**
 * Who learns together: a learner with the parts that it plays or goes over, one of which is checked.
 *
 * @param learner who plays
 * @param parts of the learner, or of the one that it goes over
 * @param over what a wrapper goes over
 */
public record Ensemble(Maker<? extends Learner> learner, List<Part<?>> parts, Optional<Maker<? extends Learner>> over) {

    /** Copies the list. */
    public Ensemble {
        parts = List.copyOf(parts);
    }

    /**
     * A part.
     *
     * @param kind what it implements
     * @param maker makes it
     */
    public record Part<T extends Strategy>(Class<T> kind, Maker<? extends T> maker) {}

    /** A learner that needs nobody. */
    public static Ensemble alone(Maker<? extends Learner> learner) {
        return new Ensemble(learner, List.of(), Optional.empty());
    }

    /** A wrapper over a learner. */
    public static Ensemble over(Maker<? extends Learner> wrapper, Maker<? extends Learner> learner) {
        return new Ensemble(wrapper, List.of(), Optional.of(learner));
    }

    /** A learner that plays cards. */
    public static Ensemble playing(
            Maker<? extends Learner> learner,
            Maker<? extends PromptPool> pool,
            Maker<? extends Selector> selector,
            Maker<? extends Fusion> fusion) {
        var parts = new ArrayList<Part<?>>();
        parts.add(new Part<>(PromptPool.class, pool));
        parts.add(new Part<>(Selector.class, selector));
        parts.add(new Part<>(Fusion.class, fusion));
        return new Ensemble(learner, parts, Optional.empty());
    }

    /** Whether it plays cards. */
    boolean plays() {
        return parts.stream().anyMatch(part -> part.kind() == PromptPool.class);
    }
}
