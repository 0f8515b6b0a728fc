package karuta.app;

import java.util.LinkedHashMap;
import java.util.Locale;
import karuta.engine.features.CacheFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows or clears what is kept between runs. */
@Command(
        name = "cache",
        mixinStandardHelpOptions = true,
        description = {
            "Show where features of the frozen models are kept between runs, and the random models of `karuta bench`;"
                    + " and how much that is.",
            "Nothing in that folder is needed: what is missing is computed anew, to the same bits. Features take 4 GB at"
                    + " most, or what KARUTA_CACHE_LIMIT says (500M, 20G); those that were used longest ago go first."
        })
final class CacheCommand implements Runnable {

    private final Terminal terminal;

    @Option(names = "--clear", description = "Remove all of it.")
    private boolean clear;

    @Option(names = "--json", description = "Print JSON: the folder, its bytes, and whether they were removed.")
    private boolean json;

    CacheCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public void run() {
        var folder = CacheFolder.ofUser();
        var bytes = folder.bytes();
        var size = bytes < 1e6
                ? String.format(Locale.ROOT, "%.0f kB", bytes / 1e3)
                : String.format(Locale.ROOT, "%.0f MB", bytes / 1e6);
        if (clear) {
            folder.clear();
        }
        if (json) {
            var fields = new LinkedHashMap<String, Object>();
            fields.put("folder", folder.path().toString());
            fields.put("bytes", bytes);
            fields.put("removed", clear);
            terminal.say(Json.text(fields));
        } else if (clear) {
            terminal.say("removed " + size + " from " + folder.path());
        } else {
            terminal.say(folder.path() + ": " + size);
        }
    }
}
