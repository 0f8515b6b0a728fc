package karuta.app;

import karuta.archive.pool.CardName;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Takes a card out. */
@Command(
        name = "remove",
        mixinStandardHelpOptions = true,
        description = {
            "Take a card out of a pool. It stays in the history: \"karuta pool rollback\" brings it back.",
            ""
        })
final class PoolRemoveCommand implements Runnable {

    private final Terminal terminal;

    @Mixin
    private PoolChange pool = new PoolChange();

    @Parameters(paramLabel = "CARD", description = "Its name, which is that of its task.")
    private String card = "";

    PoolRemoveCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public void run() {
        var revision = pool.make(files -> files.without(new CardName(card)), "Removes " + card);
        terminal.say("revision " + revision + " has no card \"" + card + "\"");
    }
}
