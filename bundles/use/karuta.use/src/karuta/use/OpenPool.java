package karuta.use;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import karuta.api.Answer;
import karuta.api.Card;
import karuta.api.KarutaException;
import karuta.api.Query;
import karuta.api.Selection;
import karuta.api.State;
import karuta.api.Tokenization;
import karuta.archive.pool.CardRecord;
import karuta.archive.pool.CardStates;
import karuta.archive.pool.PoolFiles;
import karuta.engine.catalog.Strategies;
import karuta.engine.plan.Planner;
import karuta.engine.plan.StudyPlan;
import karuta.engine.run.Consultation;

/** A revision of a pool with its models and strategies, ready to be asked. One thread at a time asks it. */
public final class OpenPool implements AutoCloseable {

    private final PoolFiles files;
    private final Consultation consultation;

    private OpenPool(PoolFiles files, Consultation consultation) {
        this.files = files;
        this.consultation = consultation;
    }

    /**
     * Loads the models, and gives the strategies the cards.
     *
     * @param files the revision, with keys that open its cards
     * @param cache folder where features are kept
     * @param warn is told of another encoder, where the pool puts up with one
     * @throws KarutaException if the pool has no cards, a card cannot be opened or is damaged, a strategy is not installed, or
     *     the models are others than the cards were made with
     */
    public static OpenPool open(Strategies strategies, PoolFiles files, Path cache, Consumer<String> warn) {
        return checked(
                files,
                Consultation.open(strategies, plan(strategies, files), states(files, card -> true), cache),
                warn);
    }

    /**
     * Another revision, or by other code, beside this one. The models are shared where code and weights are the same. Either may be closed
     * first, and each may be asked by a thread of its own.
     *
     * @throws KarutaException as for {@link #open}
     */
    public OpenPool next(Strategies strategies, PoolFiles other, Path cache, Consumer<String> warn) {
        if (!PinnedModels.fit(other.manifest(), consultation.backbone(), consultation.encoder())) {
            return open(strategies, other, cache, warn); // the weights on the disk may have become others
        }
        return checked(
                other,
                consultation.next(strategies, plan(strategies, other), states(other, card -> true), cache),
                warn);
    }

    private static OpenPool checked(PoolFiles files, Consultation consultation, Consumer<String> warn) {
        try {
            PinnedModels.check(files.manifest(), consultation.backbone(), consultation.encoder(), warn);
            return new OpenPool(files, consultation);
        } catch (RuntimeException refused) {
            consultation.close();
            throw refused;
        }
    }

    /**
     * Names the code that would answer: of backbone, encoder and all strategies, and what they are wired to.
     *
     * @throws KarutaException if a strategy is not installed
     */
    public static String code(Strategies strategies, PoolFiles files) {
        return plan(strategies, files)
                .strategies()
                .map(choice -> choice.type().source())
                .map(source -> source.file() + " " + source.hash() + " " + source.ground())
                .distinct()
                .collect(Collectors.joining("\n"));
    }

    /** The one arm that learns and answers. */
    static StudyPlan plan(Strategies strategies, PoolFiles files) {
        return Planner.plan(strategies, PoolStudy.read(files.manifest().study()));
    }

    /** What the strategies keep of some cards; read before models are loaded, so that a wrong key is told at once. */
    static Function<NDManager, Map<String, State>> states(PoolFiles files, Predicate<CardRecord> which) {
        var tensors = new LinkedHashMap<String, byte[]>();
        files.cards().stream().filter(which).forEach(card -> tensors.put(card.task(), files.tensors(card)));
        var rest = files.state()
                .orElseThrow(() -> new KarutaException(
                        "The pool has no cards.", "Learn some, or go back to a revision that has."));
        return manager -> CardStates.join(tensors, rest, manager);
    }

    /**
     * The same models with some of the cards. Either may be closed first.
     *
     * @param which at least one
     */
    public OpenPool with(Predicate<CardRecord> which) {
        return new OpenPool(files, consultation.with(states(files, which)));
    }

    /** The cards that answer, with their arrays. They live as long as this does. */
    public List<Card> cards() {
        return consultation.cards();
    }

    /** The backbone's token embedding table, {@code [vocabulary, d]}; the scope around the call may free it. */
    public NDArray embeddings() {
        return consultation.embeddings();
    }

    /** How the backbone turns texts into tokens; empty if it cannot tell. */
    public Optional<Tokenization> tokenization() {
        return consultation.tokenization();
    }

    /** The revision's files. */
    public PoolFiles files() {
        return files;
    }

    /**
     * Answers.
     *
     * @return one per query, in their order
     */
    public List<Answer> ask(List<Query> queries) {
        return consultation.ask(queries);
    }

    /**
     * Which cards would answer, without answering.
     *
     * @return one per query, in their order
     */
    public List<Selection> select(List<Query> queries) {
        return consultation.select(queries);
    }

    /**
     * What the encoder makes of queries.
     *
     * @return one per query, in their order: features by name, not normalised; those of a modality that it has not are missing
     */
    public List<Map<String, float[]>> features(List<Query> queries) {
        return queries.stream().map(consultation::features).toList();
    }

    /** Says which weights choose. */
    public String encoder() {
        return consultation.encoder();
    }

    @Override
    public void close() {
        consultation.close();
    }
}
