package karuta.prompt.methods;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.Optional;
import karuta.api.RandomStream;
import karuta.api.Strategy;
import karuta.api.StrategyContext;

/** What all examples need: the context, and random arrays that live as long as the run. */
abstract class Started implements Strategy {

    private Optional<StrategyContext> context = Optional.empty();

    @Override
    public void start(StrategyContext context) {
        this.context = Optional.of(context);
    }

    final StrategyContext context() {
        return context.orElseThrow();
    }

    final NDArray normals(RandomStream draws, double scale, long... shape) {
        var numbers = draws.normals((int) new Shape(shape).size());
        return context()
                .keep(context().manager().create(numbers, new Shape(shape)).mul(scale));
    }

    final int hidden() {
        return context().backbone().spec().hidden();
    }

    final int features() {
        return context().encoder().size();
    }
}
