package karuta.app;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Reads a pool whole. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = {
            "Read everything in a pool and check that it is as it was written; where the pool has roles, that whoever has changed"
                    + " it had the right to, and that it is no older state. Exit code 2 for the first thing that is not.",
            ""
        })
final class PoolVerifyCommand implements Runnable {

    private final Terminal terminal;

    @Mixin
    private PoolOptions pool = new PoolOptions();

    @Option(names = "--all", description = "Every revision, not the newest alone.")
    private boolean all;

    @Option(
            names = "--trust",
            description =
                    "Take the pool as it is for the right one, though it is an older state than one seen before, was"
                            + " rewritten, or has other owners. Whoever has changed it must have had the right to all the same.")
    private boolean trust;

    PoolVerifyCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public void run() {
        try (var repository = pool.inspect()) {
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
            var verdict = trust
                    ? pool.trust(repository).accept()
                    : pool.trust(repository).verify();
            terminal.say(verdict.map(right -> right.revisions()
                            + " revisions were made by who may do that; the first roles are of " + right.owners())
                    .orElse("the pool has no roles: whoever can write its files can change it"));
        }
    }
}
