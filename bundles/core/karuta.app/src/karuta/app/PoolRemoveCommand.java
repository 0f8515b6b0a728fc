package karuta.app;

import java.time.Instant;
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
    private PoolOptions pool = new PoolOptions();

    @Mixin
    private PoolOptions.By by = new PoolOptions.By();

    @Parameters(paramLabel = "CARD", description = "Its name, which is that of its task.")
    private String card = "";

    PoolRemoveCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public void run() {
        try (var repository = pool.open()) {
            var change = pool.files(repository).without(new CardName(card));
            var now = repository.commit(change, by.of(repository), Instant.now(), "Removes " + card);
            terminal.say("revision " + now.revision().shortId() + " has no card \"" + card + "\"");
        }
    }
}
