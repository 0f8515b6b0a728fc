package karuta.speed;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import karuta.api.KarutaException;

/** The other side: a Python process that is told a work and tells a reading, line by line. */
final class PythonRunner implements Runner {

    private static final int TAIL = 12;

    private final Process process;
    private final BufferedReader from;
    private final BufferedWriter to;
    private final Path errors;
    private final String libraries;

    private PythonRunner(Process process, Path errors) {
        this.process = process;
        this.errors = errors;
        from = process.inputReader();
        to = process.outputWriter();
        var hello = hear();
        libraries = "torch " + hello.get("torch").getAsString() + ", transformers "
                + hello.get("transformers").getAsString() + ", peft "
                + hello.get("peft").getAsString();
    }

    /**
     * Starts it and waits until it has loaded the model.
     *
     * @param command the whole command line
     * @param exchange gets what it complains about
     * @throws KarutaException if it does not start
     */
    static PythonRunner start(List<String> command, Path exchange) {
        var errors = exchange.resolve("peer.log");
        try {
            return new PythonRunner(
                    new ProcessBuilder(command).redirectError(errors.toFile()).start(), errors);
        } catch (IOException e) {
            throw new KarutaException(
                    "Cannot start " + command.get(0) + ": " + e.getMessage(),
                    "Give a Python that has the libraries of releng/parity/requirements.txt by --python, or --alone.",
                    e);
        }
    }

    /** Its libraries and their versions. */
    String libraries() {
        return libraries;
    }

    @Override
    public Measurement read(Workload work) {
        try {
            to.write(work.word());
            to.newLine();
            to.flush();
        } catch (IOException e) {
            throw ended(e);
        }
        var told = hear();
        return new Measurement(
                told.get("seconds").getAsDouble(),
                told.get("cpu").getAsDouble(),
                told.get("peak").getAsLong(),
                told.get("value").getAsDouble());
    }

    private JsonObject hear() {
        try {
            var line = from.readLine();
            if (line == null) {
                throw ended(new IOException("it ended"));
            }
            return JsonParser.parseString(line).getAsJsonObject();
        } catch (IOException | JsonParseException | IllegalStateException e) {
            throw ended(e);
        }
    }

    private KarutaException ended(Exception why) {
        process.destroy();
        return new KarutaException(
                "The Python side gave no reading: " + why.getMessage() + "\n" + lastWords(),
                "It needs the libraries of releng/parity/requirements.txt: say which Python has them by --python, or"
                        + " measure Karuta --alone.",
                why);
    }

    private String lastWords() {
        try {
            process.waitFor();
            var lines = Files.readAllLines(errors);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL), lines.size()));
        } catch (IOException e) {
            return "(" + errors + " cannot be read: " + e + ")";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }

    @Override
    public void close() {
        process.destroy();
    }
}
