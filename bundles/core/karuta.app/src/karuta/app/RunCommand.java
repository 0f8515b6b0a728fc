package karuta.app;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import karuta.engine.catalog.Strategies;
import karuta.engine.features.CacheFolder;
import karuta.engine.run.PretrainingRunner;
import karuta.engine.run.RunOptions;
import karuta.engine.run.RunOutcome;
import karuta.engine.run.StudyRunner;
import karuta.report.Report;
import karuta.study.RunStatus;
import karuta.study.record.RecordException;
import karuta.study.record.RunFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Carries out a study. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = {
            "Carry out a study: every arm with every seed in every order of tasks.",
            "Everything is checked before anything starts. Each run leaves a folder with its record, its accuracy"
                    + " matrix and its predictions; a run that fails does not touch the others.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  karuta run experiments/quickstart.yaml",
            "  karuta run my.yaml --out results --jobs 4",
            "  karuta run my.yaml --out results             again, after Ctrl-C, a crash or a mended arm: runs what is missing",
            "  karuta run my.yaml --out results --restart   begins every run anew"
        })
final class RunCommand implements Callable<Integer> {

    private final Strategies strategies;
    private final Terminal terminal;

    @Spec
    private CommandSpec spec = CommandSpec.create(); // picocli puts the true one here

    @Mixin
    private StudyFile file = new StudyFile();

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Folder for the run folders (default: ${DEFAULT-VALUE}).",
            defaultValue = "runs")
    private Path out = Path.of("runs");

    @Option(
            names = "--jobs",
            paramLabel = "N",
            description =
                    "How many runs go on at the same time (default: ${DEFAULT-VALUE}); the results do not depend on"
                            + " it.",
            defaultValue = "1")
    private int jobs = 1;

    @Option(names = "--fail-fast", description = "End the study with the first run that fails.")
    private boolean failFast;

    @Option(
            names = "--restart",
            description =
                    "Begin every run anew, in a folder of its own. Otherwise runs of the same study that lie in the folder"
                            + " count: finished ones are not run again, those that ended early go on after their last"
                            + " complete stage.")
    private boolean restart;

    @Option(names = "--resume", description = "Go on with what lies in the folder, as without this option.")
    private boolean resume;

    @Option(
            names = "--no-reuse",
            description =
                    "Generate every answer. Otherwise a batch that has been answered before, with the same inserts bit"
                            + " for bit, is not answered again; the answers are the same.")
    private boolean noReuse;

    @Mixin
    private CheckpointOptions checkpoints = new CheckpointOptions();

    RunCommand(Strategies strategies, Terminal terminal) {
        this.strategies = strategies;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (jobs < 1) {
            throw new ParameterException(spec.commandLine(), "--jobs must be at least 1, not " + jobs);
        }
        if (restart && resume) {
            throw new ParameterException(spec.commandLine(), "--restart and --resume exclude each other");
        }
        var plan = file.plan(strategies, terminal);
        var watch = new TerminalWatch(terminal);
        watch.planned(plan);
        return Interrupt.around(terminal, stop -> {
            if (plan.pretraining().isPresent()) {
                new PretrainingRunner(strategies, plan, out, watch, stop).run();
                return 0;
            }
            var reuse = !noReuse;
            var options = new RunOptions(
                    out, CacheFolder.ofUser().path(), jobs, failFast, restart, reuse, checkpoints.pace(spec));
            var runner = new StudyRunner(strategies, plan, options, watch, stop);
            var code = conclude(runner.run());
            try {
                runner.summarise();
                return code;
            } catch (RecordException unwritable) {
                terminal.fail(unwritable.getMessage());
                return CommandLines.FAILED;
            }
        });
    }

    private int conclude(List<RunOutcome> outcomes) {
        var begun =
                outcomes.stream().flatMap(outcome -> outcome.folder().stream()).toList();
        var unreadable = !begun.isEmpty() && !show(begun);
        var failed = outcomes.stream()
                .filter(outcome -> outcome.status() == RunStatus.FAILED)
                .count();
        var missing = outcomes.stream().filter(outcome -> !outcome.finished()).count();
        terminal.say("The records are in " + out);
        if (missing > 0) {
            terminal.fail(missing + " of " + outcomes.size() + " runs did not finish (" + failed
                    + " failed)\n  go on with: karuta run " + file + " --out " + out);
        }
        if (failed > 0 || unreadable) {
            return CommandLines.FAILED;
        }
        return missing > 0 ? CommandLines.INTERRUPTED : 0;
    }

    /** Prints the tables of what can be read; says whether that was all. */
    private boolean show(List<RunFolder> begun) {
        try {
            var report = Report.of(begun);
            terminal.say("");
            terminal.say(report.text());
            report.damages().forEach(terminal::fail);
            return report.damages().isEmpty();
        } catch (RecordException unreadable) { // the folders were removed, perhaps
            terminal.fail(unreadable.getMessage());
            return false;
        }
    }
}
