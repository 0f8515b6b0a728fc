package karuta.app;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Reads a pool whole. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = {
            "Read everything in a pool and check that it is as it was written. Exit code 2 for the first thing that is not.",
            ""
        })
final class PoolVerifyCommand implements Runnable {

    private final Terminal terminal;

    @Mixin
    private PoolOptions pool = new PoolOptions();

    @Option(names = "--all", description = "Every revision, not the newest alone.")
    private boolean all;

    PoolVerifyCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public void run() {
        try (var repository = pool.read()) {
            if (all) {
                var revisions = repository.log();
                revisions.forEach(
                        revision -> pool.files(repository.at(revision.id())).verify());
                terminal.say(revisions.size() + " revisions are as they were written");
            } else {
                var files = pool.files(repository);
                files.verify();
                terminal.say(files.cards().size() + " cards of revision "
                        + files.snapshot().revision().shortId() + " are as they were written");
            }
        }
    }
}
