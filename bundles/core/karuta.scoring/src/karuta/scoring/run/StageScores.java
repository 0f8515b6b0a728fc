package karuta.scoring.run;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BiPredicate;
import karuta.api.KarutaException;
import karuta.scoring.file.GivenAnswer;
import karuta.scoring.file.PredictionFile;
import karuta.scoring.pair.AnswerSource;
import karuta.scoring.pair.Gold;
import karuta.scoring.pair.GoldBook;
import karuta.scoring.pair.Pairer;
import karuta.scoring.rule.RuleChoice;
import karuta.scoring.rule.Scoring;
import karuta.scoring.table.TaskScores;

/**
 * Scores Karuta's own predictions, stage by stage and task by task. They lie in that order, so that the answers of one task
 * after one stage are held at a time.
 */
public final class StageScores {

    private final PredictionFile file;
    private final Optional<GoldBook> book;
    private final Map<String, List<String>> recorded;
    private final Map<String, Gold> golds = new HashMap<>();

    /**
     * @param file in Karuta's form
     * @param book the samples; empty if what the file says itself shall do
     * @param recorded the rules that scored each task before, by its name
     */
    public StageScores(PredictionFile file, Optional<GoldBook> book, Map<String, List<String>> recorded) {
        this.file = file;
        this.book = book;
        this.recorded = Map.copyOf(recorded);
    }

    /**
     * Scores them.
     *
     * @param wanted whether a task shall be scored after a stage
     * @param choice the rules
     * @param pairing as {@link Scoring#of} takes it
     * @throws KarutaException if nothing is wanted, or answers do not pair
     */
    public List<TaskScores> of(BiPredicate<Integer, String> wanted, RuleChoice choice, String pairing) {
        var all = new ArrayList<TaskScores>();
        var group = new ArrayList<GivenAnswer>();
        file.each(answer -> {
            if (!group.isEmpty() && !key(group.get(0)).equals(key(answer))) {
                all.add(score(group, choice, pairing));
                group.clear();
            }
            if (wanted.test(answer.stage().orElseThrow(), task(answer))) {
                group.add(answer);
            }
        });
        if (!group.isEmpty()) {
            all.add(score(group, choice, pairing));
        }
        if (all.isEmpty()) {
            throw new KarutaException(
                    "There is no answer to this task after this stage in " + file.path() + ".",
                    "Look at the stages and tasks that it has.");
        }
        choice.check();
        return all;
    }

    private static String task(GivenAnswer answer) {
        return answer.task().orElseThrow();
    }

    private static List<Object> key(GivenAnswer answer) {
        return List.of(answer.stage(), task(answer));
    }

    private TaskScores score(List<GivenAnswer> group, RuleChoice choice, String pairing) {
        var task = task(group.get(0));
        var stage = group.get(0).stage();
        var source = AnswerSource.of(file.path() + ", stage " + stage.orElseThrow() + ", task " + task, group);
        var gold = golds.computeIfAbsent(task, name -> gold(name, source));
        var usual = recorded.containsKey(task)
                ? recorded.get(task)
                : book.map(samples -> samples.rules(known(samples, task))).orElse(List.of());
        return new TaskScores(
                file.path().toString(),
                task,
                OptionalInt.of(stage.orElseThrow()),
                Scoring.of(new Pairer(source, gold), choice.of(task, usual), pairing));
    }

    private Gold gold(String task, AnswerSource source) {
        return book.map(samples -> samples.gold(known(samples, task))).orElseGet(() -> Gold.of(source));
    }

    private static String known(GoldBook samples, String task) {
        return samples.find(task)
                .orElseThrow(() -> new KarutaException(
                        "The predictions are to the task \"" + task + "\", which " + samples.name() + " does not have.",
                        "Its tasks are " + String.join(", ", samples.tasks()) + "."));
    }
}
