package karuta.prompt.methods;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.Optional;
import karuta.api.RandomStream;
import karuta.api.Strategy;
import karuta.api.StrategyContext;

/** What all examples need: the setting, and random arrays that live as long as the run. */
abstract class Started implements Strategy {

    private Optional<StrategyContext> setting = Optional.empty();

    @Override
    public void start(StrategyContext setting) {
        this.setting = Optional.of(setting);
    }

    final StrategyContext setting() {
        return setting.orElseThrow();
    }

    final NDArray normals(RandomStream draws, double scale, long... shape) {
        var numbers = draws.normals((int) new Shape(shape).size());
        return setting()
                .keep(setting().manager().create(numbers, new Shape(shape)).mul(scale));
    }

    final int hidden() {
        return setting().backbone().anatomy().hidden();
    }

    final int features() {
        return setting().encoder().size();
    }
}
