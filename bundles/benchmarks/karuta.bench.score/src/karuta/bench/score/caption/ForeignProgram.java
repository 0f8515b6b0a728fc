package karuta.bench.score.caption;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import karuta.api.KarutaException;
import karuta.bench.score.rule.PythonText;

/**
 * A program that is not Karuta's and runs as a process of its own, in UTF-8. It and its temporary folder are gone when this
 * is closed, when the waiting thread is interrupted, when the program is silent for too long, and when the virtual machine
 * ends.
 */
final class ForeignProgram implements AutoCloseable {

    private static final int TAIL = 5;

    private final String name;
    private final Duration patience;
    private final Path scratch;
    private final Thread end = new Thread(this::clear, "karuta end of a program");
    private Optional<Process> process = Optional.empty();

    /**
     * @param name for messages
     * @param patience how long it may be silent
     */
    ForeignProgram(String name, Duration patience) {
        this.name = name;
        this.patience = patience;
        try {
            scratch = Files.createTempDirectory("karuta-");
        } catch (IOException full) {
            throw new KarutaException(
                    "No temporary folder for " + name + ": " + full.getMessage(),
                    "Make room, or name another folder by KARUTA_JAVA_OPTS=-Djava.io.tmpdir=FOLDER.",
                    full);
        }
        Runtime.getRuntime().addShutdownHook(end);
    }

    /** A file in its temporary folder. */
    Path file(String file) {
        return scratch.resolve(file);
    }

    /** Runs it to its end, and gives what it printed. */
    String run(List<String> command) {
        var output = file("output");
        var running = start(new ProcessBuilder(command).redirectOutput(output.toFile()));
        try {
            if (!running.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw silent();
            }
            if (running.exitValue() != 0) {
                throw failed("ended with " + running.exitValue());
            }
            return Files.readString(output);
        } catch (InterruptedException wanted) {
            throw interrupted();
        } catch (IOException unreadable) {
            throw failed("printed what is not UTF-8 or cannot be read: " + unreadable.getMessage());
        }
    }

    /** Starts it for questions and answers, a line each. */
    Dialogue open(List<String> command, Path folder) {
        var running = start(new ProcessBuilder(command).directory(folder.toFile()));
        return new Dialogue(running.outputWriter(StandardCharsets.UTF_8), running.inputReader(StandardCharsets.UTF_8));
    }

    /** What is said to the program, and what it says. */
    final class Dialogue {

        private final BufferedWriter to;
        private final BufferedReader from;

        private Dialogue(BufferedWriter to, BufferedReader from) {
            this.to = to;
            this.from = from;
        }

        void say(String line) {
            try {
                to.write(line);
                to.write('\n');
                to.flush();
            } catch (IOException gone) {
                throw failed("does not listen any more");
            }
        }

        /** The next line. */
        String hear() {
            var line = CompletableFuture.supplyAsync(this::next, task -> {
                var thread = new Thread(task, "karuta ear");
                thread.setDaemon(true);
                thread.start();
            });
            try {
                return line.get(patience.toMillis(), TimeUnit.MILLISECONDS)
                        .orElseThrow(() -> failed("ended before it answered"));
            } catch (TimeoutException silence) {
                throw silent();
            } catch (InterruptedException wanted) {
                throw interrupted();
            } catch (ExecutionException impossible) {
                throw new IllegalStateException(impossible);
            }
        }

        /** The next line, which is a number. */
        double hearNumber() {
            var line = hear();
            return PythonText.number(line).orElseThrow(() -> failed("gave \"" + line + "\" for a number"));
        }

        private Optional<String> next() {
            try {
                return Optional.ofNullable(from.readLine());
            } catch (IOException gone) {
                return Optional.empty();
            }
        }
    }

    private Process start(ProcessBuilder builder) {
        try {
            var started = builder.redirectError(file("errors").toFile()).start();
            process = Optional.of(started);
            return started;
        } catch (IOException none) {
            throw failed("cannot be started: " + none.getMessage());
        }
    }

    private KarutaException silent() {
        return failed("was silent for " + patience.toSeconds() + " s");
    }

    private KarutaException interrupted() {
        clear();
        Thread.currentThread().interrupt();
        return new KarutaException(name + " was ended, since the scoring was interrupted.", "Score again.");
    }

    private KarutaException failed(String how) {
        var words = lastWords();
        clear();
        return new KarutaException(
                name + " " + how + "." + words,
                "Try the program alone; the files may be damaged, or memory may be short: METEOR takes up to 2 GB.");
    }

    private String lastWords() {
        try {
            process.ifPresent(Process::destroyForcibly);
            var lines = Files.exists(file("errors")) ? Files.readAllLines(file("errors")) : List.<String>of();
            return lines.isEmpty()
                    ? ""
                    : "\n  " + String.join("\n  ", lines.subList(Math.max(0, lines.size() - TAIL), lines.size()));
        } catch (IOException unreadable) {
            return "";
        }
    }

    private void clear() {
        process.ifPresent(running -> {
            running.descendants().forEach(ProcessHandle::destroyForcibly);
            running.destroyForcibly();
        });
        try (var files = Files.walk(scratch)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException gone) {
            return; // it has been cleared already, or the system clears its temporary files
        }
    }

    @Override
    public void close() {
        clear();
        try {
            Runtime.getRuntime().removeShutdownHook(end);
        } catch (IllegalStateException ending) {
            return; // the hook has done or will do the same
        }
    }
}
