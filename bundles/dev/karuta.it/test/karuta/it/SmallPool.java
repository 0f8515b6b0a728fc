package karuta.it;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import karuta.api.Contracts;
import karuta.archive.git.Author;
import karuta.archive.git.Change;
import karuta.archive.git.PoolRepository;
import karuta.archive.pool.CardRecord;
import karuta.archive.pool.CardStates;
import karuta.archive.pool.Pinned;
import karuta.archive.pool.Policy;
import karuta.archive.pool.PoolFiles;
import karuta.archive.pool.PoolManifest;
import karuta.archive.pool.Source;
import karuta.engine.catalog.Strategies;
import karuta.engine.plan.Planner;
import karuta.engine.run.CancellationToken;
import karuta.engine.run.RunOptions;
import karuta.engine.run.StudyListener;
import karuta.engine.run.StudyRunner;
import karuta.files.Sha256;
import karuta.study.Run;
import karuta.study.file.StudyReader;
import karuta.study.record.Entries;
import karuta.study.record.RunFolder;
import karuta.use.PoolStudy;

/** A pool of two cards that the embedded model has learned in one step each. */
final class SmallPool {

    private static final String STUDY = """
        study: small
        seeds: [1]
        backbone: tiny
        encoder: tiny
        benchmark: {id: cards, train: 4, test: 2}
        tasks: [scienceqa, imagenet]
        training: {steps: 1, batch: 4, rate: 0.05}
        arms:
          a: {learner: prompt, pool: {id: prototype, length: 2}, selector: %s, fusion: concat}
        """;

    private static final Author ADA = new Author("Ada", "ada@example.org");

    private SmallPool() {}

    /** Learns it, in a folder with room for the run, too. */
    static Path learned(Strategies strategies, String selector, Path folder) throws IOException {
        var plan = Planner.plan(strategies, StudyReader.parse("small.yaml", STUDY.formatted(selector)));
        var options = new RunOptions(folder.resolve("runs"), folder.resolve("features"), 1, false, false);
        var outcome = new StudyRunner(strategies, plan, options, StudyListener.NOBODY, new CancellationToken())
                .run()
                .get(0);
        var run = outcome.folder().orElseThrow(() -> new AssertionError(outcome));
        var pool = folder.resolve("small.pool");
        try (var repository = PoolRepository.create(pool)) {
            keep(run, repository);
        }
        return pool;
    }

    /** Makes another revision with the same cards. */
    static void touch(Path pool) {
        try (var repository = PoolRepository.open(pool)) {
            var note = Change.NONE.put("note", repository.tip().orElseThrow().getBytes(StandardCharsets.US_ASCII));
            repository.commit(note, ADA, Instant.EPOCH, "A note");
        }
    }

    private static void keep(RunFolder folder, PoolRepository repository) throws IOException {
        var run = folder.read();
        var states = CardStates.ofCheckpoint("small", Files.readAllBytes(folder.checkpoint(2)));
        repository.commit(PoolFiles.begun(manifest(run)), ADA, Instant.EPOCH, "Begins a pool");
        var files = new PoolFiles(repository.head().orElseThrow());
        var change = files.withState(states.rest());
        for (var i = 0; i < states.cards().size(); i++) {
            var card = states.cards().get(i);
            var record = new CardRecord(
                    card.id(),
                    i,
                    ADA.toString(),
                    Instant.EPOCH,
                    new Source("benchmark cards", "", 4, 0),
                    Map.of(),
                    Map.of(),
                    Map.of(),
                    new Sha256().add(card.tensors()).hex());
            change = change.and(files.with(record, card.tensors()));
        }
        repository.commit(change, ADA, Instant.EPOCH, "Two cards");
    }

    private static PoolManifest manifest(Run run) {
        return new PoolManifest(
                PoolManifest.FORM,
                Contracts.VERSION,
                new Pinned("tiny", fingerprint(run, "backbone")),
                new Pinned("tiny", fingerprint(run, "encoder")),
                Policy.REFUSE,
                PoolStudy.of(run));
    }

    private static String fingerprint(Run run, String of) {
        return Entries.text(run.getFingerprints(), of).orElseThrow();
    }
}
