package karuta.app;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import karuta.api.KarutaException;
import karuta.doctor.Data;
import karuta.doctor.DataReport;
import karuta.doctor.DataReportJson;
import karuta.doctor.Examination;
import karuta.doctor.SuiteFolder;
import karuta.doctor.TaskFolders;
import karuta.doctor.advice.Advice;
import karuta.engine.catalog.Strategies;
import karuta.suite.Suite;
import karuta.suite.SuiteOptions;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Examines data before anything is learned of it. */
@Command(
        name = "data",
        mixinStandardHelpOptions = true,
        description = {
            "Examine data: what is missing, damaged, twice, trained and tested on, or not what was published; and what"
                    + " its answers are. All faults are listed, nothing is changed.",
            "Without --suite, the folder holds a folder per task, as for `benchmark: {id: folder}`, or is one. How far image"
                    + " and text tell such tasks apart, and from the cards of a pool, is told, too.",
            ""
        },
        footer = {
            "",
            "Exit codes: 0 nothing is wrong, 1 there are faults, 2 the data cannot be examined.",
            "",
            "Examples:",
            "  karuta data /data/CoIN --suite coin              all tasks of a suite",
            "  karuta data /data/CoIN --suite coin --quick      do not decode images",
            "  karuta data /data/mine --tasks pets,birds        some tasks in folders of their own",
            "  karuta data /data/mine --json > report.json      for scripts",
            "  karuta data /data/mine/pets --pool team.pool     a task, and the cards that are there already",
            "  karuta data import table.csv --to tasks          make tasks of a table first"
        })
final class DataCommand implements Callable<Integer> {

    private static final int KEPT = 20;

    private final Strategies strategies;
    private final Terminal terminal;
    private final long started = System.nanoTime();

    @Parameters(paramLabel = "FOLDER", arity = "0..1", description = "Where the data is.")
    private Optional<Path> folder = Optional.empty(); // none before a command

    @Option(names = "--suite", paramLabel = "ID", description = "A suite that ships, or the YAML file of a manifest.")
    private Optional<String> suite = Optional.empty();

    @Option(
            names = "--layout",
            paramLabel = "ID",
            description = "Which of the suite's layouts; needed if there are files of several.",
            defaultValue = "")
    private String layout = "";

    @Option(names = "--tasks", paramLabel = "TASK", split = ",", description = "Some tasks only.")
    private List<String> tasks = List.of();

    @Option(names = "--images", paramLabel = "FOLDER", description = "Where the paths of images start from.")
    private Optional<Path> images = Optional.empty();

    @Option(names = "--outside", description = "Images may lie outside of their folder.")
    private boolean outside;

    @Option(names = "--quick", description = "Only look whether images are there, do not decode them.")
    private boolean quick;

    @Option(names = "--all", description = "List all that is found, not the first 20 of a kind only.")
    private boolean all;

    @Option(names = "--json", description = "Write JSON.")
    private boolean json;

    @Mixin
    private DataAdvice advice = new DataAdvice();

    private DataCommand(Strategies strategies, Terminal terminal) {
        this.strategies = strategies;
        this.terminal = terminal;
    }

    static CommandLine of(Strategies strategies, Terminal terminal) {
        return new CommandLine(new DataCommand(strategies, terminal)).addSubcommand(new DataImportCommand(terminal));
    }

    @Override
    public Integer call() {
        var data = data();
        var report = Examination.of(data, !quick, workers(), all ? Integer.MAX_VALUE : KEPT, this::progress);
        var given = advice(data);
        if (json) {
            terminal.say(DataReportJson.of(report, given));
        } else {
            tell(report, given);
        }
        return report.isFaulty() ? CommandLines.FAILED : 0;
    }

    /** On tasks in folders of their own. */
    private Optional<Advice> advice(Data data) {
        if (suite.isPresent() && advice.isAsked()) {
            throw new KarutaException(
                    "A suite's tasks are not told apart here.", "Leave --pool and --study away, or --suite.");
        }
        if (suite.isPresent() || quick && !advice.isAsked()) {
            return Optional.empty();
        }
        var root = root();
        return Optional.of(
                advice.of(strategies, data.tasks().stream().map(root::resolve).toList(), terminal));
    }

    /** Whether the folder itself is that of a task. */
    private boolean isTask() {
        return Stream.of("train.json", "train.jsonl").anyMatch(name -> Files.isRegularFile(folder().resolve(name)));
    }

    private Path folder() {
        return folder.orElseThrow(
                () -> new KarutaException("There is no folder to look at.", "Name it: karuta data FOLDER."));
    }

