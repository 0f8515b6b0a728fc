package karuta.engine.run;

import java.nio.file.Path;
import karuta.engine.catalog.Strategies;
import karuta.engine.features.FrozenModels;
import karuta.engine.plan.StrategyConfig;
import karuta.engine.plan.StudyPlan;

/** Backbone and encoder, which several consultations may hold. The last one that lets go frees them. */
final class HeldModels {

    private final String identity;
    private final FrozenModels frozen;
    private final Closer closer;

    /** Guarded by this. */
    private int holds;

    /** Guarded by this. */
    private boolean freed;

    private HeldModels(String identity, FrozenModels frozen, Closer closer) {
        this.identity = identity;
        this.frozen = frozen;
        this.closer = closer;
    }

    /**
     * Loads them. Nobody holds them yet.
     *
     * @param cache folder where features are kept
     */
    static HeldModels load(Strategies strategies, StudyPlan.Shared shared, Path cache) {
        var closer = new Closer();
        return closer.fill(() ->
                new HeldModels(identity(shared), StudyResources.frozen(strategies, shared, closer, cache), closer));
    }

    /** Whether a study asks for the same ones, by the same code. */
    boolean areOf(StudyPlan.Shared shared) {
        return identity.equals(identity(shared));
    }

    private static String identity(StudyPlan.Shared shared) {
        return identity(shared.backbone()) + "\n" + identity(shared.encoder());
    }

    /** A jar that was replaced by one with the same classes is another file: the first one is about to go. */
    private static String identity(StrategyConfig choice) {
        return choice.type().source().file() + " " + StudyResources.identity(choice);
    }

    FrozenModels frozen() {
        return frozen;
    }

    /**
     * Somebody holds them until it closes what it gets, once.
     *
     * @throws IllegalStateException if the last one has let go
     */
    synchronized AutoCloseable hold() {
        if (freed) {
            throw new IllegalStateException("the models are freed");
        }
        holds++;
        return this::release;
    }

    private synchronized void release() {
        holds--;
        if (holds == 0) {
            freed = true;
            closer.close();
        }
    }
}
