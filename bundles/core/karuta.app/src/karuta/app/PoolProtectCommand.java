package karuta.app;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import karuta.api.KarutaException;
import karuta.archive.age.Recipient;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Encrypts a pool's cards. */
@Command(
        name = "protect",
        mixinStandardHelpOptions = true,
        description = {
            "Encrypt the cards of a pool to those who may use them, in the age format. Names, scores and history stay readable;"
                    + " older revisions stay as they are.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  age-keygen -o ada.key                                   a key of your own; keep it outside the pool",
            "  age-keygen -y ada.key > readers.txt                     its public half, a line per reader",
            "  karuta pool protect --recipients readers.txt --pool team.pool",
            "  karuta pool verify --pool team.pool --identity ada.key"
        })
final class PoolProtectCommand implements Runnable {

    private final Terminal terminal;

    @Mixin
    private PoolChange pool = new PoolChange();

    @ArgGroup(exclusive = true, multiplicity = "1")
    private Whom whom = new Whom();

    private static final class Whom {

        @Option(
                names = "--recipients",
                paramLabel = "FILE",
                description = "Who may use the cards: public keys (age1...), one per line, as age -R takes them.")
        private Optional<Path> recipients = Optional.empty();

        @Option(names = "--none", description = "Decrypt the cards.")
        private boolean none;

        List<Recipient> read() {
            return none ? List.of() : recipients.map(Whom::list).orElse(List.of());
        }

        private static List<Recipient> list(Path file) {
            var list = Recipient.list(GivenFile.bytes(file));
            if (list.isEmpty()) {
                throw new KarutaException(
                        file + " names nobody.", "Write a public key (age1...) per line, or say --none.");
            }
            return list;
        }
    }

    PoolProtectCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public void run() {
        var recipients = whom.read();
        var words = recipients.isEmpty()
                ? "Decrypts the cards"
                : "Encrypts the cards to " + recipients.size() + (recipients.size() == 1 ? " reader" : " readers");
        var revision = pool.make(files -> files.protectedFor(recipients), words);
        terminal.say(
                "revision " + revision + ": " + words.toLowerCase(Locale.ROOT) + "; older revisions are as they were");
    }
}
