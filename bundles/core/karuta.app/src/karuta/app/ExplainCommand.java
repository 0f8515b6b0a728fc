package karuta.app;

import com.google.gson.GsonBuilder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import karuta.engine.catalog.Strategies;
import karuta.engine.features.CacheFolder;
import karuta.engine.run.Explanation;
import karuta.engine.run.Explanation.OldTask;
import karuta.engine.run.Explanation.Prompts;
import karuta.engine.run.ForgettingExplainer;
import karuta.report.Numbers;
import karuta.study.record.RunFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says why runs have forgotten. */
@Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        description = {
            "Say why finished runs have forgotten: each is asked again with its choice of cards put right, with its prompts"
                    + " as they were, and with both. Nothing is trained or written.",
            "What a run answers as it is must be what its record says; otherwise it is not explained.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  karuta explain runs/quickstart.modalprompt.default.seed1",
            "  karuta explain runs/ --json"
        })
final class ExplainCommand implements Callable<Integer> {

    private static final List<String> HEADS =
            List.of("TASK", "LEARNED", "NOW", "FORGOTTEN", "ROUTING", "DRIFT", "INTERFERENCE", "FORM", "CONTENT");

    private final Strategies strategies;
    private final Terminal terminal;

    @Parameters(paramLabel = "RUN", arity = "1..*", description = "Run folders, or folders that hold run folders.")
    private List<Path> folders = List.of();

    @Option(names = "--json", description = "Print JSON: scores as the rules have them, mostly from 0 to 1.")
    private boolean json;

    ExplainCommand(Strategies strategies, Terminal terminal) {
        this.strategies = strategies;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        return Interrupt.around(terminal, stop -> {
            var explainer =
                    new ForgettingExplainer(strategies, CacheFolder.ofUser().path(), new TerminalWatch(terminal), stop);
            var all = new ArrayList<Map<String, Object>>();
            for (var path : folders) {
                for (var folder : RunFolder.find(path)) {
                    var explanation = explainer.explain(folder);
                    if (json) {
                        all.add(fields(folder, explanation));
                    } else {
                        print(explanation);
                    }
                }
            }
            if (json) {
                terminal.say(new GsonBuilder()
                        .setPrettyPrinting()
                        .serializeSpecialFloatingPointValues()
                        .create()
                        .toJson(all));
            }
            return 0;
        });
    }

    private void print(Explanation explanation) {
        terminal.say(explanation.arm() + ", seed " + explanation.seed() + ", order " + explanation.order()
                + ": why old tasks were forgotten after the last stage, in points");
        if (explanation.tasks().isEmpty()) {
            terminal.say("  No task was learned before the last stage, so nothing can be forgotten.");
            return;
        }
        var rows = new ArrayList<List<String>>();
        rows.add(HEADS);
        explanation.tasks().forEach(task -> rows.add(row(explanation, task)));
        rows.add(means(explanation));
        Columns.of(rows).forEach(line -> terminal.say("  " + line));
        notes(explanation).forEach(note -> terminal.say("  " + note));
        terminal.say("");
    }

    private static List<String> row(Explanation explanation, OldTask task) {
        var parts = task.parts();
        return List.of(
                task.task(),
                Numbers.percent(task.scores().learned()),
                Numbers.percent(task.scores().actual()),
                points(Optional.of(parts.total())),
                points(Optional.of(parts.routing()).filter(part -> explanation.routing())),
                points(Optional.of(parts.drift()).filter(part -> isKnown(explanation))),
                points(Optional.of(parts.interference())),
                points(task.form()),
                points(task.content()));
    }

