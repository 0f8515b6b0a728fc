package karuta.app;

import java.io.PrintWriter;
import karuta.engine.catalog.Doctor;
import karuta.engine.catalog.Failures;
import karuta.engine.catalog.Strategies;
import karuta.lmm.check.Models;
import karuta.speed.Speed;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.HelpCommand;

/** The command line with all its commands. */
final class CommandLines {

    /** A run failed. */
    static final int FAILED = ExitCode.SOFTWARE;

    /** What was asked for cannot be done as asked. */
    static final int UNUSABLE = ExitCode.USAGE;

    /** The user ended it. */
    static final int INTERRUPTED = 130;

    private static final int WIDTH = 110;

    private CommandLines() {}

    static CommandLine of(Strategies strategies, Doctor doctor, Models models, Speed speed, Terminal terminal) {
        var root = new Karuta(terminal);
        var commands = new CommandLine(root)
                .addSubcommand(new RunCommand(strategies, terminal))
                .addSubcommand(new ValidateCommand(strategies, terminal))
                .addSubcommand(new PlanCommand(strategies, terminal))
                .addSubcommand(new StrategiesCommand(strategies, terminal))
                .addSubcommand(new CheckCommand(strategies, terminal))
                .addSubcommand(new ScorersCommand(strategies, terminal))
                .addSubcommand(new CompareCommand(strategies, terminal))
                .addSubcommand(new NewCommand(strategies, terminal))
                .addSubcommand(new BuildStrategyCommand(terminal))
                .addSubcommand(new DoctorCommand(strategies, doctor, terminal))
                .addSubcommand(new SchemaCommand(strategies, terminal))
                .addSubcommand(new TableCommand(terminal))
                .addSubcommand(new ExplainCommand(strategies, terminal))
                .addSubcommand(new MetricsCommand(terminal))
                .addSubcommand(new WatchCommand(terminal))
                .addSubcommand(new ReportCommand(strategies, terminal))
                .addSubcommand(new ReplayCommand(strategies, terminal))
                .addSubcommand(new DiffCommand(terminal))
                .addSubcommand(new BisectCommand(terminal))
                .addSubcommand(new ScoreCommand(strategies, terminal))
                .addSubcommand(new AuditCommand(terminal))
                .addSubcommand(DataCommand.of(strategies, terminal))
                .addSubcommand(new ExportTasksCommand(strategies, terminal))
                .addSubcommand(PoolCommand.of(strategies, terminal))
                .addSubcommand(new AskCommand(strategies, terminal))
                .addSubcommand(new LearnCommand(strategies, terminal))
                .addSubcommand(new ServeCommand(terminal))
                .addSubcommand(ModelCommand.of(models, terminal))
                .addSubcommand(new BenchCommand(models, speed, terminal))
                .addSubcommand(new CacheCommand(terminal))
                .addSubcommand(new VersionCommand(terminal))
                .addSubcommand(new CompletionCommand(terminal))
                .addSubcommand(new HelpCommand());
        commands.setCaseInsensitiveEnumValuesAllowed(true);
        commands.setUsageHelpWidth(WIDTH);
        commands.setOut(new PrintWriter(terminal.out(), true));
        commands.setErr(new PrintWriter(terminal.err(), true));
        commands.setParameterExceptionHandler((mistake, args) -> {
            terminal.fail(CommandMistake.describe(mistake));
            terminal.err()
                    .println("See `" + mistake.getCommandLine().getCommandSpec().qualifiedName() + " --help`.");
            return UNUSABLE;
        });
        var failures = new Failures(strategies);
        commands.setExecutionExceptionHandler((failure, command, parsed) -> tell(failure, failures, root, terminal));
        commands.setExecutionStrategy(parsed -> {
            try {
                return new CommandLine.RunLast().execute(parsed);
            } catch (Error failure) { // memory, stack, classes that do not fit: not what picocli handles
                return tell(failure, failures, root, terminal);
            }
        });
        return commands;
    }

    private static int tell(Throwable failure, Failures failures, Karuta root, Terminal terminal) {
        if (root.debug()) {
            failure.printStackTrace(terminal.err());
        }
        var why = failures.explain(failure);
        terminal.fail(
                why.orElseGet(() -> failure + "\n  this is a defect of the program; --debug shows where it happened"));
        return why.isPresent() ? UNUSABLE : FAILED;
    }
}
