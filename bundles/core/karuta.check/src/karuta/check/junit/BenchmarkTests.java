package karuta.check.junit;

import java.util.Optional;
import karuta.api.Benchmark;
import karuta.check.Checks;
import karuta.check.Report;

/** What must hold of every benchmark. */
public abstract class BenchmarkTests extends StrategyTests<Benchmark> {

    @Override
    final Report report(String name) {
        return Checks.benchmark(name, maker(), Optional.empty());
    }
}
