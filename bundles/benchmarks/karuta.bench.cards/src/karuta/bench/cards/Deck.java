package karuta.bench.cards;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import karuta.api.KarutaException;
import karuta.api.Query;
import karuta.api.RandomStream;
import karuta.api.Sample;
import karuta.api.Task;

/**
 * Draws the samples of tasks. Each is a function of seed, task, split and index, so a task is the same whatever other
 * tasks there are.
 *
 * @param benchmark its id, for messages
 * @param deck the tasks
 * @param train training samples per task
 * @param test test samples per task
 * @param seed what all is drawn from
 */
record Deck(String benchmark, List<CardTask> deck, int train, int test, long seed) {

    /** The names of the tasks. */
    List<String> tasks() {
        return deck.stream().map(CardTask::id).toList();
    }

    /**
     * Draws a task.
     *
     * @throws KarutaException if there is none of that name
     */
    Task task(String name) {
        var task = deck.stream()
                .filter(candidate -> candidate.id().equals(name))
                .findFirst()
                .orElseThrow(() -> new KarutaException(
                        "The benchmark " + benchmark + " has no task " + name + ".",
                        "Its tasks are " + String.join(", ", tasks()) + "."));
        return new Task(name, samples(task, Split.TRAIN, train), samples(task, Split.TEST, test), task.scorer());
    }

    private List<Sample> samples(CardTask task, Split split, int count) {
        return IntStream.range(0, count).mapToObj(i -> sample(task, split, i)).toList();
    }

    /** Draws until the scene belongs to the split and can be asked about. */
    private Sample sample(CardTask task, Split split, int index) {
        var recipe = task.recipe(index);
        var place =
                RandomStream.of(seed, "cards").fork(task.id()).fork(split.id()).fork(index);
        for (var attempt = 0L; ; attempt++) {
            var draws = place.fork(attempt);
            var scene = recipe.scene(draws.fork("scene"));
            if (Split.of(scene) != split) {
                continue;
            }
            var ask = recipe.asks().get(draws.below(recipe.asks().size(), 0));
            var question = ask.about(scene, draws.fork("question"));
            if (question.isPresent()) {
                var picture = new RenderedPicture(scene, draws.fork("picture"));
                return new Sample(
                        "%s-%s-%05d".formatted(task.id(), split.id(), index)
                                + recipe.part().map(part -> "-" + part.id()).orElse(""),
                        new Query(Optional.of(picture), question.get().text()),
                        question.get().answer(task.convention()));
            }
        }
    }
}
