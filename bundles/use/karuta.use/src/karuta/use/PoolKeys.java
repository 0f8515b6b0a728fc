package karuta.use;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import karuta.api.KarutaException;
import karuta.archive.pool.PoolFiles;
import karuta.engine.catalog.Strategies;
import karuta.engine.run.FrozenGuidance;
import karuta.metrics.separability.CardKeys;

/**
 * What the cards of a pool are found by, and the frozen models to compare samples with them.
 *
 * @param guidance the models that the cards were made with
 * @param cards in their order; a card that is not chosen by likeness has no rows
 */
public record PoolKeys(FrozenGuidance guidance, List<CardKeys> cards) implements AutoCloseable {

    /** Copies the list. */
    public PoolKeys {
        cards = List.copyOf(cards);
    }

    /**
     * Loads models and cards.
     *
     * @param files the revision, with keys that open its cards
     * @param cache folder where features are kept
     * @param warn is told of another encoder, where the pool puts up with one
     * @throws KarutaException as {@link OpenPool#open}
     */
    public static PoolKeys open(Strategies strategies, PoolFiles files, Path cache, Consumer<String> warn) {
        var plan = OpenPool.plan(strategies, files);
        var states = OpenPool.states(files, card -> true);
        var guidance = FrozenGuidance.open(strategies, plan, cache);
        try {
            PinnedModels.check(files.manifest(), guidance.backbone(), guidance.encoder(), warn);
            return new PoolKeys(guidance, guidance.keys(states));
        } catch (RuntimeException refused) {
            guidance.close();
            throw refused;
        }
    }

    @Override
    public void close() {
        guidance.close();
    }
}
