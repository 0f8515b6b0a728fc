package karuta.app;

import karuta.archive.pool.CardName;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Gives a card another name. */
@Command(
        name = "rename",
        mixinStandardHelpOptions = true,
        description = {"Give a card of a pool another name. It answers as before.", ""})
final class PoolRenameCommand implements Runnable {

    private final Terminal terminal;

    @Mixin
    private PoolChange pool = new PoolChange();

    @Parameters(index = "0", paramLabel = "CARD", description = "The name that it has.")
    private String from = "";

    @Parameters(index = "1", paramLabel = "NAME", description = "The name that it shall have.")
    private String to = "";

    PoolRenameCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public void run() {
        var revision = pool.make(
                files -> files.renamed(new CardName(from), new CardName(to)), "Renames " + from + " to " + to);
        terminal.say("revision " + revision + " calls it \"" + to + "\"");
    }
}
