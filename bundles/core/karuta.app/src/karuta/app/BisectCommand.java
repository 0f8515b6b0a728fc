package karuta.app;

import java.util.concurrent.Callable;
import karuta.replay.Bisection;
import karuta.replay.ReplayJson;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Tells where two runs part. */
@Command(
        name = "bisect",
        mixinStandardHelpOptions = true,
        description = {
            "Tell where two runs part: the first thing that differs, as things happen and as one causes the next: option,"
                    + " data, order, initial weights; then stage by stage each step's batch, loss, gradient and rate, what"
                    + " is learned, selection, answer and score.",
            ""
        },
        footer = {
            "",
            "Exit codes: 0 equal to the bit, 1 something differs, 2 a record is not usable.",
            "",
            "Example:",
            "  karuta bisect runs/s.dual.default.seed1 there/s.dual.default.seed1"
        })
final class BisectCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin
    private TwoRuns runs = new TwoRuns();

    BisectCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        var bisection = Bisection.between(runs.a(), runs.b());
        if (runs.json()) {
            terminal.say(ReplayJson.of(bisection));
        } else {
            runs.title(terminal);
            terminal.say("");
            BisectionText.of(bisection).forEach(terminal::say);
        }
        return bisection.findings().isEmpty() ? 0 : CommandLines.FAILED;
    }
}
