package karuta.engine.run;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.function.Supplier;
import karuta.api.Backbone;
import karuta.api.GuidanceEncoder;
import karuta.api.Input;
import karuta.api.Parameter;
import karuta.api.Query;
import karuta.api.RandomStream;
import karuta.api.Strategy;
import karuta.api.StrategyContext;
import karuta.tensor.Scope;

/**
 * What surrounds a strategy that all runs of a study share: a backbone, an encoder, a benchmark. It stands alone.
 *
 * @param manager lives as long as the study
 */
record SharedContext(NDManager manager) implements StrategyContext {

    @Override
    public NDArray keep(NDArray array) {
        return Scope.keep(array, manager);
    }

    @Override
    public Backbone backbone() {
        throw alone("backbone");
    }

    @Override
    public GuidanceEncoder encoder() {
        throw alone("encoder");
    }

    @Override
    public RandomStream random(String stream) {
        return RandomStream.of(0, stream); // the same for every study seed, as frozen things are
    }

    @Override
    public Input encode(Query query) {
        throw alone("features");
    }

    @Override
    public <T extends Strategy> T part(Class<T> kind) {
        throw alone(kind.getSimpleName());
    }

    @Override
    public List<NDArray> gradients(Supplier<NDArray> loss, List<Parameter> of) {
        throw alone("gradient");
    }

    @Override
    public Twin twin() {
        throw alone("twin");
    }

    private static IllegalStateException alone(String wanted) {
        return new IllegalStateException("what all runs share stands alone: it cannot have a " + wanted);
    }
}
