package karuta.app;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import karuta.api.KarutaException;
import karuta.engine.catalog.Strategies;
import karuta.engine.features.CacheFolder;
import karuta.engine.launch.SlurmArray;
import karuta.engine.plan.StudyPlan;
import karuta.engine.run.CancellationToken;
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
                    + " matrix and its predictions; a run that fails does not touch the others. The same command again runs"
                    + " what is missing, and several processes may carry out one study together.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  karuta run experiments/quickstart.yaml",
            "  karuta run my.yaml --out results --jobs 4",
            "  karuta run my.yaml --out results          again, after Ctrl-C, a crash or a mended arm: runs what is missing",
            "  karuta run my.yaml --out results --anew   sets its runs aside and begins every one anew",
            "  karuta run my.yaml --launcher slurm --slurm-option partition=gpu --slurm-option time=4:00:00"
        })
final class RunCommand implements Callable<Integer> {

    /** Who has so many runs may not have meant it. */
    private static final int MANY = 500;

    /** What carries out the runs. */
    enum Launcher {
        LOCAL,
        SLURM
    }

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
            names = "--retries",
            paramLabel = "N",
            description = "Try a run that fails again at once, so many times (default: ${DEFAULT-VALUE}). What is still"
                    + " failed at the end, the same command tries again.",
            defaultValue = "0")
    private int retries;

    @Option(
            names = {"--anew", "--restart"},
            description = "Begin every run anew; what there is of it is kept as NAME.old, which no table takes.")
    private boolean anew;

    @Option(names = "--resume", description = "No longer needed: what lies in the folder is gone on with in any case.")
    private boolean resume;

    @Option(
            names = "--no-reuse",
            description =
                    "Generate every answer. Otherwise a batch that has been answered before, with the same inserts bit"
                            + " for bit, is not answered again; the answers are the same.")
    private boolean noReuse;

    @Mixin
    private CheckpointOptions checkpoints = new CheckpointOptions();

    @Option(
            names = "--yes",
            description = "Do not ask before a study of more than " + MANY + " runs; needed where nobody can be asked.")
    private boolean yes;

    @Option(
            names = "--launcher",
            description = "local (default), or slurm: write an array job whose tasks take runs from the study, and"
                    + " submit it.")
    private Launcher launcher = Launcher.LOCAL;

    @Option(
            names = "--slurm-option",
            paramLabel = "NAME=VALUE",
            description =
                    "What sbatch shall be told, such as partition=gpu, time=4:00:00, gres=gpu:1 or mem=16G, beside what"
                            + " the study's \"slurm\" says. May be given several times.")
    private Map<String, String> slurmOptions = new LinkedHashMap<>();

    @Option(
            names = "--slurm-tasks",
            paramLabel = "N",
            description =
                    "How many tasks the array has at most (default: what the study's \"slurm\" says, or 8); never more"
                            + " than runs.")
    private Optional<Integer> slurmTasks = Optional.empty();

    @Option(
            names = "--worker",
            paramLabel = "HASH",
            hidden = true,
            description = "Be one of many: leave what others have, and what failed. The SHA-256 is that of the study.")
    private Optional<String> worker = Optional.empty();

    RunCommand(Strategies strategies, Terminal terminal) {
        this.strategies = strategies;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        check(jobs < 1, "--jobs must be at least 1, not " + jobs);
        check(retries < 0, "--retries must be at least 0, not " + retries);
        slurmTasks.ifPresent(tasks -> check(tasks < 1, "--slurm-tasks must be at least 1, not " + tasks));
        check(anew && resume, "--anew and --resume exclude each other");
        check(
                anew && launcher == Launcher.SLURM,
                "--anew does not go with --launcher slurm: take another --out, or move the old runs away");
        check(
                launcher == Launcher.LOCAL && !slurmOptions.isEmpty(),
                "--slurm-option is for --launcher slurm, which is not given");
        var plan = file.plan(strategies, terminal);
        var hash = SlurmArray.hash(plan.study().getText());
        if (worker.filter(submitted -> !submitted.equals(hash)).isPresent()) {
            throw new KarutaException(
                    "The study " + file + " has changed since it was submitted.",
                    "Submit it again: what is finished counts as far as it is the same.");
        }
        var watch = new TerminalWatch(terminal);
        watch.planned(plan);
        return Interrupt.around(terminal, stop -> {
            if (plan.pretraining().isPresent()) {
                new PretrainingRunner(strategies, plan, out, watch, stop).run();
                return 0;
            }
            if (plan.runs().size() > MANY && worker.isEmpty() && !yes) {
                new ManyRuns(strategies, plan, out, jobs, terminal, stop).agree();
            }
            return launcher == Launcher.SLURM ? submit(plan, hash, stop) : run(plan, watch, stop);
        });
    }

    private void check(boolean mistaken, String message) {
        if (mistaken) {
            throw new ParameterException(spec.commandLine(), message);
        }
    }

    private int run(StudyPlan plan, TerminalWatch watch, CancellationToken stop) {
        var options = new RunOptions(
                out,
                CacheFolder.ofUser().path(),
                jobs,
                failFast,
                anew,
                !noReuse,
                checkpoints.pace(spec),
                retries,
                worker.isPresent());
        var runner = new StudyRunner(strategies, plan, options, watch, stop);
        var outcomes = runner.run();
        if (worker.isPresent()) {
            return concludeWorker(outcomes);
        }
        var code = conclude(outcomes);
        try {
            runner.summarise();
            return code;
        } catch (RecordException unwritable) {
            terminal.fail(unwritable.getMessage());
            return CommandLines.FAILED;
        }
    }

    private int submit(StudyPlan plan, String hash, CancellationToken stop) {
        var options = new RunOptions(out, CacheFolder.ofUser().path(), jobs, failFast, false);
        var words = new ArrayList<>(file.arguments());
        words.addAll(
                List.of("--jobs", Integer.toString(jobs), "--retries", Integer.toString(retries), "--worker", hash));
        words.addAll(checkpoints.arguments());
        if (noReuse) {
            words.add("--no-reuse");
        }
        var tasks = slurmTasks.stream().mapToInt(count -> count).findFirst();
        var array = SlurmArray.of(plan.study(), words, out, plan.runs().size(), tasks, slurmOptions);
        array.demand();
        new StudyRunner(strategies, plan, options, new TerminalWatch(terminal), stop).reopen();
        terminal.say(array.submit());
        return 0;
    }

    /** What others do, they tell; what this one was asked to end is for the next one. */
    private int concludeWorker(List<RunOutcome> outcomes) {
        var interrupted = outcomes.stream().anyMatch(outcome -> outcome.status() == RunStatus.INTERRUPTED);
        var failed = outcomes.stream().anyMatch(outcome -> outcome.status() == RunStatus.FAILED);
        return interrupted ? CommandLines.INTERRUPTED : failed ? CommandLines.FAILED : 0;
    }

    private int conclude(List<RunOutcome> outcomes) {
        var begun = outcomes.stream()
                .flatMap(outcome -> outcome.folder().stream())
                .distinct()
                .toList();
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
