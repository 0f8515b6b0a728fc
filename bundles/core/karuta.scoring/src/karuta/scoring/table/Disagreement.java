package karuta.scoring.table;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import karuta.api.Sample;
import karuta.api.Scores;
import karuta.scoring.rule.Outcome;

/**
 * An answer that rules judge differently.
 *
 * @param sample what was asked
 * @param answer what was generated
 * @param scores what each rule says, by its id, in the order of the rules
 */
public record Disagreement(Sample sample, String answer, Map<String, Scores.Score> scores) {

    private static final double SAME = 1e-9;

    /** All of them, in the order of the samples. Of two answers to one sample the last one is compared. */
    public static List<Disagreement> of(List<Outcome> outcomes) {
        var judged = new LinkedHashMap<String, Disagreement>();
        for (var outcome : outcomes) {
            var responses = outcome.paired().responses();
            for (var i = 0; i < responses.size(); i++) {
                var response = responses.get(i);
                var id = response.sample().id();
                var answer = response.answer();
                var entry = judged.get(id);
                if (entry == null || !entry.answer.equals(answer)) {
                    entry = new Disagreement(response.sample(), answer, new LinkedHashMap<>());
                    judged.put(id, entry);
                }
                entry.scores.put(outcome.rule(), outcome.each().get(i));
            }
        }
        return judged.values().stream().filter(Disagreement::differs).toList();
    }

    private boolean differs() {
        var values = scores.values().stream().mapToDouble(Scores.Score::value).summaryStatistics();
        return values.getMax() - values.getMin() > SAME;
    }

    /** For a terminal: the sample, and a row per rule. */
    public List<List<String>> rows() {
        var rows = new ArrayList<List<String>>();
        scores.forEach((rule, score) ->
                rows.add(List.of("  " + rule, Figures.percent(score.value()), "read " + quoted(score.parsed()))));
        return rows;
    }

    /** The sample in words. */
    public String title() {
        return sample.id() + ": answered " + quoted(answer) + ", expected "
                + String.join(
                        " or ",
                        sample.references().stream().map(Disagreement::quoted).toList());
    }

    private static String quoted(String text) {
        return '"' + text.replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t") + '"';
    }
}
