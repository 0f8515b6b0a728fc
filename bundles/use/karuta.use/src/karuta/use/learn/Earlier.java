package karuta.use.learn;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import karuta.api.Task;
import karuta.archive.pool.CardName;
import karuta.archive.pool.CardRecord;
import karuta.archive.pool.CardStates;
import karuta.archive.pool.PoolFiles;
import karuta.engine.loop.EarlyStopping;
import karuta.engine.run.Lesson;

/**
 * What a pool had when a lesson began.
 *
 * @param files of the revision; empty for a pool that is about to begin
 * @param cards that stay, in their order
 * @param tensors their files, by name
 * @param rest what belongs to no card alone
 * @param tasks one for each, with its validation samples if they are found
 * @param gone why those of others are not, by card
 */
record Earlier(
        Optional<PoolFiles> files,
        List<CardRecord> cards,
        Map<String, byte[]> tensors,
        Optional<byte[]> rest,
        List<Task> tasks,
        Map<String, String> gone) {

    private static final String ANY_SCORER = "exact";

    /** Nothing. */
    static Earlier none() {
        return new Earlier(Optional.empty(), List.of(), Map.of(), Optional.empty(), List.of(), Map.of());
    }

    /**
     * Reads it.
     *
     * @param without a card that is to be replaced, or is not there yet
     */
    static Earlier of(PoolFiles files, CardName without) {
        var cards = files.cards().stream()
                .filter(card -> !card.name().equals(without))
                .toList();
        var tensors = new LinkedHashMap<String, byte[]>();
        var tasks = new ArrayList<Task>();
        var gone = new LinkedHashMap<String, String>();
        for (var card : cards) {
            tensors.put(card.task(), files.tensors(card));
            var validation = Validation.of(card);
            if (validation instanceof Validation.Gone missing) {
                gone.put(card.task(), missing.why());
            }
            tasks.add(validation.found().orElseGet(() -> new Task(card.task(), List.of(), List.of(), ANY_SCORER)));
        }
        return new Earlier(Optional.of(files), cards, tensors, files.state(), tasks, gone);
    }

    /** The lesson that learns a task after these. */
    Lesson lesson(Task task, List<Task> watched, EarlyStopping stopping) {
        return new Lesson(
                tasks,
                task,
                watched,
                manager -> cards.isEmpty() ? Map.of() : CardStates.join(tensors, rest.orElseThrow(), manager),
                stopping);
    }

    /** The same, of which nothing is asked. */
    Earlier unasked() {
        var silent = tasks.stream().map(task -> task.with(List.of(), List.of())).toList();
        return new Earlier(files, cards, tensors, rest, silent, gone);
    }

    /** The cards' names. */
    List<String> names() {
        return cards.stream().map(CardRecord::task).toList();
    }

    /** How many samples are asked. */
    int asked() {
        return tasks.stream().mapToInt(task -> task.test().size()).sum();
    }
}
