package karuta.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import karuta.api.KarutaException;
import karuta.engine.features.CacheFolder;
import karuta.lmm.check.Models;
import karuta.speed.Comparison;
import karuta.speed.Report;
import karuta.speed.SelectionReport;
import karuta.speed.Speed;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures time and memory. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = {
            "Measure what a LLaVA costs here in time and memory, beside the same work in Python.",
            "",
            "Both sides load the same folder, get the same batch, have the same number of threads (KARUTA_THREADS), and"
                    + " take turns; that they compute the same is checked. The Python side is releng/speed/peer.py:"
                    + " LlavaForConditionalGeneration, PEFT and torch.optim.AdamW as their users write it. It needs a"
                    + " Python with the libraries of releng/parity/requirements.txt.",
            "",
            "  tower        the pictures through the image tower",
            "  forward      from the embeddings of questions and answers to the loss, without gradients",
            "  prefill      the first token of an answer",
            "  decode       each token after it",
            "  prompt step  as forward, with the gradient of one of three prompts, clipping and AdamW",
            "  LoRA step    as forward, with that of a LoRA of rank 16 on all linear layers of the decoder",
            "  selection    of three cards by image and text (width 768, 32 samples at once), among 10 to 10,000, beside"
                    + " the two matrix products in it and beside an answer of the embedded model; Karuta alone",
            "",
            "A ratio is Karuta's time divided by the other side's: the median of the rounds, with the lowest and the"
                    + " highest. Nothing else should be running.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  python3 -m venv venv && venv/bin/pip install -r releng/parity/requirements.txt",
            "  karuta bench --python venv/bin/python",
            "  karuta bench --alone --shape llava-1.5-7b --layers 2 --dtype bf16",
            "  KARUTA_THREADS=2 karuta bench --model /models/llava-1.5-7b-hf --device gpu:0 --dtype bf16"
        })
final class BenchCommand implements Callable<Integer> {

    /** Losses of both sides that differ by more are not the same computation; in 16 bits each rounds its own way. */
    private static final double SAME = 1e-4;

    private static final double SAME_IN_16_BITS = 5e-2;

    private final Models models;
    private final Speed speed;
    private final Terminal terminal;

    @Spec
    private CommandSpec spec = CommandSpec.create(); // picocli puts the true one here

    @Option(
            names = "--model",
            paramLabel = "FOLDER",
            description = "A LLaVA folder (default: one of random weights, see `karuta cache`).")
    private Optional<Path> model = Optional.empty();

    @Option(
            names = "--shape",
            paramLabel = "SHAPE",
            description = "Shape of the random model, as of `karuta model random` (default: ${DEFAULT-VALUE}).",
            defaultValue = "tinyllama-1.1b")
    private String shape = "tinyllama-1.1b";

    @Option(
            names = "--layers",
            paramLabel = "N",
            description = "Layers of its decoder (default: ${DEFAULT-VALUE}).",
            defaultValue = "6")
    private int layers = 6;

    @Mixin
    private Computing computing = new Computing();

