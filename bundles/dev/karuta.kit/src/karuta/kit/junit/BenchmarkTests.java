package karuta.kit.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.function.Function;
import karuta.api.Benchmark;
import karuta.api.Image;
import karuta.api.KarutaException;
import karuta.api.Sample;
import karuta.api.Task;
import org.junit.jupiter.api.Test;

/** What must hold of every benchmark; all of its samples are read, images too. */
public abstract class BenchmarkTests extends StrategyTests<Benchmark> {

    @Test
    void itHasTasksWithNamesOfTheirOwn() {
        var tasks = started().tasks();
        assertFalse(tasks.isEmpty());
        assertEquals(tasks.size(), new HashSet<>(tasks).size(), tasks.toString());
    }

    @Test
    void trainingAndTestShareNoSample() {
        var benchmark = started();
        for (var name : benchmark.tasks()) {
            var task = benchmark.task(name);
            unique(name + ", training", task.train(), Sample::id);
            unique(name + ", test", task.test(), Sample::id);
            var shared = new HashSet<>(contents(task.train()));
            shared.retainAll(contents(task.test()));
            assertTrue(shared.isEmpty(), name + " is trained and tested on " + shared);
        }
    }

    private static void unique(String where, List<Sample> samples, Function<Sample, String> id) {
        assertFalse(samples.isEmpty(), where + " has no samples");
        var ids = samples.stream().map(id).toList();
        assertEquals(ids.size(), new HashSet<>(ids).size(), where + " has an id twice");
    }

    @Test
    void itGivesTheSameSamplesAtEveryCall() {
        var first = started();
        var second = started();
        for (var name : first.tasks()) {
            assertEquals(all(first.task(name)), all(first.task(name)), name);
            assertEquals(all(first.task(name)), all(second.task(name)), name + " of a fresh one");
        }
    }

    private static List<List<Object>> all(Task task) {
        return List.of(List.copyOf(contents(task.train())), List.copyOf(contents(task.test())), List.of(task.scorer()));
    }

    private static List<String> contents(List<Sample> samples) {
        return samples.stream()
                .map(sample ->
                        sample.query().images().stream().map(Image::fingerprint).toList()
                                + " " + sample.query().earlier() + " "
                                + sample.query().instruction() + " "
                                + sample.references())
                .toList();
    }

    @Test
    void aTaskThatIsNotThereIsRefusedInWords() {
        assertThrows(KarutaException.class, () -> started().task("no such task"));
    }
}
