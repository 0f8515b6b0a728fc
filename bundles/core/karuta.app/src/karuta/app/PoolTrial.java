package karuta.app;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import karuta.api.KarutaException;
import karuta.api.Task;
import karuta.archive.git.PoolRepository;
import karuta.archive.pool.PoolFiles;
import karuta.archive.pool.ScoreLines;
import karuta.engine.catalog.Strategies;
import karuta.engine.features.CacheFolder;
import karuta.use.OpenPool;
import karuta.use.care.Measurement;
import karuta.use.care.Proposal;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A change of a pool's cards that is tried and shown before it is kept. */
final class PoolTrial {

    private static final double PERCENT = 100;

    @Mixin
    private PoolOptions pool = new PoolOptions();

    @Mixin
    private PoolOptions.By by = new PoolOptions.By();

    @Option(names = "--yes", description = "Keep it without asking.")
    private boolean yes;

    @Option(names = "--dry-run", description = "Show what it would do, and keep nothing.")
    private boolean dry;

    /** Which pool. */
    PoolOptions pool() {
        return pool;
    }

    /** Opens the pool to change it; nobody else does meanwhile. */
    PoolRepository open() {
        by.said();
        return pool.open();
    }

    /** What a revision, or a draft of one, makes of tasks. */
    Measurement measure(Strategies strategies, PoolFiles files, List<Task> tasks, Terminal terminal) {
        if (tasks.isEmpty()) {
            return Measurement.NONE;
        }
        try (var open = OpenPool.open(strategies, files, CacheFolder.ofUser().path(), terminal::warn)) {
            return Measurement.of(strategies, open, tasks);
        }
    }

    /** What the newest revision would be. */
    PoolFiles draft(PoolRepository repository, Proposal proposal) {
        return pool.files(repository.draft(proposal.change()));
    }

    /**
     * Shows a change, and makes it if it is to be kept.
     *
     * @param message of the revision
     * @return whether it was kept
     */
    boolean keep(
            PoolRepository repository,
            Proposal proposal,
            Measurement before,
            Measurement after,
            String message,
            Terminal terminal) {
        Columns.of(table(proposal, before, after)).forEach(terminal.out()::println);
        proposal.words().forEach(terminal.out()::println);
        if (dry) {
            terminal.say("nothing was changed");
            return false;
        }
        if (!yes && !terminal.asks()) {
            throw new KarutaException(
                    "Nobody can be asked whether this is to be kept.",
                    "Say --yes to keep it, or --dry-run to look only.");
        }
        if (!yes && !terminal.agrees("Keep it?")) {
            terminal.say("nothing was changed");
            return false;
        }
        var scores = new ScoreLines(before.scores(), after.scores());
        var revision = repository
                .commit(proposal.change(), by.of(repository), Instant.now(), scores.under(message))
                .revision();
        terminal.say("revision " + revision.shortId() + " has it; \"karuta pool rollback HEAD~1\" undoes it");
        return true;
    }

    private static List<List<String>> table(Proposal proposal, Measurement before, Measurement after) {
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("card", "bytes", "then", "score", "then", "same cards taken", "keys alike"));
        var cards = new TreeSet<>(proposal.before().keySet());
        cards.addAll(before.scores().keySet());
        cards.addAll(after.scores().keySet());
        for (var card : cards) {
            rows.add(List.of(
                    card,
                    bytes(proposal.before().get(card)),
                    proposal.before().containsKey(card) && !proposal.after().containsKey(card)
                            ? "gone"
                            : bytes(proposal.after().get(card)),
                    score(before.scores().get(card)),
                    score(after.scores().get(card)),
                    before.taken().containsKey(card) && after.taken().containsKey(card)
                            ? score(PERCENT * before.sameCards(after, card))
                            : "not measured",
                    Optional.ofNullable(proposal.alike().get(card))
                            .map(cosine -> String.format(Locale.ROOT, "%.6f", cosine))
                            .orElse("")));
        }
        rows.add(List.of(
                "all", bytes(sum(proposal.before())), bytes(sum(proposal.after())), mean(before), mean(after), "", ""));
        return rows;
    }

    private static long sum(Map<String, Long> bytes) {
        return bytes.values().stream().mapToLong(Long::longValue).sum();
    }

    private static String mean(Measurement measurement) {
        var mean = measurement.scores().values().stream()
                .mapToDouble(Double::doubleValue)
                .average();
        return mean.isPresent() ? score(mean.getAsDouble()) : "not measured";
    }

    private static String bytes(@Nullable Long bytes) {
        return bytes == null ? "" : bytes.toString();
    }

    private static String score(@Nullable Double score) {
        return score == null ? "not measured" : String.format(Locale.ROOT, "%.1f %%", score);
    }
}