    @Option(
            names = "--batch",
            paramLabel = "N",
            description = "Questions at once (default: ${DEFAULT-VALUE}).",
            defaultValue = "4")
    private int batch = 4;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            description = "How often each side does each work, after once for warming up (default: ${DEFAULT-VALUE}).",
            defaultValue = "3")
    private int rounds = 3;

    @Option(
            names = "--python",
            paramLabel = "PROGRAM",
            description = "A Python that has the libraries (default: ${DEFAULT-VALUE}).",
            defaultValue = "python3")
    private String python = "python3";

    @Option(names = "--alone", description = "Measure Karuta only.")
    private boolean alone;

    @Option(names = "--json", description = "Print JSON: seconds and bytes.")
    private boolean json;

    BenchCommand(Models models, Speed speed, Terminal terminal) {
        this.models = models;
        this.speed = speed;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (batch < 1 || rounds < 1) {
            throw new ParameterException(spec.commandLine(), "--batch and --rounds must be at least 1");
        }
        var peer = alone ? Optional.<Speed.Peer>empty() : Optional.of(new Speed.Peer(python, script()));
        var threads = Integer.getInteger("ai.djl.pytorch.num_threads", 1);
        var folder = model.orElseGet(this::random);
        var exchange = exchange();
        var report = speed.measure(
                new Speed.BenchSpec(folder, computing.dtype(), computing.device(), threads, batch, rounds, exchange),
                peer,
                terminal::status);
        if (json) {
            terminal.say(Json.text(fields(folder, threads, report)));
        } else {
            show(folder, threads, report);
        }
        return report.peer().isEmpty() || agree(report) ? 0 : CommandLines.FAILED;
    }

    private Map<String, Object> fields(Path folder, int threads, Report report) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("model", folder.getFileName().toString());
        fields.put("dtype", computing.dtype());
        fields.put("device", computing.device());
        fields.put("threads", threads);
        fields.put("rounds", rounds);
        fields.putAll(BenchJson.of(report));
        return fields;
    }

    private void show(Path folder, int threads, Report report) {
        terminal.say(folder.getFileName() + ", " + computing.dtype() + " on " + computing.device() + ", " + threads
                + " thread(s), rows of " + report.rows() + " tokens, " + rounds + " round(s)");
        report.peer().ifPresent(libraries -> terminal.say("Python: " + libraries));
        terminal.say("");
        Columns.of(table(report)).forEach(terminal::say);
        terminal.say("");
        terminal.say(String.format(
                Locale.ROOT,
                "A plain matrix product does %.1f GFLOP/s; the prefill's products with weights reach %.0f %% of that.",
                report.productSpeed() / 1e9,
                100 * report.prefillShare()));
        report.selection().ifPresent(this::say);
    }

    private Path script() {
        var script = Path.of(System.getProperty("karuta.home", "."), "releng", "speed", "peer.py");
        if (!Files.isRegularFile(script)) {
            throw new KarutaException(
                    "The Python side is not there: " + script + ".",
                    "It is part of the sources: call `./karuta bench` in a checkout, or measure Karuta --alone.");
        }
        return script;
    }

    /** A model that is made once. */
    private Path random() {
        var folder =
                CacheFolder.ofUser().path().resolve("bench").resolve(shape + "-" + layers + "-" + computing.dtype());
        if (!Files.exists(folder.resolve("config.json"))) {
            models.random(
                    new Models.RandomModelSpec(shape, OptionalInt.of(layers), computing.dtype(), 1, folder),
                    terminal::say);
        }
        return folder;
    }

    private static Path exchange() {
        try {
            var folder = CacheFolder.ofUser().path().resolve("bench").resolve("exchange");
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<List<String>> table(Report report) {
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("", "Karuta", "Python", "ratio", "", "of processor time", "peak memory, MiB", ""));
        for (var comparison : report.comparisons()) {
            rows.add(
                    switch (comparison.work()) {
                        case DECODE -> row("decode, a token", report.token());
                        default -> row(comparison.work().title(), comparison);
                    });
        }
        return rows;
    }

    private void say(SelectionReport selection) {
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("selection, a sample", "", "products alone", "ratio", "of an answer"));
        for (var row : selection.rows()) {
            rows.add(List.of(
                    row.cards() + " cards",
                    microseconds(row.selection()),
                    microseconds(row.products()),
                    number(row.selection() / row.products()),
                    String.format(Locale.ROOT, "%.3f %%", 100 * row.selection() / selection.answer())));
        }
        terminal.say("");
        Columns.of(rows).forEach(terminal::say);
        terminal.say("");
        terminal.say("An answer of the embedded model takes " + milliseconds(selection.answer()) + ".");
    }

    private static String microseconds(double seconds) {
        return String.format(Locale.ROOT, "%.1f us", 1e6 * seconds);
    }

    private static List<String> row(String title, Comparison comparison) {
        var row = new ArrayList<String>();
        row.add(title);
        row.add(milliseconds(Comparison.seconds(comparison.own())));
        if (comparison.peer().isEmpty()) {
            row.addAll(List.of("", "", "", "", mebibytes(Comparison.peak(comparison.own())), ""));
            return row;
        }
        var ratios = comparison.ratios();
        row.add(milliseconds(Comparison.seconds(comparison.peer())));
        row.add(number(Comparison.median(ratios)));
        row.add("(" + number(ratios.get(0)) + " to " + number(ratios.get(ratios.size() - 1)) + ")");
        row.add(number(Comparison.median(comparison.cpuRatios())));
        row.add(mebibytes(Comparison.peak(comparison.own())));
        row.add("(" + mebibytes(Comparison.peak(comparison.peer())) + ")");
        return row;
    }

    private static String milliseconds(double seconds) {
        return String.format(Locale.ROOT, seconds < 0.1 ? "%.1f ms" : "%.0f ms", 1000 * seconds);
    }

    private static String number(double number) {
        return String.format(Locale.ROOT, "%.2f", number);
    }

    private static String mebibytes(long bytes) {
        return bytes == 0 ? "unknown" : String.valueOf(bytes >> 20);
    }

    private boolean agree(Report report) {
        var wide = computing.dtype().equals("fp32");
        var most = wide ? SAME : SAME_IN_16_BITS;
        var found = report.disagreement(!wide);
        if (found <= most) {
            if (!json) {
                terminal.say(String.format(
                        Locale.ROOT, "Both sides computed the same: what came out differs by %.1e at most.", found));
            }
            return true;
        }
        terminal.fail(String.format(
                Locale.ROOT,
                "The two sides did not compute the same: what came out differs by %.1e, more than %.0e.",
                found,
                most));
        return false;
    }
}
