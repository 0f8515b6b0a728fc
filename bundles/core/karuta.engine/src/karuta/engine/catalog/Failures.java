package karuta.engine.catalog;

import ai.djl.engine.EngineException;
import java.io.UncheckedIOException;
import java.nio.file.InvalidPathException;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import karuta.api.KarutaException;
import karuta.study.file.StudyException;
import karuta.study.record.RecordException;

/**
 * Tells of anything that was thrown whose it is, where it happened and what to do: the user's file or option, the code of
 * a bundle that was dropped in, the machine. What is left is a defect of the program.
 *
 * @param strategies know which code came from outside
 */
public record Failures(Strategies strategies) {

    private static final double GIB = 1L << 30;
    /** PyTorch's words for the main memory on Linux and macOS, on Windows, and for a GPU. */
    private static final Pattern NO_MEMORY = Pattern.compile("can't allocate memory|not enough memory|out of memory");

    private static final int CAUSES = 20; // a cause may lead back to itself

    /** Empty if it is a defect of the program. */
    public Optional<String> explain(Throwable thrown) {
        var culprit = strategies.culprit(thrown);
        return causes(thrown)
                .filter(Failures::isMeant)
                .findFirst()
                .map(meant -> meant.getMessage() + culprit.map(Failures::place).orElse(""))
                .or(() -> culprit.map(found -> blame(found, thrown)))
                .or(() ->
                        causes(thrown).flatMap(cause -> machine(cause).stream()).findFirst());
    }

    private static Stream<Throwable> causes(Throwable thrown) {
        return Stream.iterate(thrown, Objects::nonNull, Throwable::getCause).limit(CAUSES);
    }

    private static boolean isMeant(Throwable cause) {
        return cause instanceof KarutaException || cause instanceof StudyException || cause instanceof RecordException;
    }

    private static String place(Strategies.Culprit culprit) {
        return "\n  in " + culprit.place() + " of " + culprit.bundle();
    }

    private static String blame(Strategies.Culprit culprit, Throwable thrown) {
        return culprit.bundle() + " failed in " + culprit.place() + ": " + thrown
                + "\n  mend it, or take it out of the dropins folder";
    }

    /** What the machine lacks; empty if it is not that. */
    static Optional<String> machine(Throwable cause) {
        var said = String.valueOf(cause.getMessage());
        if (cause instanceof OutOfMemoryError) {
            return Optional.of(String.format(
                            Locale.ROOT,
                            "Java's memory of %.1f GiB is not enough: ",
                            Runtime.getRuntime().maxMemory() / GIB)
                    + said + "\n  use less data or a smaller batch, or give Java more"
                    + " (KARUTA_JAVA_OPTS=-Xmx8g)");
        }
        if (cause instanceof EngineException) {
            return said.lines() // TorchScript puts the place in its code before it
                    .filter(line -> NO_MEMORY.matcher(line).find())
                    .findFirst()
                    .map(line -> "the memory is not enough for an array of PyTorch: "
                            + line.replaceFirst("^RuntimeError: ", "")
                            + "\n  use a smaller batch, shorter prompts or a smaller model");
        }
        if (cause instanceof StackOverflowError) {
            return Optional.of("Java's stack is not enough: something lies too deep in itself"
                    + "\n  give it more (KARUTA_JAVA_OPTS=-Xss16m) if that is meant");
        }
        if (cause instanceof LinkageError) {
            return Optional.of("classes do not fit together: " + cause
                    + "\n  take the jars out of the dropins folder that were built against another version");
        }
        if (cause instanceof InvalidPathException) {
            return Optional.of("this is no name of a file: " + said.replace('\0', '?')
                    + "\n  give another one; names with other than English letters need a UTF-8 locale");
        }
        return cause instanceof UncheckedIOException
                ? Optional.of("a file cannot be read or written: " + said
                        + "\n  check that it is there, who owns it, and whether the disk is full")
                : Optional.empty();
    }
}
