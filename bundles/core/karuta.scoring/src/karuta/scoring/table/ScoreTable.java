package karuta.scoring.table;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import karuta.scoring.rule.Outcome;
import karuta.study.record.Csv;

/**
 * A row for each rule: no two rules share one.
 *
 * @param tasks what was scored
 */
public record ScoreTable(List<TaskScores> tasks) {

    private static final Gson GSON = new GsonBuilder()
            .setPrettyPrinting()
            .disableHtmlEscaping()
            .serializeNulls()
            .create();

    /** Copies the list. */
    public ScoreTable {
        tasks = List.copyOf(tasks);
    }

    /** For a terminal, with heads; figures in percent. */
    public List<List<String>> rows() {
        var staged = tasks.stream().anyMatch(task -> task.stage().isPresent());
        var rows = new ArrayList<List<String>>();
        rows.add(row(
                staged, "STAGE", "TASK", "RULE", "PERCENT", "SCORED", "OF", "MISSING", "DOUBLE", "UNKNOWN", "FIGURES"));
        for (var task : tasks) {
            for (var outcome : task.outcomes()) {
                rows.add(row(
                        staged,
                        task.stageText().orElse(""),
                        task.task(),
                        outcome.rule(),
                        Figures.percent(outcome.value()),
                        count(outcome.paired().responses().size()),
                        count(outcome.paired().denominator()),
                        count(outcome.paired().missing().count()),
                        count(outcome.paired().doubles().count()),
                        count(outcome.paired().unknown().count()),
                        Figures.percent(outcome.figures())));
            }
        }
        return rows;
    }

    /** For a terminal: a row per stage, a column for each task and rule; figures in percent, {@code -} where there is none. */
    public List<List<String>> matrix() {
        var columns = tasks.stream()
                .flatMap(task -> task.outcomes().stream().map(outcome -> column(task, outcome)))
                .distinct()
                .toList();
        var stages = new TreeMap<Integer, Map<String, String>>();
        for (var task : tasks) {
            var row = stages.computeIfAbsent(task.stage().orElseThrow(), stage -> new HashMap<>());
            task.outcomes().forEach(outcome -> row.put(column(task, outcome), Figures.percent(outcome.value())));
        }
        var rows = new ArrayList<List<String>>();
        rows.add(Stream.concat(Stream.of("STAGE"), columns.stream()).toList());
        stages.forEach((stage, row) -> rows.add(Stream.concat(
                        Stream.of(count(stage)), columns.stream().map(column -> row.getOrDefault(column, "-")))
                .toList()));
        return rows;
    }

    private static String column(TaskScores task, Outcome outcome) {
        return task.task() + " [" + outcome.rule() + "]";
    }

    private static List<String> row(boolean staged, String... cells) {
        return List.of(cells).subList(staged ? 0 : 1, cells.length);
    }

    private static String count(int number) {
        return Integer.toString(number);
    }

    /** How the answers of each rule were paired, a sentence for each way. */
    public List<String> pairings() {
        return outcomes()
                .map(Outcome::pairing)
                .distinct()
                .map(pairing -> "pairing " + pairing.id() + ": " + pairing.words())
                .toList();
    }

    private Stream<Outcome> outcomes() {
        return tasks.stream().flatMap(task -> task.outcomes().stream());
    }

    /** For spreadsheets: figures as the rules give them, mostly from 0 to 1. */
    public String csv() {
        var text = new StringBuilder(Csv.line(List.of(
                "source",
                "stage",
                "task",
                "rule",
                "value",
                "scored",
                "denominator",
                "missing",
                "double",
                "unknown",
                "pairing",
                "figures")));
        for (var task : tasks) {
            for (var outcome : task.outcomes()) {
                var figures = new TreeMap<>(outcome.figures())
                        .entrySet().stream()
                                .map(figure -> figure.getKey() + "=" + Figures.whole(figure.getValue()))
                                .toList();
                text.append(Csv.line(List.of(
                        task.source(),
                        task.stageText().orElse(""),
                        task.task(),
                        outcome.rule(),
                        Figures.whole(outcome.value()),
                        count(outcome.paired().responses().size()),
                        count(outcome.paired().denominator()),
                        count(outcome.paired().missing().count()),
                        count(outcome.paired().doubles().count()),
                        count(outcome.paired().unknown().count()),
                        outcome.pairing().id(),
                        String.join("; ", figures))));
            }
        }
        return text.toString();
    }

    /** The answers that rules judge differently, a line for each answer and rule. */
    public String disagreementsCsv() {
        var text = new StringBuilder(
                Csv.line(List.of("stage", "task", "id", "answer", "references", "rule", "value", "parsed")));
        for (var task : tasks) {
            for (var each : Disagreement.of(task.outcomes())) {
                each.scores()
                        .forEach((rule, score) -> text.append(Csv.line(List.of(
                                task.stageText().orElse(""),
                                task.task(),
                                each.sample().id(),
                                each.answer(),
                                String.join(" | ", each.sample().references()),
                                rule,
                                Figures.whole(score.value()),
                                score.parsed()))));
            }
        }
        return text.toString();
    }

    /**
     * For programs.
     *
     * @param disagreements whether to list the answers that rules judge differently
     */
    public String json(boolean disagreements) {
        var list = new JsonArray();
        for (var task : tasks) {
            var json = new JsonObject();
            json.addProperty("source", task.source());
            json.addProperty("task", task.task());
            task.stage().ifPresent(stage -> json.addProperty("stage", stage));
            var rules = new JsonArray();
            task.outcomes().forEach(outcome -> rules.add(json(outcome)));
            json.add("rules", rules);
            var failures = new JsonArray();
            task.scoring().failures().forEach(failure -> failures.add(failure.getMessage()));
            json.add("failures", failures);
            if (disagreements) {
                var differing = new JsonArray();
                Disagreement.of(task.outcomes()).forEach(each -> differing.add(json(each)));
                json.add("disagreements", differing);
            }
            list.add(json);
        }
        return GSON.toJson(list);
    }

    private static JsonObject json(Outcome outcome) {
        var json = new JsonObject();
        json.addProperty("rule", outcome.rule());
        json.addProperty("value", outcome.value());
        json.addProperty("scored", outcome.paired().responses().size());
        json.addProperty("denominator", outcome.paired().denominator());
        json.addProperty("missing", outcome.paired().missing().count());
        json.addProperty("double", outcome.paired().doubles().count());
        json.addProperty("unknown", outcome.paired().unknown().count());
        json.addProperty("pairing", outcome.pairing().id());
        json.addProperty("pairingWords", outcome.pairing().words());
        var figures = new JsonObject();
        new TreeMap<>(outcome.figures()).forEach(figures::addProperty);
        json.add("figures", figures);
        return json;
    }

    private static JsonObject json(Disagreement each) {
        var json = new JsonObject();
        json.addProperty("id", each.sample().id());
        json.addProperty("answer", each.answer());
        var references = new JsonArray();
        each.sample().references().forEach(references::add);
        json.add("references", references);
        var rules = new JsonObject();
        each.scores().forEach((rule, score) -> {
            var said = new JsonObject();
            said.addProperty("value", score.value());
            said.addProperty("parsed", score.parsed());
            rules.add(rule, said);
        });
        json.add("rules", rules);
        return json;
    }
}
