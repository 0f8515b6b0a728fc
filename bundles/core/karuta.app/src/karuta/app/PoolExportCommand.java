package karuta.app;

import java.nio.file.Path;
import java.util.List;
import karuta.api.KarutaException;
import karuta.archive.pool.CardName;
import karuta.archive.pool.CardRecord;
import karuta.use.care.PoolExport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Takes cards out of a pool. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description = {
            "Write cards as safetensors files with the pool's manifest: for another pool (karuta pool import), or for an arm of a"
                    + " study that begins \"from:\" them.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  karuta pool export cards.zip --pool team.pool              all cards of the newest revision",
            "  karuta pool export folder --pool team.pool --card gqa      one card",
            "  karuta pool export folder --pool team.pool --at HEAD~3     all cards of then"
        })
final class PoolExportCommand implements Runnable {

    private final Terminal terminal;

    @Mixin
    private PoolOptions pool = new PoolOptions();

    @Parameters(paramLabel = "TARGET", description = "A new folder, or a new file that ends with .zip.")
    private Path target = Path.of("");

    @Option(names = "--card", paramLabel = "CARD", description = "A card; several times for several (default: all).")
    private List<String> cards = List.of();

    @Option(names = "--at", paramLabel = "REVISION", description = "Of an older revision.", defaultValue = "HEAD")
    private String revision = "HEAD";

    @Option(
            names = "--clear",
            description = "Write the cards of an encrypted pool; in the export they are not encrypted.")
    private boolean clear;

    PoolExportCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public void run() {
        try (var repository = pool.read()) {
            var files = pool.files(pool.at(repository, revision));
            if (!files.recipients().isEmpty() && !clear) {
                throw new KarutaException(
                        "The pool's cards are encrypted, and those of an export are not.",
                        "Say --clear if that is what you want; or let the other one clone the pool.");
            }
            var names = cards.isEmpty()
                    ? files.cards().stream().map(CardRecord::name).toList()
                    : cards.stream().map(CardName::new).toList();
            PoolExport.of(files, names).write(target);
            terminal.say(target + " has " + names.size() + " cards of revision "
                    + files.snapshot().revision().shortId());
        }
    }
}
