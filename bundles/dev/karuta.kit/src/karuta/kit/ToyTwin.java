package karuta.kit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import karuta.api.Backbone;
import karuta.api.GuidanceEncoder;
import karuta.api.Input;
import karuta.api.Learner;
import karuta.api.Parameter;
import karuta.api.Query;
import karuta.api.RandomStream;
import karuta.api.Strategy;
import karuta.api.StrategyContext;
import karuta.api.StrategyContext.Twin;

/** A second learner with parts of its own, in the same run. */
final class ToyTwin implements StrategyContext, Twin {

    private final ToyContext run;
    private final Map<Class<?>, Strategy> parts = new HashMap<>();

    ToyTwin(ToyContext run) {
        this.run = run;
        run.kinds().forEach(kind -> part(kind.asSubclass(Strategy.class))); // now: later they would be as they are then
    }

    @Override
    public Learner learner() {
        return part(Learner.class);
    }

    @Override
    public <T extends Strategy> T part(Class<T> kind) {
        if (!parts.containsKey(kind)) {
            parts.put(kind, run.twin(kind, this));
        }
        return kind.cast(parts.get(kind));
    }

    @Override
    public NDManager manager() {
        return run.manager();
    }

    @Override
    public NDArray keep(NDArray array) {
        return run.keep(array);
    }

    @Override
    public Backbone backbone() {
        return run.backbone();
    }

    @Override
    public GuidanceEncoder encoder() {
        return run.encoder();
    }

    @Override
    public RandomStream random(String stream) {
        return run.random(stream);
    }

    @Override
    public Input encode(Query query) {
        return run.encode(query);
    }

    @Override
    public List<NDArray> gradients(Supplier<NDArray> loss, List<Parameter> of) {
        return run.gradients(loss, of);
    }

    @Override
    public Twin twin() {
        return run.twin();
    }

    @Override
    public void close() {
        parts.values().forEach(Strategy::close);
    }
}
