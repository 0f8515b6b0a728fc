package karuta.app;

import java.io.PrintStream;
import java.util.List;

/**
 * Where the program speaks to the user. On a terminal, one line at the bottom shows how far the work is and is
 * rewritten; elsewhere that line is written anew every ten seconds.
 */
final class Terminal {

    private static final String ERASE = "\r\u001B[K";
    private static final long PLAIN_SECONDS = 10;
    private static final long LIVE_MILLIS = 100;
    private static final int WIDTH = 110;

    private final PrintStream out;
    private final PrintStream err;
    private final boolean live;
    private boolean shown;
    private int boardLines;
    private long told = System.nanoTime();

    /**
     * @param out for what was asked for
     * @param err for progress, warnings and errors
     * @param live whether {@code err} can rewrite a line
     */
    Terminal(PrintStream out, PrintStream err, boolean live) {
        this.out = out;
        this.err = err;
        this.live = live;
    }

    static Terminal ofProcess() {
        return new Terminal(System.out, System.err, isTerminal());
    }

    /** From Java 22 on there is a console even where there is no terminal, and it can be asked. */
    private static boolean isTerminal() {
        var console = System.console();
        if (console == null || Runtime.version().feature() < 22) {
            return console != null;
        }
        try {
            return (boolean) console.getClass().getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException unknown) {
            return false;
        }
    }

    PrintStream out() {
        return out;
    }

    PrintStream err() {
        return err;
    }

    /** A line of what was asked for. */
    synchronized void say(String line) {
        erase();
        out.println(line);
        out.flush();
    }

    /** Lines of what was asked for in place of those that were shown so before; only where {@link #live}. */
    synchronized void board(List<String> lines) {
        erase();
        if (boardLines > 0) {
            out.print("\u001B[" + boardLines + "A\r\u001B[J");
        }
        lines.forEach(line -> out.println(line.substring(0, Math.min(line.length(), WIDTH))));
        out.flush();
        boardLines = lines.size();
    }

    /** Whether lines can be rewritten. */
    boolean live() {
        return live;
    }

    /** Something is probably not as the user wants it. */
    synchronized void warn(String line) {
        erase();
        err.println("warning: " + line);
    }

    /** Something went wrong. */
    synchronized void fail(String line) {
        erase();
        err.println("error: " + line);
    }

    /** How far the work is. */
    synchronized void status(String line) {
        var now = System.nanoTime();
        var due = (now - told) / 1_000_000 >= (live ? LIVE_MILLIS : 1000 * PLAIN_SECONDS);
        if (due) {
            told = now;
            erase();
            err.print(live ? line.substring(0, Math.min(line.length(), WIDTH)) : line + System.lineSeparator());
            err.flush();
            shown = live;
        }
    }

    private void erase() {
        if (shown) {
            err.print(ERASE);
            err.flush();
            shown = false;
        }
    }
}
