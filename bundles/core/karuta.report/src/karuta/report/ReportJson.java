package karuta.report;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonPrimitive;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import karuta.metrics.Metric;
import karuta.metrics.statistics.Interval;
import karuta.report.Significance.Tested;

/**
 * A report for scripts. Scores are as the rules have them, mostly from 0 to 1; what has no value is not there.
 *
 * @param choice which metrics, against which arm
 */
record ReportJson(TableChoice choice) {

    private static final Gson JSON =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    String of(List<Comparison> comparisons, List<String> notes, List<String> damages) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("metrics", choice.metrics().stream().map(Metric::id).toList());
        fields.put("tables", comparisons.stream().map(this::comparison).toList());
        fields.put("notes", notes);
        fields.put("damages", damages);
        return JSON.toJson(fields);
    }

    private Map<String, Object> comparison(Comparison comparison) {
        var finished = comparison.results().stream().filter(Result::finished).toList();
        var groups = ArmResults.of(finished);
        var first = comparison.results().get(0).run();
        var fields = new LinkedHashMap<String, Object>();
        fields.put("study", first.getStudy());
        fields.put("benchmark", Compatibility.describe(first.getBenchmark()));
        comparison.apart().ifPresent(why -> fields.put("apart", why));
        fields.put("runs", comparison.results().stream().map(this::run).toList());
        fields.put("arms", Significance.arms(groups).stream().map(this::arm).toList());
        Significance.of(groups, choice).ifPresent(found -> fields.put("tests", tests(found)));
        comparison.ranks().ifPresent(ranks -> fields.put("ranks", ranks(ranks)));
        var components = new LinkedHashMap<String, Object>();
        new OrderTables(choice).components(groups).forEach((metric, found) -> {
            var shares = new LinkedHashMap<String, Object>();
            shares.put("arm", found.arm());
            shares.put("order", found.order());
            shares.put("arm_x_order", found.both());
            put(shares, "seed", found.seed());
            put(shares, "of_the_gap", found.orderInGap());
            components.put(metric.id(), shares);
        });
        if (!components.isEmpty()) {
            fields.put("variance", components);
        }
        SeparabilityTable.found(comparison.results()).ifPresent(found -> fields.put("separability", found));
        return fields;
    }

    private Map<String, Object> run(Result result) {
        var run = result.run();
        var fields = new LinkedHashMap<String, Object>();
        fields.put("folder", result.folder().path().toString());
        fields.put("arm", result.arm());
        fields.put("order", run.getOrder());
        fields.put("seed", run.getSeed());
        fields.put("status", run.getStatus().toString());
        fields.put("tasks", List.copyOf(run.getTasks()));
        result.matrix()
                .ifPresent(matrix -> fields.put(
                        "matrix",
                        matrix.rows().stream()
                                .map(row -> row.scores().stream()
                                        .map(ReportJson::finite)
                                        .toList())
                                .toList()));
        if (result.finished()) {
            var metrics = new LinkedHashMap<String, Object>();
            choice.metrics().forEach(metric -> put(metrics, metric.id(), choice.value(metric, result)));
            fields.put("metrics", metrics);
        }
        return fields;
    }

    /** JSON has no NaN. */
    private static JsonElement finite(double score) {
        return Double.isNaN(score) ? JsonNull.INSTANCE : new JsonPrimitive(score);
    }

    private Map<String, Object> arm(List<ArmResults> arm) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("arm", arm.get(0).arm());
        fields.put("analysis", arm.get(0).analysis());
        fields.put("imported", arm.get(0).imported());
        var metrics = new LinkedHashMap<String, Object>();
        for (var metric : choice.metrics()) {
            var figures = Figures.of(arm, metric, choice);
            figures.spread().ifPresent(spread -> {
                var values = new LinkedHashMap<String, Object>();
                values.put("runs", spread.count());
                values.put("mean", spread.mean());
                put(values, "deviation", spread.deviation());
                figures.interval().ifPresent(interval -> values.put("interval", ends(interval)));
                if (figures.orders().size() > 1) {
                    values.put("by_order", byOrder(figures));
                }
                metrics.put(metric.id(), values);
            });
        }
        fields.put("metrics", metrics);
        return fields;
    }

    private static Map<String, Double> byOrder(Figures figures) {
        var means = new LinkedHashMap<String, Double>();
        IntStream.range(0, figures.orders().size())
                .forEach(i ->
                        means.put(figures.orders().get(i), figures.byOrder().get(i)));
        return means;
    }

    private static Map<String, Object> tests(Significance found) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("metric", found.metric().id());
        fields.put("against", found.reference().get(0).arm());
        fields.put("arms", found.rows().stream().map(ReportJson::row).toList());
        return fields;
    }

    private static Map<String, Object> ranks(Ranks ranks) {
        var fields = new LinkedHashMap<String, Object>();
        var means = new LinkedHashMap<String, Object>();
        ranks.order()
                .forEach(arm ->
                        means.put(ranks.arms().get(arm), ranks.found().ranks().get(arm)));
        fields.put("mean_rank", means);
        fields.put("tasks", ranks.tasks().size());
        fields.put("friedman_p", ranks.found().friedman().p());
        fields.put("iman_davenport_p", ranks.found().imanDavenport().p());
        fields.put("critical_difference", ranks.found().difference());
        return fields;
    }

    private static Map<String, Object> row(Significance.Row row) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("arm", row.arm().get(0).arm());
        fields.put("pairs", row.pairs());
        fields.put("paired_by", row.byOrder() ? "order" : "seed");
        fields.put("difference", row.difference());
        row.interval().ifPresent(interval -> fields.put("interval", ends(interval)));
        put(fields, "t", row.studentT());
        put(fields, "wilcoxon", row.signedRank());
        fields.put("samples", row.samples());
        put(fields, "mcnemar", row.mcNemar());
        return fields;
    }

    private static void put(Map<String, Object> fields, String name, Tested tested) {
        tested.outcome().ifPresent(outcome -> {
            var values = new LinkedHashMap<String, Object>();
            values.put("statistic", outcome.statistic());
            values.put("p", outcome.p());
            put(values, "holm", tested.holm());
            fields.put(name, values);
        });
    }

    private static void put(Map<String, Object> fields, String name, OptionalDouble value) {
        value.ifPresent(number -> fields.put(name, number));
    }

    private static List<Double> ends(Interval interval) {
        return List.of(interval.low(), interval.high());
    }
}
