package karuta.app;

import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints what lets a shell complete commands and options. */
@Command(
        name = "completion",
        mixinStandardHelpOptions = true,
        description = {"Print a script by which a shell completes Karuta's commands and options.", ""},
        footer = {
            "",
            "Examples:",
            "  source <(karuta completion bash)                      for this shell; in ~/.bashrc for every one",
            "  source <(karuta completion zsh)                       for this shell; in ~/.zshrc for every one",
            "",
            "It completes the command `karuta`: put the folder of the launcher on the path, or `alias karuta=./karuta`."
        })
final class CompletionCommand implements Runnable {

    /** The shells that picocli knows; zsh reads what bash reads. */
    enum Shell {
        BASH,
        ZSH
    }

    private final Terminal terminal;

    @Spec
    private CommandSpec spec = CommandSpec.create(); // picocli puts the true one here

    @Parameters(paramLabel = "SHELL", description = "bash or zsh.")
    private Shell shell = Shell.BASH;

    CompletionCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public void run() {
        var begin = shell == Shell.ZSH ? "autoload -U +X compinit && compinit\n" : "";
        terminal.say(
                begin + AutoComplete.bash("karuta", spec.root().commandLine()).stripTrailing());
    }
}
