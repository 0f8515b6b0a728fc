package karuta.app;

import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Clears a pool's repository up. */
@Command(
        name = "gc",
        mixinStandardHelpOptions = true,
        description = {
            "Pack what the history of a pool needs, and remove what was tried and not kept. No revision is lost.",
            ""
        })
final class PoolGcCommand implements Runnable {

    private static final double KILO = 1e3;

    private final Terminal terminal;

    @Mixin
    private PoolOptions pool = new PoolOptions();

    PoolGcCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public void run() {
        try (var repository = pool.open()) {
            pool.files(repository).manifest(); // another repository is none of our business
            var garbage = repository.collectGarbage();
            terminal.say(String.format(
                    Locale.ROOT,
                    "%.1f kB before, %.1f kB after; %d revisions as before",
                    garbage.before() / KILO,
                    garbage.after() / KILO,
                    repository.log().size()));
        }
    }
}