    /** That holds the tasks' folders. */
    private Path root() {
        return isTask() ? folder().toAbsolutePath().normalize().getParent() : folder();
    }

    private Data data() {
        if (suite.isEmpty()) {
            var whole = folder().toAbsolutePath().normalize();
            return new TaskFolders(
                    root(),
                    images,
                    outside,
                    isTask() ? List.of(whole.getFileName().toString()) : tasks);
        }
        var strict = SuiteOptions.STRICT;
        var options = new SuiteOptions(
                layout,
                strict.config(),
                images,
                strict.train(),
                strict.test(),
                strict.excerpt(),
                strict.additions(),
                strict.twice(),
                strict.leaks(),
                outside,
                strict.dropSystem(),
                strict.files());
        return new SuiteFolder(Suite.of(suite.get()), folder(), options, tasks);
    }

    /** Half of what PyTorch may have: KARUTA_THREADS. */
    static int workers() {
        return Math.max(1, Integer.getInteger("ai.djl.pytorch.num_threads", 1) / 2);
    }

    private void progress(String what, double share) {
        var seconds = (System.nanoTime() - started) / 1e9;
        terminal.status(what + ", " + Math.round(100 * share) + " %"
                + (share > 0.01 ? "; about " + Durations.words(seconds / share * (1 - share)) + " left" : ""));
    }

    private void tell(DataReport report, Optional<Advice> given) {
        terminal.say(report.title());
        terminal.say("");
        Columns.of(samples(report)).forEach(terminal::say);
        var files = files(report);
        if (files.size() > 1) {
            terminal.say("");
            Columns.of(files).forEach(terminal::say);
        }
        if (!report.sources().isEmpty()) {
            terminal.say("");
            report.sources().forEach(source -> terminal.say("licence of " + source.name() + ": " + source.licence()));
        }
        report.groups().forEach(this::tell);
        given.ifPresent(told -> {
            terminal.say("");
            DataAdvice.lines(told).forEach(terminal::say);
        });
        terminal.say("");
        terminal.say(verdict(report));
    }

    private static List<List<String>> samples(DataReport report) {
        var rows = new ArrayList<List<String>>();
        rows.add(List.of(
                "TASK", "SPLIT", "SAMPLES", "PUBLISHED", "IMAGES", "ANSWERS", "DIFFERENT", "WORDS", "MOST FREQUENT"));
        for (var task : report.tasks()) {
            rows.add(row(task.name(), "train", task.train()));
            rows.add(row(task.name(), "test", task.test()));
        }
        return rows;
    }

    private static List<String> row(String task, String split, DataReport.SplitReport report) {
        var answers = report.answers();
        return List.of(
                task,
                split,
                Integer.toString(report.samples()),
                report.published().map(String::valueOf).orElse("-"),
                Integer.toString(report.images()),
                Long.toString(answers.count()),
                Integer.toString(answers.distinct()),
                answers.words() + " to " + answers.longest(),
                majority(answers));
    }

    private static String majority(DataReport.Answers answers) {
        if (answers.count() == 0) {
            return "-";
        }
        return answers.count() > 1 && answers.distinct() == answers.count()
                ? "none twice"
                : String.format(Locale.ROOT, "%.1f %% \"%s\"", 100 * answers.share(), answers.majority());
    }

    private static List<List<String>> files(DataReport report) {
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("TASK", "FILE", "BYTES", "SHA-256", ""));
        report.tasks()
                .forEach(task -> task.files()
                        .forEach(file -> rows.add(List.of(
                                task.name(),
                                file.role(),
                                Long.toString(file.bytes()),
                                file.sha256(),
                                file.about().orElse("")))));
        return rows;
    }

    private void tell(DataReport.Group group) {
        terminal.say("");
        terminal.say((group.kind().isFault() ? "FAULT: " : "warning: ")
                + group.kind().title() + ": " + group.count());
        group.findings()
                .forEach(finding ->
                        terminal.say("  " + (finding.task().isEmpty() ? "" : finding.task() + ": ") + finding.what()));
        var left = group.count() - group.findings().size();
        if (left > 0) {
            terminal.say("  and " + left + " more (--all lists them)");
        }
    }

    private static String verdict(DataReport report) {
        var faults = report.groups().stream()
                .filter(group -> group.kind().isFault())
                .mapToInt(DataReport.Group::count)
                .sum();
        var looked = report.decoded() ? "" : " Images were not decoded.";
        return (faults == 0 ? "Nothing is wrong." : "Faults: " + faults + ".") + looked;
    }
}
