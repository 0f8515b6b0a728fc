package karuta.app;

import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import karuta.api.KarutaException;
import karuta.archive.pool.CardName;
import karuta.archive.pool.CardRecord;
import karuta.archive.pool.PoolFiles;
import karuta.engine.catalog.Strategies;
import karuta.engine.features.CacheFolder;
import karuta.use.OpenPool;
import karuta.use.explain.Explainer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Tells what is in a pool. */
@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        description = {"What a pool was made with and which cards it has, or all about one card.", ""})
final class PoolShowCommand implements Runnable {

    private final Strategies strategies;
    private final Terminal terminal;

    @Mixin
    private PoolOptions pool = new PoolOptions();

    @Parameters(paramLabel = "CARD", arity = "0..1", description = "A card.")
    private Optional<String> card = Optional.empty();

    @Option(names = "--at", paramLabel = "REVISION", description = "In an older revision.", defaultValue = "HEAD")
    private String revision = "HEAD";

    @Option(
            names = "--explain",
            description =
                    "What a card is made of: the words nearest to its soft tokens, the samples it is most like, who"
                            + " takes it, and what its absence costs. Asks the pool all samples that were held out.")
    private boolean explain;

    @Option(names = "--json", description = "With --explain: as JSON.")
    private boolean json;

    PoolShowCommand(Strategies strategies, Terminal terminal) {
        this.strategies = strategies;
        this.terminal = terminal;
    }

    @Override
    public void run() {
        if (explain && card.isEmpty() || json && !explain) {
            throw new KarutaException(
                    explain ? "Which card is to be explained?" : "--json is for --explain.",
                    "Write \"karuta pool show CARD --explain\", with --json or without.");
        }
        try (var repository = pool.read()) {
            var files = pool.files(pool.at(repository, revision));
            card.map(name -> files.card(new CardName(name)))
                    .ifPresentOrElse(
                            record -> {
                                if (!json) {
                                    tell(card(record));
                                }
                                if (explain) {
                                    explain(files, record);
                                }
                            },
                            () -> {
                                tell(manifest(files));
                                cards(files);
                            });
        }
    }

    private void explain(PoolFiles files, CardRecord record) {
        try (var open = OpenPool.open(strategies, files, CacheFolder.ofUser().path(), terminal::warn)) {
            var text = new ExplanationText(new Explainer(strategies, open).of(record));
            (json ? List.of(text.json()) : text.lines()).forEach(terminal::say);
        }
    }

    private void tell(List<List<String>> rows) {
        Columns.of(rows).forEach(terminal.out()::println);
    }

    private static List<List<String>> manifest(PoolFiles files) {
        var manifest = files.manifest();
        var readers = files.recipients();
        return List.of(
                List.of("revision", files.snapshot().revision().shortId()),
                List.of(
                        "backbone",
                        manifest.backbone().id() + " " + manifest.backbone().fingerprint()),
                List.of(
                        "encoder",
                        manifest.encoder().id() + " " + manifest.encoder().fingerprint() + " (another one: "
                                + manifest.policy().name().toLowerCase(Locale.ROOT) + ")"),
                List.of("encrypted", readers.isEmpty() ? "no" : "to " + readers.size() + " readers"));
    }

    private void cards(PoolFiles files) {
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("card", "learned", "by", "own score"));
        files.cards()
                .forEach(one -> rows.add(List.of(
                        one.task(),
                        one.when().truncatedTo(ChronoUnit.SECONDS).toString(),
                        one.author(),
                        percent(Optional.ofNullable(one.after().get(one.task()))))));
        terminal.out().println();
        tell(rows);
    }

    private static String percent(Optional<Double> score) {
        return score.map(value -> String.format(Locale.ROOT, "%.1f %%", value)).orElse("");
    }

    private static List<List<String>> card(CardRecord card) {
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("task", card.task()));
        rows.add(List.of("learned", card.when().truncatedTo(ChronoUnit.SECONDS) + " by " + card.author()));
        rows.add(List.of(
                "from",
                card.source().folder() + ": " + card.source().training()
                        + " samples trained with, each counted as often as it came, "
                        + card.source().validation() + " held out, data "
                        + card.source().sha256()));
        card.options().forEach((name, value) -> rows.add(List.of(name, value)));
        scores("score before, ", card.before(), rows);
        scores("score after, ", card.after(), rows);
        rows.add(List.of("SHA-256", card.sha256()));
        return rows;
    }

    private static void scores(String what, Map<String, Double> scores, List<List<String>> rows) {
        scores.forEach((task, score) -> rows.add(List.of(what + task, percent(Optional.of(score)))));
    }
}
