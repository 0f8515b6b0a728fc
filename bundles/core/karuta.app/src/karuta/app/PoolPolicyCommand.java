package karuta.app;

import java.util.Locale;
import karuta.archive.pool.Policy;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Says what a pool does where the encoder is another one. */
@Command(
        name = "policy",
        mixinStandardHelpOptions = true,
        description = {
            "What happens where a pool meets another encoder than the one that its cards were made with: refuse; warn, and go on;"
                    + " or refuse, and ask for \"karuta pool realign\". Another backbone is always refused.",
            ""
        },
        footer = {"", "Examples:", "  karuta pool policy realign --pool team.pool"})
final class PoolPolicyCommand implements Runnable {

    private final Terminal terminal;

    @Mixin
    private PoolChange pool = new PoolChange();

    @Parameters(paramLabel = "POLICY", description = "One of ${COMPLETION-CANDIDATES}.")
    private Policy policy = Policy.REFUSE;

    PoolPolicyCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public void run() {
        var word = policy.name().toLowerCase(Locale.ROOT);
        var revision = pool.make(
                files -> files.with(files.manifest().with(policy)), "Where the encoder is another one: " + word);
        terminal.say("revision " + revision + ": where the encoder is another one, " + word);
    }
}
