package karuta.api;

import java.util.List;

/**
 * A benchmark over another one, which the study gives it under {@code over} (SEFE's answer style diversification: training
 * data that are rewritten). Passes everything on; a wrapper overrides what it changes.
 */
public abstract class BenchmarkWrapper extends StrategyBase implements Benchmark {

    /** The benchmark below. */
    protected final Benchmark benchmark() {
        return part(Benchmark.class);
    }

    @Override
    public List<String> tasks() {
        return benchmark().tasks();
    }

    @Override
    public Task task(String name) {
        return benchmark().task(name);
    }

    @Override
    public String source(String task, boolean training) {
        return benchmark().source(task, training);
    }
}
