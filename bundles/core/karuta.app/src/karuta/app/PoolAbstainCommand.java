package karuta.app;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import karuta.api.KarutaException;
import karuta.api.Query;
import karuta.api.Sample;
import karuta.archive.pool.CardRecord;
import karuta.archive.pool.PoolFiles;
import karuta.bench.folder.TaskFolder;
import karuta.engine.catalog.Strategies;
import karuta.engine.features.CacheFolder;
import karuta.use.OpenPool;
import karuta.use.ask.Abstention;
import karuta.use.ask.AbstentionErrors;
import karuta.use.ask.AbstentionErrors.Asked;
import karuta.use.ask.AbstentionErrors.Rule;
import karuta.use.learn.Validation;
import karuta.use.learn.Validation.Gone;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Measures how often abstaining errs. */
@Command(
        name = "abstain",
        mixinStandardHelpOptions = true,
        description = {
            "How often \"karuta ask --abstain\" would err: the test samples of the folders that cards were learned from are"
                    + " asked with all cards, and with their own card left out, as questions of a task that was never learned."
                    + " Nothing is changed, and the backbone says nothing.",
            ""
        })
final class PoolAbstainCommand implements Runnable {

    private static final List<Double> SHARES = List.of(0.01, 0.05, 0.10);
    private static final double PERCENT = 100;

    private final Strategies strategies;
    private final Terminal terminal;

    @Mixin
    private PoolOptions pool = new PoolOptions();

    PoolAbstainCommand(Strategies strategies, Terminal terminal) {
        this.strategies = strategies;
        this.terminal = terminal;
    }

    @Override
    public void run() {
        try (var repository = pool.read()) {
            var files = pool.files(pool.at(repository, "HEAD"));
            var questions = questions(files);
            if (questions.size() < 2) {
                throw new KarutaException(
                        "Of fewer than two cards test samples are found, and what is foreign to a card is another one's.",
                        "Take a pool whose cards were learned from folders that are here and have a test.json.");
            }
            try (var open =
                    OpenPool.open(strategies, files, CacheFolder.ofUser().path(), terminal::warn)) {
                tell(files, open, questions);
            }
        }
    }

    /** The test samples of each card's data, by the card. */
    private Map<String, List<Query>> questions(PoolFiles files) {
        var questions = new LinkedHashMap<String, List<Query>>();
        for (var card : files.cards()) {
            var found = untouched(card);
            if (found.isEmpty()) {
                terminal.warn("no test samples that nobody has looked at, so not measured: " + card.task());
            } else {
                questions.put(card.task(), found.stream().map(Sample::query).toList());
            }
        }
        return questions;
    }

    /** Those that it was neither learned from nor validated with. */
    private List<Sample> untouched(CardRecord card) {
        return Validation.of(card) instanceof Gone || card.source().share() == 0
                ? List.of()
                : new TaskFolder(Path.of(card.source().folder())).read().test();
    }

    private void tell(PoolFiles files, OpenPool open, Map<String, List<Query>> questions) {
        var abstention = Abstention.of(files, Abstention.SHARE).by(open.encoder());
        abstention.warnings().forEach(terminal::warn);
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("asked", "judged by", "leave", "own refused", "most", "foreign answered", "most"));
        rows(rows, "as they are", abstention, asked(open, questions));
        var bare = new LinkedHashMap<String, List<Query>>();
        questions.forEach((card, own) -> bare.put(
                card,
                own.stream()
                        .map(query -> new Query(List.of(), query.earlier(), query.instruction()))
                        .toList()));
        if (!bare.equals(questions)) {
            rows(rows, "without images", abstention, asked(open, bare));
        }
        Columns.of(rows).forEach(terminal::say);
        terminal.say("shares in percent, means over " + questions.size() + " cards, with the card that has the most");
    }

    private static Map<String, Asked> asked(OpenPool open, Map<String, List<Query>> questions) {
        var asked = new LinkedHashMap<String, Asked>();
        questions.forEach((card, own) -> asked.put(card, Asked.of(open, own)));
        return asked;
    }

    private static void rows(List<List<String>> rows, String how, Abstention abstention, Map<String, Asked> asked) {
        for (var rule : Rule.values()) {
            for (var share : SHARES) {
                var errors = AbstentionErrors.of(asked, abstention.leaving(share), rule);
                rows.add(List.of(
                        how,
                        rule.name().toLowerCase(Locale.ROOT),
                        String.format(Locale.ROOT, "%.0f", PERCENT * share),
                        mean(errors.refused().values()),
                        most(errors.refused()),
                        mean(errors.accepted().values()),
                        most(errors.accepted())));
            }
        }
    }

    private static String mean(Collection<Double> shares) {
        return String.format(
                Locale.ROOT,
                "%.1f",
                PERCENT * shares.stream().mapToDouble(share -> share).average().orElseThrow());
    }

    private static String most(Map<String, Double> shares) {
        var most = shares.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow();
        return String.format(Locale.ROOT, "%s %.0f", most.getKey(), PERCENT * most.getValue());
    }
}
