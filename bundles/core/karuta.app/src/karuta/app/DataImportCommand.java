package karuta.app;

import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import karuta.api.KarutaException;
import karuta.bench.folder.NewFolder;
import karuta.intake.Form;
import karuta.intake.Intake;
import karuta.intake.IntakeReport;
import karuta.intake.IntakeReportJson;
import karuta.intake.IntakeRequest;
import karuta.intake.Link;
import karuta.intake.Role;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes tasks of data as it lies around. */
@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        description = {
            "Make a folder per task of a table (CSV, TSV, JSON), a folder per class, or a file of LLaVA, COCO's captions or"
                    + " ms-swift. No image is both learned from and tested on; what is left out is told with its reason.",
            ""
        },
        footer = {
            "",
            "Exit codes: 0 tasks were made, 1 nothing was left to make one of, 2 the data cannot be read.",
            "",
            "Examples:",
            "  karuta data import table.csv --to tasks                              columns image, question, answer, task",
            "  karuta data import table.csv --to tasks --column answer=label        of other names",
            "  karuta data import animals/ --to tasks --question \"What is this?\"    a folder per class",
            "  karuta data import captions.json --images val2017 --to tasks         COCO's captions",
            "  karuta data import a.jsonl b.csv --to tasks --dry-run                only tell what would be made"
        })
final class DataImportCommand implements Callable<Integer> {

    private static final int KEPT = 3;

    private final Terminal terminal;

    @Parameters(paramLabel = "SOURCE", arity = "1..*", description = "Files and folders.")
    private List<Path> sources = List.of();

    @Option(
            names = "--to",
            paramLabel = "FOLDER",
            required = true,
            description = "A new folder; nothing is ever overwritten.")
    private Path out = Path.of("");

    @Option(
            names = "--as",
            paramLabel = "FORM",
            description = "How the sources are written: ${COMPLETION-CANDIDATES} (default: what they look like).")
    private Optional<Form> form = Optional.empty();

    @Option(
            names = "--column",
            paramLabel = "WHAT=NAME",
            description =
                    "What a column of a table is: image, question, answer, task or id. What is not said is guessed, and"
                            + " told.")
    private Map<Role, String> columns = Map.of();

    @Option(names = "--question", paramLabel = "TEXT", description = "The question of samples that have none.")
    private Optional<String> question = Optional.empty();

    @Option(
            names = "--task",
            paramLabel = "NAME",
            description = "The task of samples that do not say it (default: the name of their source).")
    private Optional<String> task = Optional.empty();

    @Option(
            names = "--images",
            paramLabel = "FOLDER",
            description = "Where the paths of images start from (default: where the source is).")
    private Optional<Path> images = Optional.empty();

    @Option(names = "--outside", description = "Images may lie outside of that folder.")
    private boolean outside;

    @Option(
            names = "--drop-system",
            description = "Drop turns before the first question; else such samples are left out.")
    private boolean dropSystem;

    @Option(
            names = "--several",
            description = "Different answers to one question about one image are all right; else they are left out.")
    private boolean several;

    @Option(
            names = "--encoding",
            paramLabel = "NAME",
            description = "Of tables, such as windows-1252 (default: UTF-8).")
    private Optional<Charset> encoding = Optional.empty();

    @Option(
            names = "--test",
            paramLabel = "SHARE",
            description =
                    "How many samples of a task are for the test, such as 20%% or 0.2 (default: ${DEFAULT-VALUE}).",
            defaultValue = "20%")
    private String test = "20%";

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Another one draws other test samples.",
            defaultValue = "1")
    private long seed = 1;

    @Option(
            names = "--link",
            paramLabel = "HOW",
            description = "Images are ${COMPLETION-CANDIDATES}: copied, or linked.",
            defaultValue = "COPY")
    private Link link = Link.COPY;

    @Option(names = "--scorer", paramLabel = "ID", description = "The scorer of the tasks, see `karuta scorers`.")
    private Optional<String> scorer = Optional.empty();

    @Option(names = "--dry-run", description = "Write nothing.")
    private boolean dry;

    @Option(names = "--all", description = "List all that is left out, not the first 3 of a reason only.")
    private boolean all;

    @Option(names = "--json", description = "Write JSON.")
    private boolean json;

    DataImportCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        NewFolder.check(out.toAbsolutePath());
        var intake = new Intake(
                new IntakeRequest(
                        sources,
                        form,
                        columns,
                        question,
                        task,
                        images,
                        outside,
                        dropSystem,
                        several,
                        encoding,
                        new IntakeRequest.Parting(share(test), seed),
                        link,
                        scorer),
                all ? Integer.MAX_VALUE : KEPT,
                (what, number, total) -> terminal.status(what + " " + number + (total == 0 ? "" : " of " + total)));
        var report = intake.read(DataCommand.workers());
        var made = !report.tasks().isEmpty();
        if (made && !dry) {
            intake.write(out);
        }
        if (json) {
            terminal.say(IntakeReportJson.of(report));
        } else {
            tell(report);
        }
        return made ? 0 : CommandLines.FAILED;
    }

    /** Of less than all: with a percent sign, or from 0 to 1. */
    private static double share(String text) {
        try {
            var number = text.endsWith("%")
                    ? Double.parseDouble(text.substring(0, text.length() - 1)) / 100
                    : Double.parseDouble(text);
            if (number >= 0 && number < 1) {
                return number;
            }
        } catch (NumberFormatException noNumber) {
            // told below
        }
        throw new KarutaException("--test is \"" + text + "\", which is no share.", "Write 20% or 0.2, or 0 for none.");
    }

    private void tell(IntakeReport report) {
        report.notes().forEach(terminal::say);
        if (!report.tasks().isEmpty()) {
            terminal.say("");
            Columns.of(rows(report)).forEach(terminal::say);
        }
        report.left().forEach(this::tell);
        terminal.say("");
        if (report.tasks().isEmpty()) {
            terminal.say("Nothing was written: no sample is left.");
        } else {
            terminal.say(dry ? "Nothing was written: --dry-run." : out + " is written. Look at it: karuta data " + out);
        }
    }

    private void tell(IntakeReport.Left left) {
        terminal.say("");
        terminal.say("Left out, as they " + left.reason().words() + ": " + left.count());
        left.first().forEach(each -> terminal.say("  " + each));
        if (left.count() > left.first().size()) {
            terminal.say("  and " + (left.count() - left.first().size()) + " more (--all lists them)");
        }
    }

    private static List<List<String>> rows(IntakeReport report) {
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("TASK", "TRAIN", "TEST", "IMAGES", "DIFFERENT ANSWERS"));
        report.tasks()
                .forEach(made -> rows.add(List.of(
                        made.name(),
                        Integer.toString(made.train()),
                        Integer.toString(made.test()),
                        Integer.toString(made.images()),
                        Integer.toString(made.answers()))));
        return rows;
    }
}
