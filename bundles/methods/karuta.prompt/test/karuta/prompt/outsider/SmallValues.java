package karuta.prompt.outsider;

import ai.djl.ndarray.NDArray;
import java.util.HashMap;
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
    public Map<String, NDArray> losses(Forward forward, TrainingStep step) {
        var losses = new HashMap<>(super.losses(forward, step));
        trainable().stream()
                .map(parameter -> parameter.value().square().mean())
                .reduce(NDArray::add)
                .ifPresent(sum -> losses.put("small", Ops.scale(sum, 0.1)));
        return losses;
    }
}
