package karuta.app;

import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** Shows logged warnings on the terminal without breaking its status line. Commands tell what failed themselves. */
final class TerminalLog extends Handler {

    private static final Formatter MESSAGE = new SimpleFormatter();

    private final Terminal terminal;
    private final boolean failures;

    private TerminalLog(Terminal terminal, boolean failures) {
        this.terminal = terminal;
        this.failures = failures;
        setLevel(Level.WARNING);
    }

    /** Takes the place of the usual output of logs. */
    static void install(Terminal terminal) {
        var root = Logger.getLogger("");
        for (var handler : root.getHandlers()) {
            root.removeHandler(handler);
        }
        root.addHandler(new TerminalLog(terminal, false));
    }

    /** From now on failures are told, too, and where they happened: a service has nobody else to tell them. */
    static void tellFailures(Terminal terminal) {
        Logger.getLogger("").addHandler(new TerminalLog(terminal, true));
    }

    @Override
    public void publish(LogRecord entry) {
        if (!isLoggable(entry) || failures != (entry.getThrown() != null)) {
            return;
        }
        if (failures) {
            terminal.fail(MESSAGE.formatMessage(entry));
            entry.getThrown().printStackTrace(terminal.err());
        } else {
            terminal.warn(MESSAGE.formatMessage(entry));
        }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
}
