package karuta.engine.run;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import karuta.api.KarutaException;
import karuta.files.Access;

/** Writes what the thread of a run logs into the run's {@code log.txt}. */
final class RunLog extends Handler implements AutoCloseable {

    private static final Logger ROOT = Logger.getLogger("");
    private static final Formatter MESSAGE = new SimpleFormatter();

    private final long thread = Thread.currentThread().getId();
    private final PrintWriter out;

    /** Opens the log of a run that the calling thread carries out; adds to what is there. */
    RunLog(Path file) {
        try {
            BufferedWriter writer =
                    Files.newBufferedWriter(Access.PRIVATE.fileIfMissing(file), StandardOpenOption.APPEND);
            out = new PrintWriter(writer);
        } catch (IOException failed) {
            throw new KarutaException(
                    "Cannot write " + file + ": " + failed.getMessage(), "Check who owns the folder.", failed);
        }
        ROOT.addHandler(this);
    }

    @Override
    public void publish(LogRecord entry) {
        if (entry.getLongThreadID() != thread || entry.getLevel().intValue() < Level.INFO.intValue()) {
            return;
        }
        out.printf("%s %s %s%n", entry.getInstant(), entry.getLevel(), MESSAGE.formatMessage(entry));
        Optional.ofNullable(entry.getThrown()).ifPresent(thrown -> thrown.printStackTrace(out));
        out.flush();
    }

    @Override
    public void flush() {
        out.flush();
    }

    @Override
    public void close() {
        ROOT.removeHandler(this);
        out.close();
    }
}
