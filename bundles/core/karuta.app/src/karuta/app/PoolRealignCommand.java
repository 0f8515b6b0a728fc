package karuta.app;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import karuta.api.KarutaException;
import karuta.api.Task;
import karuta.archive.pool.PoolFiles;
import karuta.engine.catalog.Strategies;
import karuta.engine.features.CacheFolder;
import karuta.use.PoolStudy;
import karuta.use.care.Measurement;
import karuta.use.care.Realignment;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Fits a pool to another encoder. */
@Command(
        name = "realign",
        mixinStandardHelpOptions = true,
        description = {
            "Learn what the cards of a pool are found by anew, for another encoder, from the data that they were learned from."
                    + " What the cards insert stays as it is. What that does to selection and scores is shown before it is kept.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  karuta pool realign --encoder \"{id: clip, text: projected}\" --data tasks --pool team.pool",
            "  karuta pool realign --encoder study.yaml --pool team.pool --dry-run    the encoder of a study"
        })
final class PoolRealignCommand implements Runnable {

    private final Strategies strategies;
    private final Terminal terminal;

    @Mixin
    private PoolTrial trial = new PoolTrial();

    @Option(
            names = "--encoder",
            paramLabel = "NEW",
            description =
                    "The new encoder as a study names it, with its options, or the file of a study that has it (default: as"
                            + " the pool names it, with the weights that are there now).")
    private Optional<String> encoder = Optional.empty();

    @Option(
            names = "--data",
            paramLabel = "FOLDER",
            description = "A folder with a task's folder per card (default: where each card was learned from).")
    private Optional<Path> data = Optional.empty();

    @Option(
            names = "--anew",
            description =
                    "Learn prototypes by the method's losses alone, even where the old encoder is there to be followed.")
    private boolean anew;

    PoolRealignCommand(Strategies strategies, Terminal terminal) {
        this.strategies = strategies;
        this.terminal = terminal;
    }

    @Override
    public void run() {
        try (var repository = trial.open()) {
            var files = trial.pool().files(repository);
            var cache = CacheFolder.ofUser().path();
            var aligned = new Realignment(strategies, files, study(files), data, anew, cache).propose();
            var before = before(files, aligned.validation());
            var draft = trial.draft(repository, aligned.proposal());
            var after = trial.measure(strategies, draft, aligned.validation(), terminal);
            var message = "Realigns " + files.cards().size() + " cards to the encoder "
                    + draft.manifest().encoder().id();
            trial.keep(repository, aligned.measured(draft, after), before, after, message, terminal);
        }
    }

    private String study(PoolFiles files) {
        var text = files.manifest().study();
        return encoder.map(name -> file(name)
                        .map(path -> PoolStudy.withEncoderOf(
                                text, name, new String(GivenFile.bytes(path), StandardCharsets.UTF_8)))
                        .orElseGet(() -> PoolStudy.withEncoder(text, name)))
                .orElse(text);
    }

    private static Optional<Path> file(String name) {
        try {
            return Optional.of(Path.of(name)).filter(Files::isRegularFile);
        } catch (InvalidPathException words) {
            return Optional.empty();
        }
    }

    /** With the old encoder, if it is still there. */
    private Measurement before(PoolFiles files, List<Task> tasks) {
        try {
            return trial.measure(strategies, files, tasks, terminal);
        } catch (KarutaException gone) {
            terminal.warn("how good the pool is with the old encoder cannot be measured: " + gone.getMessage());
            return Measurement.NONE;
        }
    }
}
