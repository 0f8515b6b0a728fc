package karuta.app;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import karuta.api.KarutaException;
import karuta.api.Task;
import karuta.archive.git.PoolRepository;
import karuta.archive.pool.Packing;
import karuta.archive.pool.PoolFiles;
import karuta.engine.catalog.Strategies;
import karuta.use.care.CardUnion;
import karuta.use.care.Compression;
import karuta.use.care.HeldOut;
import karuta.use.care.Measurement;
import karuta.use.care.Proposal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Makes the cards of a pool smaller, or fewer. */
@Command(
        name = "compress",
        mixinStandardHelpOptions = true,
        description = {
            "Store the cards of a pool in fewer bits, or let one card answer for two that are alike. What that does to size,"
                    + " selection and scores is shown before it is kept, measured with the samples that were held out when the"
                    + " cards were learned.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  karuta pool compress --bits 16 --pool team.pool --dry-run",
            "  karuta pool compress --bits 8 --pool team.pool --yes",
            "  karuta pool compress --merge --tolerate 1 --pool team.pool"
        })
final class PoolCompressCommand implements Runnable {

    private final Strategies strategies;
    private final Terminal terminal;

    @Mixin
    private PoolTrial trial = new PoolTrial();

    @Option(
            names = "--bits",
            paramLabel = "N",
            description =
                    "Store each number in 16 bits, or in 8 with a scale per row; 32 gives back the room, not what was"
                            + " lost.")
    private Optional<String> bits = Optional.empty();

    @Option(
            names = "--data",
            paramLabel = "FOLDER",
            description = "Measure with the tasks' folders in this one (default: where each card was learned from).")
    private Optional<Path> data = Optional.empty();

    @Option(names = "--merge", description = "Look for pairs of cards of which one answers for both.")
    private boolean merge;

    @Option(
            names = "--alike",
            paramLabel = "COSINE",
            description = "How alike the keys of such a pair must be (default: ${DEFAULT-VALUE}).",
            defaultValue = "0.9")
    private double alike = 0.9;

    @Option(
            names = "--tolerate",
            paramLabel = "POINTS",
            description = "How much no task may lose by that (default: ${DEFAULT-VALUE}).",
            defaultValue = "2")
    private double tolerate = 2;

    PoolCompressCommand(Strategies strategies, Terminal terminal) {
        this.strategies = strategies;
        this.terminal = terminal;
    }

    /** How a proposal was measured. */
    private record Tried(CardUnion union, Proposal proposal, Measurement after) {}

    @Override
    public void run() {
        if (bits.isEmpty() && !merge) {
            throw new KarutaException("It is not said what to do.", "Say --bits 16, --bits 8 or --merge.");
        }
        var packing = bits.map(Packing::of);
        try (var repository = trial.open()) {
            var files = trial.pool().files(repository);
            var tasks = tasks(files);
            var before = trial.measure(strategies, files, tasks, terminal);
            if (merge) {
                before = merge(repository, tasks, before);
            }
            if (packing.isPresent()) {
                store(packing.get(), repository, tasks, before);
            }
        }
    }

    private List<Task> tasks(PoolFiles files) {
        var held = HeldOut.of(files, data);
        held.gone()
                .forEach((card, why) -> terminal.warn("what becomes of \"" + card + "\" cannot be measured: " + why));
        if (held.tasks().isEmpty()) {
            terminal.warn("no scores can be measured; how alike the keys are is all that is known of selection");
        }
        return held.tasks();
    }

    private void store(Packing packing, PoolRepository repository, List<Task> tasks, Measurement before) {
        var proposal = new Compression(trial.pool().files(repository), packing).propose();
        if (proposal.before().isEmpty()) {
            terminal.say("all cards are stored so already");
            return;
        }
        var after = trial.measure(strategies, trial.draft(repository, proposal), tasks, terminal);
        var message = "Stores " + proposal.before().size() + " cards in " + bits.orElseThrow() + " bits";
        trial.keep(repository, proposal, before, after, message, terminal);
    }

    /** One pair after the other, the most alike first, until nobody is left who answers for another. */
    private Measurement merge(PoolRepository repository, List<Task> tasks, Measurement before) {
        var seen = new HashSet<Set<String>>();
        var newest = before;
        for (var pair = next(repository, tasks, seen); pair.isPresent(); pair = next(repository, tasks, seen)) {
            seen.add(names(pair.get().get(0)));
            var now = newest;
            var best = pair.get().stream()
                    .map(union -> tried(repository, union, tasks))
                    .reduce((one, other) -> now.loss(other.after()) < now.loss(one.after()) ? other : one)
                    .orElseThrow();
            var words = "\"" + best.union().stays().task() + "\" for \""
                    + best.union().goes().task() + "\", too";
            var loss = now.loss(best.after());
            if (loss > tolerate) {
                terminal.say(
                        String.format(Locale.ROOT, "%s: a task would lose %.1f points, so both stay", words, loss));
            } else if (trial.keep(repository, best.proposal(), now, best.after(), "Uses " + words, terminal)) {
                newest = best.after();
            }
        }
        if (seen.isEmpty()) {
            terminal.say("no two cards whose keys are alike by " + alike + " have validation samples");
        }
        return newest;
    }

    /** The most alike pair that was not tried yet, both ways, of cards whose samples are there. */
    private Optional<List<CardUnion>> next(PoolRepository repository, List<Task> tasks, Set<Set<String>> seen) {
        var measured = tasks.stream().map(Task::name).toList();
        var open = CardUnion.candidates(trial.pool().files(repository), alike).stream()
                .filter(union -> measured.containsAll(names(union)) && !seen.contains(names(union)))
                .toList();
        return open.stream()
                .findFirst()
                .map(first -> open.stream()
                        .filter(union -> names(union).equals(names(first)))
                        .toList());
    }

    private static Set<String> names(CardUnion union) {
        return Set.of(union.stays().task(), union.goes().task());
    }

    private Tried tried(PoolRepository repository, CardUnion union, List<Task> tasks) {
        var proposal = union.propose(trial.pool().files(repository));
        return new Tried(
                union, proposal, trial.measure(strategies, trial.draft(repository, proposal), tasks, terminal));
    }
}
