package karuta.app;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import karuta.use.explain.CardExplanation;
import karuta.use.explain.CardExplanation.Use;
import karuta.use.explain.SoftToken;

/** What is told of a card, as tables and as JSON. */
record ExplanationText(CardExplanation explained) {

    private static final Gson JSON =
            new GsonBuilder().disableHtmlEscaping().setPrettyPrinting().create();

    List<String> lines() {
        var lines = new ArrayList<String>();
        if (!explained.tokens().isEmpty()) {
            table("Soft tokens and the words nearest to them (cosine; a hint, no translation):", tokens(), lines);
        }
        if (!explained.examples().isEmpty()) {
            table("Samples of its own that it is most like:", examples(), lines);
        }
        if (!explained.tasks().isEmpty()) {
            table("Who takes it, and what its absence costs, by held-out samples:", tasks(), lines);
        }
        if (!explained.unknown().isEmpty()) {
            lines.add("");
            lines.addAll(explained.unknown());
        }
        return lines;
    }

    private static void table(String title, List<List<String>> rows, List<String> lines) {
        lines.add("");
        lines.add(title);
        lines.addAll(Columns.numbers(rows));
    }

    private List<List<String>> tokens() {
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("token", "words"));
        explained.tokens().forEach(token -> rows.add(List.of(String.valueOf(token.place()), words(token))));
        return rows;
    }

    private static String words(SoftToken token) {
        return token.words().stream()
                .map(word -> String.format(Locale.ROOT, "\"%s\" %.2f", printable(word.text()), word.cosine()))
                .collect(Collectors.joining("  "));
    }

    /** What would move a terminal's cursor is written as a number. */
    private static String printable(String text) {
        return text.codePoints()
                .mapToObj(point -> Character.isISOControl(point)
                        ? String.format(Locale.ROOT, "\\u%04x", point)
                        : Character.toString(point))
                .collect(Collectors.joining());
    }

    private List<List<String>> examples() {
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("score", "question", "image"));
        explained
                .examples()
                .forEach(example -> rows.add(List.of(
                        String.format(Locale.ROOT, "%.3f", example.score()),
                        printable(example.question()),
                        String.join(" ", example.images()))));
        return rows;
    }

    private List<List<String>> tasks() {
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("task", "samples", "take it", "as the best", "score", "without it", "change"));
        explained
                .tasks()
                .forEach(use -> rows.add(List.of(
                        use.task(),
                        String.valueOf(use.samples()),
                        percent(use.taken()),
                        percent(use.best()),
                        percent(use.with()),
                        Double.isNaN(use.without()) ? "-" : percent(use.without()),
                        Double.isNaN(use.without())
                                ? "-"
                                : String.format(Locale.ROOT, "%+.1f", use.without() - use.with()))));
        return rows;
    }

    private static String percent(double value) {
        return String.format(Locale.ROOT, "%.1f %%", value);
    }

    String json() {
        var object = new JsonObject();
        object.addProperty("card", explained.card());
        object.add("tokens", JSON.toJsonTree(explained.tokens()));
        object.add("examples", JSON.toJsonTree(explained.examples()));
        var tasks = new JsonArray();
        explained.tasks().stream().map(ExplanationText::json).forEach(tasks::add);
        object.add("tasks", tasks);
        object.add("unknown", JSON.toJsonTree(explained.unknown()));
        return JSON.toJson(object);
    }

    /** JSON has no word for what is no number. */
    private static JsonElement json(Use use) {
        var object = new JsonObject();
        object.addProperty("task", use.task());
        object.addProperty("samples", use.samples());
        object.addProperty("taken", use.taken());
        object.addProperty("best", use.best());
        object.addProperty("with", use.with());
        if (!Double.isNaN(use.without())) {
            object.addProperty("without", use.without());
        }
        return object;
    }
}
