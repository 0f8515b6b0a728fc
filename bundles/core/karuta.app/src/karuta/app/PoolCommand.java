package karuta.app;

import java.util.concurrent.Callable;
import karuta.engine.catalog.Strategies;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command that leads to those about pools in use. */
@Command(
        name = "pool",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = {"Keep what was learned as cards with a history: a git repository with a file per card.", ""},
        footer = {
            "",
            "Examples:",
            "  karuta pool import runs/study.dual.default.seed1 --pool team.pool    cards of a finished run",
            "  karuta pool log --pool team.pool                                     who changed what, and when",
            "  karuta ask --pool team.pool --image x.png \"What is this?\"            an answer by these cards"
        })
final class PoolCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create(); // picocli puts the true one here

    private PoolCommand() {}

    static CommandLine of(Strategies strategies, Terminal terminal) {
        return new CommandLine(new PoolCommand())
                .addSubcommand(new PoolImportCommand(terminal))
                .addSubcommand(new PoolLogCommand(terminal))
                .addSubcommand(new PoolShowCommand(strategies, terminal))
                .addSubcommand(new PoolAbstainCommand(strategies, terminal))
                .addSubcommand(new PoolDiffCommand(terminal))
                .addSubcommand(new PoolRollbackCommand(terminal))
                .addSubcommand(new PoolRemoveCommand(terminal))
                .addSubcommand(new PoolRenameCommand(terminal))
                .addSubcommand(new PoolProtectCommand(terminal))
                .addSubcommand(PoolRolesCommand.of(terminal))
                .addSubcommand(new PoolVerifyCommand(terminal))
                .addSubcommand(new PoolMergeCommand(terminal))
                .addSubcommand(new PoolExportCommand(terminal))
                .addSubcommand(new PoolGcCommand(terminal))
                .addSubcommand(new PoolPolicyCommand(terminal))
                .addSubcommand(new PoolUnlockCommand(terminal))
                .addSubcommand(new PoolCompressCommand(strategies, terminal))
                .addSubcommand(new PoolRealignCommand(strategies, terminal));
    }

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return CommandLines.UNUSABLE;
    }
}
