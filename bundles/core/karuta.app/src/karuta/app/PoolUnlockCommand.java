package karuta.app;

import karuta.api.KarutaException;
import karuta.archive.git.PoolLock;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Takes a pool back from a process that has ended where nobody here can see it. */
@Command(
        name = "unlock",
        mixinStandardHelpOptions = true,
        description = {
            "Take a pool back from a process on another host that has ended without giving it back. A process of this host needs"
                    + " no such word: whether it has ended is known.",
            ""
        })
final class PoolUnlockCommand implements Runnable {

    private final Terminal terminal;

    @Mixin
    private PoolOptions pool = new PoolOptions();

    @Option(names = "--yes", description = "Do not ask whether that process has ended.")
    private boolean yes;

    PoolUnlockCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public void run() {
        var holder = PoolLock.writer(pool.folder());
        if (holder.isEmpty()) {
            terminal.say("nobody has " + pool.folder());
            return;
        }
        if (!PoolLock.isHeld(pool.folder())) {
            terminal.say(holder.get() + " has ended, and has " + pool.folder()
                    + " no more: whoever changes the pool next takes it without asking");
            return;
        }
        if (!PoolLock.isElsewhere(pool.folder())) {
            throw new KarutaException(
                    holder.get() + " runs on this host, and has " + pool.folder() + ".",
                    "Wait until it has ended, or end it; then nothing needs to be unlocked.");
        }
        if (!yes && !terminal.asks()) {
            throw new KarutaException(
                    "Nobody can be asked whether " + holder.get() + " has ended.",
                    "Say --yes if you know that it has.");
        }
        if (yes || terminal.agrees("Has " + holder.get() + " ended, for certain?")) {
            PoolLock.unlock(pool.folder())
                    .orElseThrow(() -> new KarutaException(
                            holder.get() + " still runs: it has locked " + pool.folder() + ".",
                            "Wait until it has ended."));
            terminal.say(pool.folder() + " can be changed again");
        }
    }
}
