package karuta.scoring.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import karuta.scoring.table.TaskScores;
import karuta.study.Run;

/**
 * What a run's record says of its scores.
 *
 * @param run with its matrix
 */
public record RecordedScores(Run run) {

    /** The rule that scored each task, by the task; empty in the records of older versions. */
    public Map<String, List<String>> rules() {
        var rules = new LinkedHashMap<String, List<String>>();
        var scorers = run.getMatrix().getScorers();
        var tasks = tasks();
        for (var i = 0; i < scorers.size(); i++) {
            rules.put(tasks.get(i), List.of(scorers.get(i)));
        }
        return rules;
    }

    private List<String> tasks() {
        var tasks = new ArrayList<>(run.getTasks());
        tasks.addAll(run.getWatched());
        return tasks;
    }

    /** Compares what was scored again by the recorded rules, cell by cell, to the last bit. */
    public Comparison compare(List<TaskScores> again) {
        var rules = rules();
        var same = 0;
        var others = new ArrayList<String>();
        for (var scores : again) {
            var recorded = recorded(scores.stage().orElseThrow(), scores.task());
            for (var outcome : scores.scoring().outcomes()) {
                if (!rules.getOrDefault(scores.task(), List.of()).contains(outcome.rule())) {
                    continue;
                }
                if (outcome.value() == recorded) {
                    same++;
                } else {
                    others.add("stage " + scores.stage().getAsInt() + ", task " + scores.task() + ", rule "
                            + outcome.rule() + ": recorded " + recorded + ", scored again " + outcome.value());
                }
            }
        }
        return new Comparison(same, others);
    }

    private double recorded(int stage, String task) {
        var row = run.getMatrix().getRows().get(stage);
        var place = tasks().indexOf(task);
        var learned = row.getScores().size();
        return place < learned ? row.getScores().get(place) : row.getWatched().get(place - learned);
    }

    /**
     * Cells that were scored again by the same rule.
     *
     * @param same how many are the recorded ones
     * @param others a sentence for each that is not
     */
    public record Comparison(int same, List<String> others) {

        /** Copies the list. */
        public Comparison {
            others = List.copyOf(others);
        }
    }
}
