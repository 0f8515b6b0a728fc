package karuta.app;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import karuta.metrics.Metric;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists the definitions that tables can show. */
@Command(
        name = "metrics",
        mixinStandardHelpOptions = true,
        description = {
            "List the definitions of the field, each under an id of its own, with formula and source.",
            "T is the number of tasks, R[i][j] the score on task j after stage i, R[0] before training. J, S and B are scores of"
                    + " other runs: joint training, a model for each task alone, an untrained model. A star marks what"
                    + " tables show unless asked for something else.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  karuta metrics",
            "  karuta metrics --json                         for scripts",
            "  karuta table runs/ --metrics maa,bwt/diaz     stored runs by other definitions"
        })
final class MetricsCommand implements Callable<Integer> {

    private static final Gson JSON =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    private final Terminal terminal;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    MetricsCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (json) {
            terminal.say(JSON.toJson(
                    Stream.of(Metric.values()).map(MetricsCommand::fields).toList()));
            return 0;
        }
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("", "ID", "NAME", "BETTER", "FORMULA", "SOURCE"));
        for (var metric : Metric.values()) {
            rows.add(List.of(
                    Metric.defaults().contains(metric) ? "*" : "",
                    metric.id(),
                    metric.title(),
                    metric.higherIsBetter() ? "higher" : "lower",
                    metric.formula(),
                    metric.source()));
        }
        Columns.of(rows).forEach(terminal::say);
        return 0;
    }

    private static Map<String, Object> fields(Metric metric) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("id", metric.id());
        fields.put("name", metric.title());
        fields.put("formula", metric.formula());
        fields.put("source", metric.source());
        fields.put("higher_is_better", metric.higherIsBetter());
        fields.put("shown", Metric.defaults().contains(metric));
        fields.put(
                "needs",
                metric.needs().stream()
                        .map(need -> need.name().toLowerCase(Locale.ROOT))
                        .sorted()
                        .toList());
        return fields;
    }
}
