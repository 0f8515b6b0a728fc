package karuta.prompt.outsider;

import ai.djl.ndarray.NDArray;
import java.util.Map;
import karuta.api.Forward;
import karuta.api.Learner;
import karuta.api.LearnerWrapper;
import karuta.api.TrainingStep;
import karuta.tensor.Ops;
import org.osgi.service.component.annotations.Component;

/** Keeps the parameters of any learner small. */
@Component(name = "small-values", factory = Learner.KIND)
public final class SmallValues extends LearnerWrapper {

    @Override
    protected Map<String, NDArray> terms(Forward forward, TrainingStep step) {
        return trainable().stream()
                .map(parameter -> parameter.value().square().mean())
                .reduce(NDArray::add)
                .map(sum -> Map.of("small", Ops.scale(sum, 0.1)))
                .orElse(Map.of());
    }
}
