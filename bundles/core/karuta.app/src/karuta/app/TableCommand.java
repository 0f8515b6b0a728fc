package karuta.app;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import karuta.metrics.Metric;
import karuta.metrics.Reference;
import karuta.report.ReferenceRuns;
import karuta.report.Report;
import karuta.report.TableChoice;
import karuta.study.record.RunFolder;
import karuta.yaml.Suggestion;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints the tables of runs again. */
@Command(
        name = "table",
        mixinStandardHelpOptions = true,
        description = {
            "Print what runs have shown: accuracy matrices, metrics over seeds and orders, whether arms can be told"
                    + " apart, costs, and which cards were chosen. Nothing is run again.",
            "Everything is checked against the SHA-256 that the records list. What is damaged is named and left out (exit"
                    + " code 2); runs that cannot stand in one table come in several.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  karuta table runs/                            all runs in a folder",
            "  karuta table runs/ --markdown                 for a README or an issue",
            "  karuta table runs/ --json                     for scripts",
            "  karuta table runs/ --metrics maa,bwt/diaz     other definitions; `karuta metrics` lists them",
            "  karuta table runs/ --metrics all              every definition",
            "  karuta table runs/ --against best             compare with the best method, not with the first",
            "  karuta table runs/ --metrics fr --joint runs/s.joint.default.seed1 --untrained random/"
        })
final class TableCommand implements Callable<Integer> {

    private static final String BEST = "best";

    private final Terminal terminal;

    @Parameters(paramLabel = "RUN", arity = "1..*", description = "Run folders, or folders that hold run folders.")
    private List<Path> folders = List.of();

    @Option(names = "--markdown", description = "Write Markdown.")
    private boolean markdown;

    @Option(names = "--json", description = "Write JSON: scores as the rules have them, mostly from 0 to 1.")
    private boolean json;

    @Option(
            names = "--metrics",
            paramLabel = "ID",
            split = ",",
            description = "Ids of definitions, or all; arms are tested by the first one.")
    private List<String> metrics = List.of();

    @Option(
            names = "--against",
            paramLabel = "ARM",
            description = "The arm that others are compared with, or best (default: the first that is a method).")
    private Optional<String> against = Optional.empty();

    @Option(names = "--joint", paramLabel = "RUN", description = "Runs of joint training, for fr.")
    private List<Path> joint = List.of();

    @Option(
            names = "--independent",
            paramLabel = "RUN",
            description = "Runs that begin with each task, for fwt/independent.")
    private List<Path> independent = List.of();

    @Option(
            names = "--untrained",
            paramLabel = "RUN",
            description = "Runs whose model knew nothing before training, for fwt/gem and fr.")
    private List<Path> untrained = List.of();

    @Spec
    private CommandSpec spec = CommandSpec.create(); // picocli puts the true one here

    TableCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (json && markdown) {
            throw new ParameterException(spec.commandLine(), "--json and --markdown exclude each other");
        }
        var choice = new TableChoice(chosen(), references(), against.map(TableCommand::arm));
        var report = Report.of(runs(folders), choice);
        against.filter(name -> !name.equals(BEST) && !report.arms().contains(name))
                .ifPresent(name -> {
                    throw new ParameterException(
                            spec.commandLine(),
                            "there is no arm \"" + name + "\"" + Suggestion.hint(name, report.arms()));
                });
        terminal.say((json ? report.json() : markdown ? report.markdown() : report.text()).stripTrailing());
        report.damages().forEach(terminal::fail);
        return report.damages().isEmpty() ? 0 : CommandLines.UNUSABLE;
    }

    private static List<RunFolder> runs(List<Path> folders) {
        return folders.stream()
                .flatMap(folder -> RunFolder.find(folder).stream())
                .toList();
    }

    private static TableChoice.Against arm(String name) {
        return name.equals(BEST) ? new TableChoice.Against.Best() : new TableChoice.Against.Named(name);
    }

    private List<Metric> chosen() {
        if (metrics.isEmpty()) {
            return Metric.defaults();
        }
        return metrics.equals(List.of("all"))
                ? List.of(Metric.values())
                : metrics.stream().map(this::metric).distinct().toList();
    }

    private Metric metric(String id) {
        return Metric.of(id)
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(),
                        "there is no metric \"" + id + "\""
                                + Suggestion.hint(
                                        id,
                                        Stream.of(Metric.values())
                                                .map(Metric::id)
                                                .toList())));
    }

    private ReferenceRuns references() {
        var named = new EnumMap<Reference, List<RunFolder>>(Reference.class);
        Map.of(Reference.JOINT, joint, Reference.INDEPENDENT, independent, Reference.UNTRAINED, untrained)
                .forEach((reference, paths) -> {
                    if (!paths.isEmpty()) {
                        named.put(reference, runs(paths));
                    }
                });
        return ReferenceRuns.read(named);
    }
}
