package karuta.scoring.pair;

import java.util.List;
import java.util.Optional;
import karuta.api.Benchmark;

/**
 * The tasks of a benchmark.
 *
 * @param name of the benchmark
 * @param benchmark itself
 */
public record BenchmarkGold(String name, Benchmark benchmark) implements GoldBook {

    @Override
    public List<String> tasks() {
        return benchmark.tasks();
    }

    @Override
    public Optional<String> find(String task) {
        return tasks().stream().filter(task::equalsIgnoreCase).findFirst();
    }

    @Override
    public Gold gold(String task) {
        return new Gold(name + ", task " + task, benchmark.task(task).test());
    }

    @Override
    public List<String> rules(String task) {
        return List.of(benchmark.task(task).scorer());
    }
}
