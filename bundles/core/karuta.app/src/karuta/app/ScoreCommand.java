package karuta.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.function.BiPredicate;
import karuta.api.KarutaException;
import karuta.engine.catalog.Strategies;
import karuta.scoring.file.Form;
import karuta.scoring.file.PredictionFile;
import karuta.scoring.pair.AnswerSource;
import karuta.scoring.pair.Gold;
import karuta.scoring.pair.GoldBook;
import karuta.scoring.pair.Pairer;
import karuta.scoring.rule.RuleChoice;
import karuta.scoring.rule.Scoring;
import karuta.scoring.run.RecordedScores;
import karuta.scoring.run.StageScores;
import karuta.scoring.table.Disagreement;
import karuta.scoring.table.ScoreTable;
import karuta.scoring.table.TaskScores;
import karuta.scoring.tree.ImportedRun;
import karuta.scoring.tree.ResultTree;
import karuta.scoring.tree.ScoredTree;
import karuta.scoring.tree.StageOrder;
import karuta.study.record.RunFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Scores answers that are there, whoever's code gave them. */
@Command(
        name = "score",
        mixinStandardHelpOptions = true,
        description = {
            "Score answers that are there already, by published rules and beside each other. No model is needed.",
            "",
            "ANSWERS is one of",
            "  a file      LLaVA's merge.jsonl (CoIN, ModalPrompt, HiDe-LLaVA, MCITlib, Prism), GQA's predictions,",
            "              COCO results, UCIT's ans_gt.json, MLLM-DCL's Result.json, ScienceQA's output.jsonl and",
            "              output_result.jsonl, CL-VISTA's lines, results of MLLM-CTBench and of ms-swift, Karuta's",
            "              predictions.jsonl; its content decides which it is",
            "  a run       folder of a run of Karuta's: scored again, and compared with what it has recorded",
            "  a tree      folder with TASK/STAGE/merge.jsonl, as these codes leave it: becomes a matrix, and",
            "              with --out the folder of a run, which `karuta table` reads",
            "",
            "Which answer is to which sample is decided by id, and whatever does not pair is refused. Scripts are less"
                    + " strict, and not all in the same way: --pairing does as they do.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  karuta score merge.jsonl --suite coin --data coin/ --task textvqa",
            "                                     by all rules that go with the task, a row each",
            "  karuta score merge.jsonl --suite coin --data coin/ --task scienceqa --rule coin,hide,prism --disagree",
            "                                     only these, and the answers that they judge differently",
            "  karuta score merge.jsonl --suite coin --data coin/ --task scienceqa --pairing coin",
            "                                     answers may be missing: counted as CoIN's script counts them",
            "  karuta score ans_gt.json --rule equal.coin-upper",
            "                                     the file itself says what was expected",
            "  karuta score results/CoIN/LLaVA --suite coin --data coin/ --pairing coin --out runs",
            "                                     a whole tree; `karuta table runs` shows matrix and metrics",
            "  karuta score runs/quickstart.dual.default.seed1 --task vizwiz --rule exact,equal.coin-upper",
            "",
            "Exit codes: 0 all is scored, 2 something is not, or is not what a run has recorded."
        })
final class ScoreCommand implements Callable<Integer> {

    private final Strategies strategies;
    private final Terminal terminal;

    @Spec
    private CommandSpec spec = CommandSpec.create(); // picocli puts the true one here

    @Parameters(paramLabel = "ANSWERS", description = "A file of predictions, a run's folder, or a tree of results.")
    private Path answers = Path.of("");

    @Mixin
    private SampleSource samples = new SampleSource();

    @Option(names = "--task", paramLabel = "TASK", description = "Which task, by its name or what other codes call it.")
    private Optional<String> task = Optional.empty();

    @Option(names = "--stage", paramLabel = "N", description = "Of a run, only the answers after this stage.")
    private Optional<Integer> stage = Optional.empty();

    @Option(
            names = "--rule",
            split = ",",
            paramLabel = "RULE",
            description = "Ids of rules (choice.coin or choice/coin), or whose rules (coin): those of a code among the"
                    + " task's. Default: all that go with the task.")
    private List<String> rules = List.of();

    @Option(
            names = "--pairing",
            paramLabel = "HOW",
            description = "How answers find their samples, and what becomes of the others: id (strict, the default),"
                    + " split, distinct, lines, lines-wrong, matched, ctb, line, line-min, line-all; or as a code does"
                    + " it: coin, modalprompt, hide, mcitlib, dcl, acl, cvit, prism.")
    private String pairing = "id";

    @Option(names = "--disagree", description = "List the answers that rules judge differently.")
    private boolean disagree;

    @Option(
            names = "--csv",
            paramLabel = "FILE",
            description = "Write the rows as CSV, and with --disagree those answers to FILE.disagree.csv.")
    private Optional<Path> csv = Optional.empty();

    @Option(names = "--json", description = "Print JSON instead of tables.")
    private boolean json;

    @Option(
            names = "--order",
            split = ",",
            paramLabel = "TASK",
            description = "Of a tree: the tasks as they were learned, where its names do not say it.")
    private List<String> order = List.of();

