package karuta.app;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import karuta.archive.trust.Roles;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Goes back to an older revision. */
@Command(
        name = "rollback",
        mixinStandardHelpOptions = true,
        description = {
            "Make the pool what it was in an older revision: it answers as then, bit for bit. What was between stays in the"
                    + " history, so that it can be undone the same way.",
            ""
        },
        footer = {"", "Examples:", "  karuta pool rollback HEAD~1 --pool team.pool"})
final class PoolRollbackCommand implements Runnable {

    private final Terminal terminal;

    @Mixin
    private PoolOptions pool = new PoolOptions();

    @Mixin
    private PoolOptions.By by = new PoolOptions.By();

    @Parameters(paramLabel = "REVISION", description = "As git names it; see karuta pool log.")
    private String revision = "";

    PoolRollbackCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public void run() {
        try (var repository = pool.open()) {
            var older = pool.at(repository, revision);
            pool.files(older).manifest(); // a revision that is no pool is none to go back to
            var before = repository.head();
            var now = repository.restore(
                    older,
                    Set.of(Roles.FILE), // who has lost a role does not get it back
                    by.of(repository),
                    Instant.now(),
                    "Goes back to " + older.revision().shortId() + ": "
                            + older.revision().subject());
            terminal.say(
                    before.equals(Optional.of(now))
                            ? "the pool is as it was in " + older.revision().shortId() + " already"
                            : "revision " + now.revision().shortId() + " has the cards of "
                                    + older.revision().shortId());
        }
    }
}
