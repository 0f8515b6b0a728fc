package karuta.app;

import java.nio.file.Path;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The two runs that a command compares. */
final class TwoRuns {

    @Parameters(index = "0", paramLabel = "A", description = "The folder of a run.")
    private Path a = Path.of("");

    @Parameters(index = "1", paramLabel = "B", description = "The folder of another run.")
    private Path b = Path.of("");

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    Path a() {
        return a;
    }

    Path b() {
        return b;
    }

    boolean json() {
        return json;
    }

    /** Says which is which. */
    void title(Terminal terminal) {
        terminal.say("A  " + a);
        terminal.say("B  " + b);
    }
}
