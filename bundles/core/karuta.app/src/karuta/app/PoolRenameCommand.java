package karuta.app;

import java.time.Instant;
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
    private PoolOptions pool = new PoolOptions();

    @Mixin
    private PoolOptions.By by = new PoolOptions.By();

    @Parameters(index = "0", paramLabel = "CARD", description = "The name that it has.")
    private String from = "";

    @Parameters(index = "1", paramLabel = "NAME", description = "The name that it shall have.")
    private String to = "";

    PoolRenameCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public void run() {
        try (var repository = pool.open()) {
            var change = pool.files(repository).renamed(new CardName(from), new CardName(to));
            var now = repository.commit(change, by.of(repository), Instant.now(), "Renames " + from + " to " + to);
            terminal.say("revision " + now.revision().shortId() + " calls it \"" + to + "\"");
        }
    }
}
