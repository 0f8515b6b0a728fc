package karuta.app;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import karuta.api.Contracts;
import karuta.api.KarutaException;
import karuta.archive.git.Change;
import karuta.archive.git.Committer;
import karuta.archive.git.PoolRepository;
import karuta.archive.pool.CardName;
import karuta.archive.pool.CardRecord;
import karuta.archive.pool.CardStates;
import karuta.archive.pool.Pinned;
import karuta.archive.pool.Policy;
import karuta.archive.pool.PoolFiles;
import karuta.archive.pool.PoolManifest;
import karuta.archive.pool.Source;
import karuta.archive.pool.Transfer;
import karuta.files.Sha256;
import karuta.study.Row;
import karuta.study.Run;
import karuta.study.RunStatus;
import karuta.study.record.Entries;
import karuta.study.record.RunFolder;
import karuta.use.PoolStudy;
import karuta.use.ask.RunLikeness;
import karuta.use.care.CardSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Takes cards over that were learned elsewhere. */
@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        description = {
            "Take cards over that a finished run has learned, or that were in another pool: into a new pool or one that is for"
                    + " the same models and strategies.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  karuta pool import runs/my.dual.default.seed1 --pool team.pool    a run's cards, with their scores",
            "  karuta pool import cards.zip --pool team.pool                     what karuta pool export has written",
            "  karuta pool import ../bob/team.pool --card gqa --pool team.pool   a card of another pool"
        })
final class PoolImportCommand implements Runnable {

    private static final double PERCENT = 100;

    private final Terminal terminal;

    @Mixin
    private PoolOptions pool = new PoolOptions();

    @Mixin
    private PoolOptions.By by = new PoolOptions.By();

    @Option(names = "--card", paramLabel = "CARD", description = "A card; several times for several (default: all).")
    private List<String> cards = List.of();

    @Parameters(paramLabel = "FROM", description = "The folder of a finished run, an export, or another pool.")
    private Path folder = Path.of("");

    PoolImportCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public void run() {
        by.said();
        try (var source = RunFolder.of(folder).isPresent() ? learned() : CardSource.of(folder)) {
            var from = pool.files(source.pool());
            tell(isThere() ? into(from) : pool.beginning().make(repository -> begin(from, repository)));
        }
    }

    private boolean isThere() {
        return Files.isDirectory(pool.folder().resolve(".git"));
    }

    private Transfer into(PoolFiles from) {
        try (var repository = pool.open()) {
            return take(from, repository);
        }
    }

    private Transfer begin(PoolFiles from, PoolRepository repository) {
        repository.commit(PoolFiles.begun(from.manifest()), by.of(repository), Instant.now(), "Begins a pool");
        return take(from, repository);
    }

    private Transfer take(PoolFiles from, PoolRepository repository) {
        var to = pool.files(repository);
        if (!PoolStudy.sameArm(to.manifest().study(), from.manifest().study())) {
            throw new KarutaException(
                    "The cards of " + folder
                            + " were learned by other strategies, or with other options, than those of " + pool.folder()
                            + ".",
                    "Compare the arms that \"study\" says in both pool.json; learn them again, or make a pool of their own.");
        }
        var transfer = Transfer.of(from, names(from), to);
        var message = "Takes over " + count(transfer) + " of " + folder;
        repository.commit(transfer.change(), by.of(repository), Instant.now(), message);
        return transfer;
    }

    private static String count(Transfer transfer) {
        return transfer.taken().size() + (transfer.taken().size() == 1 ? " card" : " cards");
    }

    private void tell(Transfer transfer) {
        terminal.say(pool.folder() + " has " + count(transfer) + " more: "
                + String.join(
                        ", ", transfer.taken().stream().map(CardName::value).toList()));
        if (!transfer.there().isEmpty()) {
            terminal.say("it had already: "
                    + String.join(
                            ", ", transfer.there().stream().map(CardName::value).toList()));
        }
    }

    private List<CardName> names(PoolFiles from) {
        return cards.isEmpty()
                ? from.cards().stream().map(CardRecord::name).toList()
                : cards.stream().map(CardName::new).toList();
    }

    private CardSource learned() {
        var source = new RunFolder(folder);
        var run = source.read();
        if (run.getStatus() != RunStatus.FINISHED) {
            throw new KarutaException(
                    "The run in " + folder + " is not finished (" + run.getStatus() + ").", "Let it end first.");
        }
        var stages = run.getStages().size();
        source.checkCheckpoint(run, stages);
        var likeness = RunLikeness.of(source, stages);
        var states = CardStates.ofCheckpoint(folder.toString(), GivenFile.bytes(source.checkpoint(stages)));
        var made = CardSource.empty();
        var repository = made.pool();
        var author = author(repository);
        var now = Instant.now();
        repository.commit(PoolFiles.begun(manifest(run)), author, now, "Begins a pool");
        var files = pool.files(repository);
        var change = files.withState(states.rest());
        for (var i = 0; i < states.cards().size(); i++) {
            change = change.and(card(run, states.cards().get(i), i, author.toString(), now, likeness, files));
        }
        repository.commit(change, author, now, "Cards of a run");
        return made;
    }

    private Committer author(PoolRepository source) {
        if (!isThere()) {
            return by.of(source);
        }
        try (var repository = pool.read()) {
            return by.of(repository);
        }
    }

    private static PoolManifest manifest(Run run) {
        return new PoolManifest(
                PoolManifest.FORM,
                Contracts.VERSION,
                new Pinned(run.getBackbone().getId(), fingerprint(run, "backbone")),
                new Pinned(run.getEncoder().getId(), fingerprint(run, "encoder")),
                Policy.REFUSE,
                PoolStudy.of(run));
    }

    private static String fingerprint(Run run, String name) {
        return Entries.text(run.getFingerprints(), name)
                .orElseThrow(() -> new KarutaException(
                        "The record of the run does not say the fingerprint of its " + name + ".",
                        "Take a run of this Karuta."));
    }

    private Change card(
            Run run,
            CardStates.Part part,
            int number,
            String author,
            Instant now,
            RunLikeness likeness,
            PoolFiles files) {
        var task = new CardName(part.id());
        var learned = part.task().map(run.getTasks()::indexOf).orElse(-1) + 1; // the stage, or 0
        var stage = learned > 0 ? learned : run.getStages().size();
        var record = new CardRecord(
                task.value(),
                number,
                author,
                now,
                new Source(
                        "benchmark " + run.getBenchmark().getId(),
                        fingerprint(run, "data"),
                        Math.toIntExact(run.getStages().get(stage - 1).getSamples()),
                        0),
                options(run),
                scores(run, stage - 1),
                scores(run, stage),
                likeness.of(part.task()),
                new Sha256().add(part.tensors()).hex());
        return files.with(record, part.tensors());
    }

    private static Map<String, String> options(Run run) {
        var options = new HashMap<String, String>();
        options.put("run", RunFolder.name(run));
        options.put("seed", String.valueOf(run.getSeed()));
        return options;
    }

    /** The row of the matrix after a stage, in percent. */
    private static Map<String, Double> scores(Run run, int stage) {
        var scores = new HashMap<String, Double>();
        var tasks = run.getMatrix().getTasks();
        var row = run.getMatrix().getRows().stream()
                .filter(each -> each.getStage() == stage)
                .map(Row::getScores)
                .findFirst()
                .map(List::copyOf)
                .orElse(List.of());
        IntStream.range(0, row.size()).forEach(i -> scores.put(tasks.get(i), PERCENT * row.get(i)));
        return scores;
    }
}
