package karuta.app;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import karuta.api.KarutaException;
import karuta.engine.catalog.Kind;
import karuta.engine.catalog.Strategies;
import karuta.report.Comparison;
import karuta.report.Report;
import karuta.report.Result;
import karuta.report.draw.Plots;
import karuta.report.export.Bibliography;
import karuta.report.export.CsvTables;
import karuta.report.export.Latex;
import karuta.report.export.Mlflow;
import karuta.report.export.TensorBoard;
import karuta.report.html.HtmlReport;
import karuta.study.Part;
import karuta.study.file.StudyReader;
import karuta.study.record.RecordException;
import karuta.study.record.RunFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes what runs have shown as a page and, if asked, in the forms of others. */
@Command(
        name = "report",
        mixinStandardHelpOptions = true,
        description = {
            "Write what runs have shown as one HTML page that needs no network: results and whether arms differ by more than"
                    + " chance, curves, matrices, which cards were chosen, budgets, the answers one by one, and the limits"
                    + " of it all.",
            "Everything is checked against the SHA-256 that the records list; what is damaged is named and left out (exit"
                    + " code 2).",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  karuta report runs/                          writes runs/report.html",
            "  karuta report my.yaml --runs results         the runs of that study alone",
            "  karuta report runs/ --latex tables.tex --bibtex used.bib --plots figures/    for a paper",
            "  karuta report runs/ --csv numbers/           every number, a value per line"
        })
final class ReportCommand implements Callable<Integer> {

    private static final String PAGE = "report.html";
    /** What methods are tried with, and not what they are. */
    private static final Set<Kind> FRAME = EnumSet.of(Kind.BACKBONE, Kind.ENCODER, Kind.BENCHMARK, Kind.SCORER);

    private static final long MEGABYTE = 1_000_000;

    private final Strategies strategies;
    private final Terminal terminal;

    @Spec
    private CommandSpec spec = CommandSpec.create(); // picocli puts the true one here

    @Parameters(
            paramLabel = "RUNS|STUDY",
            description = "A run folder, a folder that holds run folders, or a study's file.")
    private Path source = Path.of("runs");

