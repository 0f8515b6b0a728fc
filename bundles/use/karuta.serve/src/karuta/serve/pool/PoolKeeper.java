package karuta.serve.pool;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import karuta.api.KarutaException;
import karuta.archive.age.Identity;
import karuta.archive.git.PoolRepository;
import karuta.archive.git.Revision;
import karuta.archive.pool.CardRecord;
import karuta.archive.pool.PoolFiles;
import karuta.archive.pool.Standing;
import karuta.archive.trust.Memory;
import karuta.archive.trust.Trust;
import karuta.engine.catalog.Strategies;
import karuta.engine.catalog.StrategyType;
import karuta.serve.desk.Answerer;
import karuta.use.OpenPool;
import karuta.use.ask.Abstention;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the newest revision of a pool opened. Another one, or other code of its strategies, is opened beside it; what cannot be
 * opened is told of once, and the last good one stays.
 */
public final class PoolKeeper implements PoolFacts, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(PoolKeeper.class);

    /** With what trouble is. */
    private static final String POOL = "pool";

    private final PoolRepository repository;
    private final List<Identity> identities;
    private final Optional<Double> abstain;
    private final Strategies strategies;
    private final Path cache;
    private final Health health;
    private final AtomicInteger opened = new AtomicInteger();
    private final AtomicLong openings = new AtomicLong();

    /** What answers. */
    private volatile PoolAnswerer current;

    /** What could not be opened and is not tried again. */
    private Optional<Attempt> failed = Optional.empty();

    /** What was looked at closely, and need not be again. */
    private Optional<Sight> settledAt = Optional.empty();

    private List<Revision> judged = List.of();
    private Map<String, Standing.Scores> standing = Map.of();

    private record Attempt(String revision, String code) {}

    /** All that the revision and its code depend on, found out without reading or planning anything. */
    private record Sight(Optional<String> tip, List<StrategyType> strategies) {}

    /**
     * Opens the newest revision.
     *
     * @param folder of the pool
     * @param identities keys that open encrypted cards
     * @param abstain share of each card's own validation questions that may be refused; empty if every question is answered
     * @param cache folder where features are kept
     * @throws KarutaException if it cannot be opened
     */
    public PoolKeeper(
            Path folder,
            List<Identity> identities,
            Optional<Double> abstain,
            Strategies strategies,
            Path cache,
            Health health) {
        this.repository = PoolRepository.read(folder);
        this.identities = List.copyOf(identities);
        this.abstain = abstain;
        this.strategies = strategies;
        this.cache = cache;
        this.health = health;
        try {
            var files = newest();
            this.current = open(files, OpenPool.code(strategies, files), Optional.empty());
        } catch (RuntimeException refused) {
            repository.close();
            throw refused;
        }
    }

    private PoolFiles newest() {
        return PoolFiles.newest(repository, identities);
    }

    /**
     * Opens a revision.
     *
     * @param before what answers meanwhile, and may lend its models
     * @throws KarutaException if somebody has made the revision who had no right to, or it cannot be opened
     */
    private PoolAnswerer open(PoolFiles files, String code, Optional<OpenPool> before) {
        new Trust(repository, Memory.ofUser()).admitUse(files.snapshot());
        var rule = abstain.map(share -> Abstention.of(files, share));
        Consumer<String> warn = words -> health.trouble("encoder", words);
        var pool = before.map(old -> old.next(strategies, files, cache, warn))
                .orElseGet(() -> OpenPool.open(strategies, files, cache, warn));
        opened.incrementAndGet();
        openings.incrementAndGet();
        rule.map(known -> known.by(pool.encoder()).warnings()).ifPresent(words -> words.forEach(log::warn));
        return new PoolAnswerer(pool, rule, code, opened::decrementAndGet);
    }

    /** What answers; whoever asks it closes it. */
    public Answerer answerer() {
        return current;
    }

    /**
     * Looks whether there is another revision or other code, and opens it.
     *
     * @return what shall answer from now on; empty if that is as it was
     */
    public Optional<Answerer> look() {
        var attempt = Optional.<Attempt>empty();
        var sight = Optional.<Sight>empty();
        try {
            sight = Optional.of(new Sight(repository.tip(), strategies.types()));
            if (sight.equals(settledAt)) {
                return Optional.empty();
            }
            settledAt = Optional.empty(); // what cannot be read is looked at again
            var files = newest();
            settledAt = sight; // whatever comes of it would come of it again
            var revision = files.snapshot().revision();
            attempt = Optional.of(new Attempt(revision.id(), "?"));
            var code = OpenPool.code(strategies, files);
            attempt = Optional.of(new Attempt(revision.id(), code));
            if (revision.id().equals(current.revision()) && code.equals(current.code())) {
                failed = Optional.empty();
                health.well(POOL);
                return Optional.empty();
            }
            if (attempt.equals(failed)) {
                return Optional.empty();
            }
            current = open(files, code, Optional.of(current.pool()));
            failed = Optional.empty();
            health.well(POOL);
            return Optional.of(current);
        } catch (RuntimeException | LinkageError | OutOfMemoryError unfit) {
            failed = attempt;
            health.trouble(
                    POOL,
                    "The newest revision"
                            + attempt.map(tried -> " " + tried.revision()).orElse("") + " is not taken; "
                            + current.revision() + " goes on answering. " + words(unfit));
            return Optional.empty();
        }
    }

    private static String words(Throwable unfit) {
        return unfit instanceof KarutaException told ? String.valueOf(told.getMessage()) : unfit.toString();
    }

    /** Whether what answers is of today's code, and nothing older is open any more. */
    public boolean settled() {
        return opened.get() == 1 && failed.isEmpty();
    }

    @Override
    public String name() {
        var name = repository.folder().toAbsolutePath().normalize().getFileName();
        return String.valueOf(name).replaceFirst("\\.pool$", "");
    }

    @Override
    public Revision revision() {
        return current.of();
    }

    @Override
    public List<CardRecord> cards() {
        return current.cards();
    }

    @Override
    public long openings() {
        return openings.get();
    }

    @Override
    public List<Revision> history(int most) {
        return repository.log().stream().limit(most).toList();
    }

    /** Read anew when there is another revision: it takes the whole history. */
    @Override
    public synchronized Map<String, Standing.Scores> standing() {
        var revisions = repository.log();
        if (!revisions.equals(judged)) {
            standing = Standing.of(repository, revisions);
            judged = revisions;
        }
        return standing;
    }

    /** Closes the repository; what answers is closed by who asks it. */
    @Override
    public void close() {
        repository.close();
    }
}
