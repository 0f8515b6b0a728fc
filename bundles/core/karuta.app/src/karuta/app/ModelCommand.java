package karuta.app;

import java.util.concurrent.Callable;
import karuta.lmm.check.Models;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command that leads to those about model folders. */
@Command(
        name = "model",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description =
                "Check the folder of a model against Transformers, convert pickled weights, import and export prompts"
                        + " and adapters, or make a model with random weights.")
final class ModelCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create(); // picocli puts the true one here

    private ModelCommand() {}

    static CommandLine of(Models models, Terminal terminal) {
        return new CommandLine(new ModelCommand())
                .addSubcommand(new ModelCheckCommand(models, terminal))
                .addSubcommand(new ModelConvertCommand(models, terminal))
                .addSubcommand(new ModelExportCommand(models, terminal))
                .addSubcommand(new ModelImportCommand(models, terminal))
                .addSubcommand(new ModelRandomCommand(models, terminal));
    }

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return CommandLines.UNUSABLE;
    }
}