    @Option(
            names = "--runs",
            paramLabel = "DIR",
            description = "Where the runs of a study's file lie (default: ${DEFAULT-VALUE}).",
            defaultValue = "runs")
    private Path runs = Path.of("runs");

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "The page (default: report.html in the folder of the runs).")
    private Optional<Path> out = Optional.empty();

    @Option(
            names = "--images",
            paramLabel = "MB",
            description = "How much of the page small images may take (default: ${DEFAULT-VALUE}); 0 for none.",
            defaultValue = "6")
    private double images = 6;

    @Option(
            names = "--answers",
            paramLabel = "N",
            description = "How many answers the page may hold (default: ${DEFAULT-VALUE}); 0 for none.",
            defaultValue = "200000")
    private int answers = 200_000;

    @Option(names = "--latex", paramLabel = "FILE", description = "Write the tables for LaTeX.")
    private Optional<Path> latex = Optional.empty();

    @Option(names = "--csv", paramLabel = "DIR", description = "Write all numbers as CSV: metrics, scores, stages.")
    private Optional<Path> csv = Optional.empty();

    @Option(names = "--plots", paramLabel = "DIR", description = "Write the figures as SVG and PNG.")
    private Optional<Path> plots = Optional.empty();

    @Option(names = "--bibtex", paramLabel = "FILE", description = "Write where the strategies come from as BibTeX.")
    private Optional<Path> bibtex = Optional.empty();

    @Option(
            names = "--tensorboard",
            paramLabel = "DIR",
            description = "Write event files for TensorBoard, a folder per run.")
    private Optional<Path> tensorboard = Optional.empty();

    @Option(
            names = "--mlflow",
            paramLabel = "URL",
            description =
                    "Send the runs to an MLflow server, such as http://127.0.0.1:5000; those that are there are not sent"
                            + " again. Nothing else opens a connection.")
    private Optional<URI> mlflow = Optional.empty();

    ReportCommand(Strategies strategies, Terminal terminal) {
        this.strategies = strategies;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (images < 0 || answers < 0) {
            throw new ParameterException(spec.commandLine(), "--images and --answers cannot be below 0");
        }
        var report = Report.of(folders());
        try {
            write(report);
        } catch (IOException unwritable) {
            throw new KarutaException(
                    "Cannot write the report: " + unwritable.getMessage() + ".",
                    "Choose another place, or make room.",
                    unwritable);
        }
        report.damages().forEach(terminal::fail);
        return report.damages().isEmpty() ? 0 : CommandLines.UNUSABLE;
    }

    private List<RunFolder> folders() {
        if (!Files.isRegularFile(source)) {
            return RunFolder.find(source);
        }
        var study = StudyReader.read(source).getName();
        var own = RunFolder.find(runs).stream()
                .filter(folder -> isOf(study, folder))
                .toList();
        if (own.isEmpty()) {
            throw new KarutaException(
                    "There are no runs of the study " + study + " in " + runs + ".", "Say where they lie: --runs DIR");
        }
        return own;
    }

    /** A damaged record is told of, so it must not be overlooked here: its name says enough. */
    private static boolean isOf(String study, RunFolder folder) {
        try {
            return folder.readRecord().getStudy().equals(study);
        } catch (RecordException damaged) {
            return folder.path().getFileName().toString().startsWith(study + ".");
        }
    }

    private void write(Report report) throws IOException {
        var comparisons = report.comparisons();
        var page = out.orElseGet(() -> (Files.isRegularFile(source) ? runs : source).resolve(PAGE));
        var references = Bibliography.of(papers(comparisons));
        var newest = comparisons.get(comparisons.size() - 1).results().get(0).run();
        try (var shown = SampleImages.of(newest, strategies, terminal)) {
            var choices = new HtmlReport.Choices(shown, Math.round(images * MEGABYTE), answers, references);
            told(Files.writeString(folderOf(page), new HtmlReport(report, choices).page()));
        }
        if (latex.isPresent()) {
            told(Files.writeString(folderOf(latex.get()), Latex.of(comparisons)));
        }
        if (bibtex.isPresent()) {
            told(Files.writeString(folderOf(bibtex.get()), references));
        }
        if (csv.isPresent()) {
            CsvTables.write(comparisons, csv.get()).forEach(this::told);
        }
        if (tensorboard.isPresent()) {
            var written = TensorBoard.write(comparisons, tensorboard.get());
            terminal.say("wrote " + written.size() + " event files to " + tensorboard.get());
        }
        if (mlflow.isPresent()) {
            terminal.say("sent " + new Mlflow(mlflow.get()).send(comparisons) + " runs to " + mlflow.get());
        }
        if (plots.isPresent()) {
            for (var i = 0; i < comparisons.size(); i++) {
                if (!comparisons.get(i).groups().isEmpty()) {
                    var prefix = comparisons.size() == 1 ? "" : (i + 1) + "-";
                    var written = Plots.write(comparisons.get(i), plots.get(), prefix);
                    terminal.say("wrote " + written.size() + " figures to " + plots.get());
                }
            }
        }
    }

    /** The file, whose folder is there now. */
    private static Path folderOf(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        return file;
    }

    private void told(Path written) {
        terminal.say("wrote " + written);
    }

    /** What the strategies say that took part, those of methods first. */
    private List<String> papers(List<Comparison> comparisons) {
        var names = comparisons.stream()
                .flatMap(comparison -> comparison.results().stream())
                .map(Result::run)
                .flatMap(run -> run.getParts().stream())
                .map(Part::getName)
                .collect(Collectors.toSet());
        return strategies.types().stream()
                .filter(type -> names.contains(type.name()))
                .sorted(Comparator.comparing(type -> FRAME.contains(type.kind())))
                .flatMap(type -> type.paper().stream())
                .distinct()
                .toList();
    }
}
