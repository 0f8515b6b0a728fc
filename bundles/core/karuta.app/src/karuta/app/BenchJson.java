package karuta.app;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import karuta.speed.Comparison;
import karuta.speed.Measurement;
import karuta.speed.Report;
import karuta.speed.SelectionReport;

/** What `karuta bench` tells scripts: seconds and bytes, medians and largest peaks of the rounds. */
final class BenchJson {

    private BenchJson() {}

    static Map<String, Object> of(Report report) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("rowTokens", report.rows());
        report.peer().ifPresent(libraries -> fields.put("python", libraries));
        fields.put(
                "works",
                report.comparisons().stream()
                        .map(comparison -> comparison(comparison.work().name(), comparison))
                        .toList());
        fields.put("token", comparison("decode, a token", report.token()));
        fields.put("productFlopsPerSecond", report.productSpeed());
        fields.put("prefillShare", report.prefillShare());
        report.selection().ifPresent(selection -> fields.put("selection", selection(selection)));
        return fields;
    }

    private static Map<String, Object> comparison(String work, Comparison comparison) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("work", work.toLowerCase(Locale.ROOT));
        fields.put("karuta", side(comparison.own()));
        if (!comparison.peer().isEmpty()) {
            var ratios = comparison.ratios();
            fields.put("peer", side(comparison.peer()));
            fields.put("ratio", Comparison.median(ratios));
            fields.put("ratioMin", ratios.get(0));
            fields.put("ratioMax", ratios.get(ratios.size() - 1));
            fields.put("processorRatio", Comparison.median(comparison.cpuRatios()));
            fields.put("disagreement", comparison.disagreement());
        }
        return fields;
    }

    private static Map<String, Object> side(List<Measurement> readings) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("seconds", Comparison.seconds(readings));
        fields.put("peakBytes", Comparison.peak(readings));
        return fields;
    }

    private static Map<String, Object> selection(SelectionReport selection) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("answerSeconds", selection.answer());
        fields.put(
                "rows",
                selection.rows().stream()
                        .map(row -> Map.of(
                                "cards", row.cards(), "seconds", row.selection(), "productSeconds", row.products()))
                        .toList());
        return fields;
    }
}