    private static List<String> means(Explanation explanation) {
        return List.of(
                "mean",
                mean(explanation, task -> Optional.of(task.scores().learned()), Numbers::percent),
                mean(explanation, task -> Optional.of(task.scores().actual()), Numbers::percent),
                mean(explanation, task -> Optional.of(task.parts().total()), ExplainCommand::points),
                explanation.routing()
                        ? mean(explanation, task -> Optional.of(task.parts().routing()), ExplainCommand::points)
                        : Numbers.NONE,
                isKnown(explanation)
                        ? mean(explanation, task -> Optional.of(task.parts().drift()), ExplainCommand::points)
                        : Numbers.NONE,
                mean(explanation, task -> Optional.of(task.parts().interference()), ExplainCommand::points),
                mean(explanation, OldTask::form, ExplainCommand::points),
                mean(explanation, OldTask::content, ExplainCommand::points));
    }

    private static boolean isKnown(Explanation explanation) {
        return explanation.prompts() == Prompts.CONSTANT || explanation.prompts() == Prompts.KEPT;
    }

    /** Nothing where it is not known of every task. */
    private static String mean(
            Explanation explanation, Function<OldTask, Optional<Double>> part, Function<Double, String> shown) {
        var values = explanation.tasks().stream()
                .flatMap(task -> part.apply(task).stream())
                .toList();
        return values.size() < explanation.tasks().size()
                ? Numbers.NONE
                : shown.apply(
                        values.stream().mapToDouble(value -> value).average().orElse(Double.NaN));
    }

    private static String points(Optional<Double> part) {
        return part.map(ExplainCommand::points).orElse(Numbers.NONE);
    }

    private static String points(double part) {
        var points = String.format(Locale.ROOT, "%+.1f", 100 * part);
        return points.equals("+0.0") || points.equals("-0.0") ? "0.0" : points;
    }

    private static List<String> notes(Explanation explanation) {
        var notes = new ArrayList<String>();
        notes.add("forgotten = learned - now = routing + drift + interference = form + content; below zero is a gain");
        notes.add(
                explanation.routing()
                        ? "routing: what is gained where the card of the true task takes the best seat"
                        : "routing: not defined, since "
                                + (explanation.prompts() == Prompts.NONE
                                        ? "there are no cards"
                                        : "no card belongs to a task; what another choice costs is in the interference"));
        notes.add(
                switch (explanation.prompts()) {
                    case NONE -> "drift: not defined, since there are no cards; all is interference";
                    case CONSTANT -> "drift: none, as the cards of a learned task never change (the pool's contract)";
                    case KEPT -> "drift: what is gained with the cards as they were when the task had been learned";
                    case LOST ->
                        "drift: not known, since the run was kept without its earlier cards; it is in the interference";
                });
        notes.add("form: answers that have a form which no reference of the task has; content: the other wrong ones");
        notes.add(explanation.checked() + " answers were generated again, and are those of the record");
        return notes;
    }

    private static Map<String, Object> fields(RunFolder folder, Explanation explanation) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("run", folder.path().toString());
        fields.put("arm", explanation.arm());
        fields.put("seed", explanation.seed());
        fields.put("order", explanation.order());
        fields.put("routing", explanation.routing() ? "defined" : "undefined");
        fields.put("prompts", explanation.prompts().name().toLowerCase(Locale.ROOT));
        fields.put("checked", explanation.checked());
        fields.put(
                "tasks",
                explanation.tasks().stream()
                        .map(task -> fields(explanation, task))
                        .toList());
        return fields;
    }

    private static Map<String, Object> fields(Explanation explanation, OldTask task) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("task", task.task());
        fields.put("learned", task.scores().learned());
        fields.put("now", task.scores().actual());
        fields.put("right_cards", task.scores().rightCards());
        fields.put("old_prompts", task.scores().oldPrompts());
        fields.put("both", task.scores().both());
        fields.put("forgotten", task.parts().total());
        if (explanation.routing()) {
            fields.put("routing", task.parts().routing());
        }
        if (isKnown(explanation)) {
            fields.put("drift", task.parts().drift());
        }
        fields.put("interference", task.parts().interference());
        task.form().ifPresent(form -> fields.put("form", form));
        task.content().ifPresent(content -> fields.put("content", content));
        return fields;
    }
}
