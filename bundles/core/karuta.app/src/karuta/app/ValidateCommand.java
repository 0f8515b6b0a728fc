package karuta.app;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import karuta.engine.catalog.Strategies;
import karuta.engine.features.CacheFolder;
import karuta.engine.run.RunOptions;
import karuta.engine.run.StudyRunner;
import karuta.use.learn.PoolArms;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Checks a study without running it. */
@Command(
        name = "validate",
        mixinStandardHelpOptions = true,
        description = {
            "Check a study as `karuta run` does before anything starts: the file, the strategies and their options, the"
                    + " models and the data with all its texts and pictures, and every arm in a rehearsal of one step"
                    + " per stage.",
            "Every mistake is told with file and line."
        })
final class ValidateCommand implements Callable<Integer> {

    private final Strategies strategies;
    private final Terminal terminal;

    @Mixin
    private StudyFile file = new StudyFile();

    @Option(names = "--all", description = "List all samples and pictures that cannot be used, not the first 20 only.")
    private boolean all;

    @Option(
            names = "--for-pool",
            description =
                    "Also whether every arm can learn into a pool (karuta learn --study): it makes one card for each task, and"
                            + " leaves earlier ones as they are.")
    private boolean forPool;

    ValidateCommand(Strategies strategies, Terminal terminal) {
        this.strategies = strategies;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        var plan = file.plan(strategies, terminal);
        var watch = new TerminalWatch(terminal);
        watch.planned(plan);
        return Interrupt.around(terminal, stop -> {
            if (plan.pretraining().isEmpty()) {
                var options =
                        new RunOptions(Path.of("runs"), CacheFolder.ofUser().path(), 1, false, false);
                var runner = new StudyRunner(strategies, plan, options, watch, stop);
                if (all) {
                    runner.validate(Integer.MAX_VALUE);
                } else {
                    runner.validate();
                }
                if (forPool) {
                    PoolArms.require(strategies, plan, options.cache(), stop);
                }
            }
            terminal.say("The study is valid.");
            return 0;
        });
    }
}
