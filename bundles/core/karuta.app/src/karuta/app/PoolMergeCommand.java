package karuta.app;

import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import karuta.api.KarutaException;
import karuta.archive.git.PoolRepository;
import karuta.archive.git.Snapshot;
import karuta.archive.pool.CardName;
import karuta.archive.pool.CardRecord;
import karuta.archive.pool.MergeConflict;
import karuta.archive.pool.PoolMerge;
import karuta.archive.pool.Side;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Takes the work of somebody else into a pool. */
@Command(
        name = "merge",
        mixinStandardHelpOptions = true,
        description = {
            "Take the cards that somebody else has learned in a copy of the pool. Different cards never conflict; of a card that"
                    + " both have changed you say whose counts.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  karuta pool merge ../bob/team.pool --pool team.pool",
            "  karuta pool merge origin/main --pool team.pool --take gqa=theirs --take plants=ours"
        })
final class PoolMergeCommand implements Runnable {

    private final Terminal terminal;

    @Mixin
    private PoolOptions pool = new PoolOptions();

    @Mixin
    private PoolOptions.By by = new PoolOptions.By();

    @Parameters(paramLabel = "OTHER", description = "A branch of this pool, or the folder of a copy.")
    private String other = "";

    @Option(
            names = "--take",
            paramLabel = "[CARD=]SIDE",
            description =
                    "Whose card counts where both have changed it: ours (this pool's) or theirs; for all such cards, if"
                            + " none is named.")
    private List<String> take = List.of();

    PoolMergeCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public void run() {
        by.said();
        try (var repository = pool.open()) {
            var ours = pool.files(repository).snapshot();
            var theirs = theirs(repository);
            var base = repository.lineage().bases(ours, theirs).stream()
                    .findFirst()
                    .orElseThrow(() -> new KarutaException(
                            other + " has no revision in common with this pool.",
                            "Take its cards over with \"karuta pool import\"."));
            if (base.revision().equals(theirs.revision())) {
                terminal.say("all of " + other + " is in the pool already");
                return;
            }
            var merge = new PoolMerge(pool.files(base), pool.files(ours), pool.files(theirs));
            var change = merge.change(taken(merge.conflicts()));
            pool.files(repository.draft(change)).verify();
            var merged = repository.merge(change, theirs, by.of(repository), Instant.now(), "Merges " + other);
            terminal.say(
                    "revision " + merged.revision().shortId() + " has " + PoolDiffCommand.summary(ours.to(merged)));
        }
    }

    private Snapshot theirs(PoolRepository repository) {
        try {
            return repository.at(other);
        } catch (KarutaException noRevision) {
            return repository.fetch(Path.of(other));
        }
    }

    private Map<CardName, Side> taken(List<MergeConflict> conflicts) {
        var named = new HashMap<String, Side>();
        take.forEach(words -> named.put(
                words.contains("=") ? words.substring(0, words.lastIndexOf('=')) : "",
                side(words.substring(words.lastIndexOf('=') + 1))));
        var taken = new HashMap<CardName, Side>();
        conflicts.forEach(
                conflict -> Optional.ofNullable(named.get(conflict.card().value()))
                        .or(() -> Optional.ofNullable(named.get("")))
                        .ifPresent(side -> taken.put(conflict.card(), side)));
        var open = conflicts.stream()
                .filter(conflict -> !taken.containsKey(conflict.card()))
                .toList();
        if (!open.isEmpty()) {
            throw new KarutaException(
                    open.stream().map(PoolMergeCommand::words).collect(Collectors.joining("\n")),
                    "Say whose counts, such as --take \"" + open.get(0).card()
                            + "=theirs\"; or rename one (\"karuta pool" + " rename\"), and merge again to have both.");
        }
        return taken;
    }

    private static Side side(String word) {
        try {
            return Side.valueOf(word.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException unknown) {
            throw new KarutaException("--take says \"" + word + "\".", "Say ours or theirs.", unknown);
        }
    }

    private static String words(MergeConflict conflict) {
        var known = conflict.base().isPresent() ? "was changed by both" : "was learned by both";
        return "The card \"" + conflict.card() + "\" " + known + ", each in his way.\n  ours:   "
                + words(conflict.ours()) + "\n  theirs: " + words(conflict.theirs());
    }

    private static String words(Optional<CardRecord> card) {
        return card.map(PoolMergeCommand::words).orElse("removed");
    }

    private static String words(CardRecord card) {
        return "by " + card.author() + ", " + card.when().truncatedTo(ChronoUnit.SECONDS) + ", from "
                + card.source().folder() + " (" + card.source().training() + " samples, data "
                + card.source()
                        .sha256()
                        .substring(0, Math.min(8, card.source().sha256().length())) + "), own score "
                + score(card.before(), card.task()) + " before, " + score(card.after(), card.task()) + " after";
    }

    private static String score(Map<String, Double> scores, String task) {
        return Optional.ofNullable(scores.get(task))
                .map(score -> String.format(Locale.ROOT, "%.1f %%", score))
                .orElse("unknown");
    }
}
