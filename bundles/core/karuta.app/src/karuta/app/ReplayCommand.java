package karuta.app;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import karuta.engine.catalog.Strategies;
import karuta.replay.Replay;
import karuta.replay.ReplayJson;
import karuta.replay.Verdict;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs a kept run again. */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        description = {
            "Run a kept run again, from what its record says, and compare bit for bit: every step, what was learned,"
                    + " selections, answers, scores. Features of the frozen models are computed again, too.",
            "Where equal bits cannot be expected (another processor, library, bundle or data), it says why, and compares"
                    + " the scores within a tolerance.",
            ""
        },
        footer = {
            "",
            "Exit codes: 0 the same, 1 not the same, 2 the record is not usable, 130 interrupted.",
            "",
            "Examples:",
            "  karuta replay runs/s.dual.default.seed1",
            "  karuta replay runs/s.dual.default.seed1 --out again    keep what came out, for `karuta bisect`"
        })
final class ReplayCommand implements Callable<Integer> {

    private final Strategies strategies;
    private final Terminal terminal;

    @Spec
    private CommandSpec spec = CommandSpec.create(); // picocli puts the true one here

    @Parameters(paramLabel = "RUN", description = "The folder of a finished run.")
    private Path folder = Path.of("");

    @Option(
            names = "--tolerance",
            paramLabel = "T",
            description = "How far scores may lie apart where equal bits cannot be expected, as a share"
                    + " (default: ${DEFAULT-VALUE}, one point of a hundred).",
            defaultValue = "0.01")
    private double tolerance = 0.01;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Keep the new run in this folder (default: a temporary one, which is removed).")
    private Optional<Path> out = Optional.empty();

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    ReplayCommand(Strategies strategies, Terminal terminal) {
        this.strategies = strategies;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (!(tolerance >= 0)) {
            throw new ParameterException(spec.commandLine(), "--tolerance must be 0 or more, not " + tolerance);
        }
        var replay = Replay.of(strategies, folder);
        return Interrupt.around(terminal, stop -> {
            var verdict = replay.run(strategies, out, tolerance, new ReplayWatch(terminal, json), stop);
            tell(verdict);
            return verdict.same() ? 0 : CommandLines.FAILED;
        });
    }

    private void tell(Verdict verdict) {
        if (json) {
            terminal.say(ReplayJson.of(verdict));
            return;
        }
        if (verdict.sameBits()) {
            var compared = verdict.bisection().compared();
            terminal.say("The same, bit for bit: " + compared.steps() + " steps, " + compared.stages()
                    + " states, " + compared.answers() + " answers with their selections, "
                    + verdict.closeness().cells() + " scores.");
            compared.notes().forEach(terminal::say);
            return;
        }
        terminal.say("");
        BisectionText.of(verdict.bisection()).forEach(terminal::say);
        terminal.say("");
        var closeness = verdict.closeness();
        terminal.say(closeness.unequal() + " of " + closeness.cells() + " scores differ"
                + closeness
                        .where()
                        .map(where -> String.format(Locale.ROOT, ", most by %.4f (%s)", closeness.farthest(), where))
                        .orElse("")
                + ".");
        terminal.say(
                verdict.known()
                        ? "Not the same, though nothing that bits depend on has changed."
                        : String.format(
                                Locale.ROOT,
                                "Equal bits could not be expected; all scores are %s %s of each other (--tolerance).",
                                verdict.same() ? "within" : "not within",
                                tolerance));
    }
}
