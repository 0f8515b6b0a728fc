package karuta.app;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Where the program speaks to the user. On a terminal, one line at the bottom shows how far the work is and is
 * rewritten; elsewhere that line is written anew every ten seconds, and on a terminal that cannot rewrite a line
 * ({@code TERM=dumb}) it is not written at all. There are colours on a terminal alone, unless {@code NO_COLOR} is set.
 */
final class Terminal {

    private static final String ERASE = "\r\u001B[K";
    private static final long PLAIN_SECONDS = 10;
    private static final long LIVE_MILLIS = 100;
    private static final int WIDTH = 110;

    /** How much is told beside what was asked for; warnings and errors always are. */
    enum Talk {
        /** Nothing. */
        RESULTS,
        /** How runs ended. */
        ENDS,
        /** What happens, and how far it is. */
        ALL
    }

    /** What can be done where {@code err} goes to. */
    record Abilities(boolean live, boolean coloured, Talk talk) {

        /** By the environment, {@code TERM} and {@code NO_COLOR}. */
        static Abilities of(boolean terminal, Map<String, String> environment) {
            var dumb = terminal && environment.getOrDefault("TERM", "").equals("dumb");
            var live = terminal && !dumb;
            var coloured = live && environment.getOrDefault("NO_COLOR", "").isEmpty();
            return new Abilities(live, coloured, dumb ? Talk.ENDS : Talk.ALL);
        }
    }

    private final PrintStream out;
    private final PrintStream err;
    private final boolean live;
    private final boolean coloured;
    private Talk talk;
    private boolean shown;
    private int boardLines;
    private long told = System.nanoTime();

    /**
     * @param out for what was asked for
     * @param err for progress, warnings and errors
     * @param live whether {@code err} can rewrite a line
     */
    Terminal(PrintStream out, PrintStream err, boolean live) {
        this(out, err, new Abilities(live, false, Talk.ALL));
    }

    /** @param able what {@code err} is */
    Terminal(PrintStream out, PrintStream err, Abilities able) {
        this.out = out;
        this.err = err;
        this.live = able.live();
        this.coloured = able.coloured();
        this.talk = able.talk();
    }

    static Terminal ofProcess() {
        return new Terminal(System.out, System.err, Abilities.of(isTerminal(), System.getenv()));
    }

    /** From now on only results are told, and what is wrong. */
    synchronized void quiet() {
        talk = Talk.RESULTS;
    }

    /** Whether somebody is there who can be asked. */
    boolean asks() {
        return live;
    }

    /** Asks, and says whether the answer was yes. */
    boolean agrees(String question) {
        synchronized (this) {
            erase();
            out.print(question + " [y/N] ");
            out.flush();
        }
        var answer = System.console().readLine();
        return answer != null && answer.strip().toLowerCase(Locale.ROOT).startsWith("y");
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

    /** A line beside what was asked for, on the way to it. */
    synchronized void tell(Talk kind, String line) {
        if (kind.compareTo(talk) <= 0) {
            say(line);
        }
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
        err.println(coloured("33", "warning:") + " " + line);
    }

    /** Something went wrong. */
    synchronized void fail(String line) {
        erase();
        err.println(coloured("31", "error:") + " " + line);
    }

    private String coloured(String colour, String word) {
        return coloured ? "\u001B[" + colour + "m" + word + "\u001B[0m" : word;
    }

    /** How far the work is. */
    synchronized void status(String line) {
        var now = System.nanoTime();
        var due = talk == Talk.ALL && (now - told) / 1_000_000 >= (live ? LIVE_MILLIS : 1000 * PLAIN_SECONDS);
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
