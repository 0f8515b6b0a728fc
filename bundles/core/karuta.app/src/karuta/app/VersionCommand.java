package karuta.app;

import picocli.CommandLine.Command;

/** Tells which program this is. */
@Command(name = "version", description = "Tell which program this is.", mixinStandardHelpOptions = true)
final class VersionCommand implements Runnable {

    private final Terminal terminal;

    VersionCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public void run() {
        for (var line : new Versions().getVersion()) {
            terminal.say(line);
        }
    }
}