    @Option(
            names = "--stages",
            split = ",",
            paramLabel = "NAME",
            description = "Of a tree: what its folders call the stages, in the same order.")
    private List<String> stages = List.of();

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Of a tree: keep it as the folder of a run in DIR, by the first of the rules of each task.")
    private Optional<Path> out = Optional.empty();

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "What the tree's method is called in tables (default: the tree's folder).")
    private Optional<String> name = Optional.empty();

    ScoreCommand(Strategies strategies, Terminal terminal) {
        this.strategies = strategies;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try (var book = new ScorerBook(strategies)) {
            if (!Files.isDirectory(answers)) {
                return show(file(book), false);
            }
            return RunFolder.of(answers).isEmpty() ? tree(book) : run(book);
        }
    }

    private List<TaskScores> file(ScorerBook book) {
        var file = PredictionFile.open(answers);
        file.notes().forEach(terminal::warn);
        try (var opened = samples.open(strategies)) {
            if (file.form() == Form.KARUTA) {
                return new StageScores(file, opened.book(), Map.of()).of(wanted(), choice(book), pairing);
            }
            var source = AnswerSource.of(file);
            return List.of(opened.book().map(it -> known(it, source, book)).orElseGet(() -> alone(source, book)));
        }
    }

    private TaskScores known(GoldBook gold, AnswerSource source, ScorerBook book) {
        var called = task.orElseThrow(() -> new ParameterException(
                spec.commandLine(),
                "--task is missing: say to which task of " + gold.name() + " these are the answers ("
                        + String.join(", ", gold.tasks()) + ")"));
        var found = gold.find(called)
                .orElseThrow(() -> new KarutaException(
                        "There is no task \"" + called + "\" in " + gold.name() + ".",
                        "Its tasks are " + String.join(", ", gold.tasks()) + "."));
        return scores(found, gold.rules(found), new Pairer(source, gold.gold(found)), book);
    }

    /** The file says itself what was expected. */
    private TaskScores alone(AnswerSource source, ScorerBook book) {
        var gold = Gold.of(source);
        return scores(task.orElse(""), List.of(), new Pairer(source, gold), book);
    }

    private TaskScores scores(String found, List<String> usual, Pairer pairer, ScorerBook book) {
        var choice = choice(book);
        var chosen = choice.of(found.isEmpty() ? "this file" : found, usual);
        choice.check();
        return new TaskScores(answers.toString(), found, OptionalInt.empty(), Scoring.of(pairer, chosen, pairing));
    }

    private RuleChoice choice(ScorerBook book) {
        return new RuleChoice(rules, book);
    }

    private BiPredicate<Integer, String> wanted() {
        return (number, called) -> stage.map(number::equals).orElse(true)
                && task.map(called::equalsIgnoreCase).orElse(true);
    }

    private int run(ScorerBook book) {
        var folder = RunFolder.of(answers).orElseThrow();
        var run = folder.read();
        var recorded = new RecordedScores(run);
        try (var opened = samples.open(strategies, run)) {
            var scores = new StageScores(PredictionFile.open(folder.predictionsFile()), opened.book(), recorded.rules())
                    .of(wanted(), choice(book), pairing);
            var code = show(scores, true);
            var comparison = recorded.compare(scores);
            comparison.others().forEach(terminal::fail);
            if (comparison.same() > 0 && !json) {
                terminal.say(comparison.same() + " scores are what the run has recorded, to the last bit.");
            }
            return comparison.others().isEmpty() ? code : CommandLines.UNUSABLE;
        }
    }

    private int tree(ScorerBook book) {
        try (var opened = samples.open(strategies)) {
            var gold = opened.book()
                    .orElseThrow(() -> new ParameterException(
                            spec.commandLine(), "a tree of results needs --suite and --data: what was asked"));
            var tree = ResultTree.find(answers, gold);
            var learned = StageOrder.of(tree, gold, order, stages);
            var all = new ArrayList<TaskScores>();
            new ScoredTree(tree, learned, gold).each(choice(book), pairing, all::add);
            var code = show(all, true);
            if (!json) {
                terminal.say(learned.note() + " " + String.join(", ", learned.tasks()));
            }
            out.ifPresent(folder -> keep(folder, learned, gold, all));
            return code;
        }
    }

    private void keep(Path folder, StageOrder learned, GoldBook gold, List<TaskScores> all) {
        var called = name.orElseGet(
                () -> String.valueOf(answers.toAbsolutePath().normalize().getFileName()));
        var imported = ImportedRun.begin(folder, called, learned, answers, gold.name());
        all.stream()
                .map(each -> each.stage().orElseThrow())
                .distinct()
                .forEach(number -> imported.add(all.stream()
                        .filter(each -> each.stage().orElseThrow() == number)
                        .toList()));
        var kept = imported.end().path();
        if (!json) {
            terminal.say("kept in " + kept + "; see `karuta table " + folder + "`");
        }
    }

    private int show(List<TaskScores> scores, boolean matrix) {
        var table = new ScoreTable(scores);
        csv.ifPresent(file -> {
            write(file, table.csv());
            if (disagree) {
                write(file.resolveSibling(file.getFileName() + ".disagree.csv"), table.disagreementsCsv());
            }
        });
        if (json) {
            terminal.say(table.json(disagree));
        } else {
            Columns.of(matrix ? table.matrix() : table.rows()).forEach(terminal::say);
            table.pairings().forEach(terminal::say);
            if (disagree) {
                scores.forEach(this::tell);
            }
        }
        var failures = scores.stream()
                .flatMap(each -> each.scoring().failures().stream())
                .map(KarutaException::getMessage)
                .distinct()
                .toList();
        failures.forEach(terminal::fail);
        return failures.isEmpty() ? 0 : CommandLines.UNUSABLE;
    }

    private void tell(TaskScores scores) {
        var differing = Disagreement.of(scores.scoring().outcomes());
        terminal.say("");
        terminal.say(scores.place() + differing.size() + " answers are judged differently");
        for (var each : differing) {
            terminal.say(each.title());
            Columns.of(each.rows()).forEach(terminal::say);
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new KarutaException(
                    "The file " + file + " cannot be written (" + e.getMessage() + ").", "Name another.", e);
        }
    }
}
