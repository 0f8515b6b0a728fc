package karuta.use.learn;

import java.util.List;
import java.util.Map;
import karuta.api.KarutaException;
import karuta.api.Task;
import karuta.archive.pool.CardName;
import karuta.archive.pool.CardStates;
import karuta.engine.loop.EarlyStopping;
import karuta.engine.plan.RunPlan;
import karuta.engine.run.CancellationToken;
import karuta.engine.run.Lesson;
import karuta.engine.run.Lessons;

/**
 * Finds out in small whether an arm can learn into a pool: whether it makes one card for each task, and leaves the cards that are there
 * as they are when the next one is learned. A sample of a task, and a step for it, show that.
 *
 * @param lessons its models
 * @param plan the arm
 * @param stop ends it
 */
record CardRehearsal(Lessons lessons, RunPlan plan, CancellationToken stop) {

    /** Only this rehearsal sees these names. */
    private static final List<CardName> NAMES = List.of(new CardName("second"), new CardName("next"));

    /**
     * Learns a task, and then a second one.
     *
     * @throws KarutaException if the arm cannot learn into a pool
     */
    void both(Task task) {
        var results = new LessonResults(List.of(), new CardName(task.name()));
        lessons.rehearse(
                plan, new Lesson(List.of(), task, List.of(), manager -> Map.of(), EarlyStopping.NEVER), results, stop);
        second(task, results);
    }

    /**
     * Learns a second task where a first one was learned.
     *
     * @param first what the second one is made of
     * @param results of the first one
     * @throws KarutaException if the arm cannot learn into a pool
     */
    void second(Task first, LessonResults results) {
        var cards = Map.of(first.name(), results.card());
        var rest = results.rest();
        var name = NAMES.stream()
                .filter(each -> !each.value().equals(first.name()))
                .findFirst()
                .orElseThrow();
        var second = new Task(name.value(), first.about(), first.train(), first.test(), first.scorer(), first.notes());
        var after = new LessonResults(List.of(first.name()), name);
        lessons.rehearse(
                plan,
                new Lesson(
                        List.of(first.with(List.of(), List.of())),
                        second,
                        List.of(),
                        manager -> CardStates.join(cards, rest, manager),
                        EarlyStopping.NEVER),
                after,
                stop);
        after.card();
    }
}
