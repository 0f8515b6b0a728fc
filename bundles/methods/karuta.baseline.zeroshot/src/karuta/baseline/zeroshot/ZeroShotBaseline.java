package karuta.baseline.zeroshot;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import karuta.api.Answer;
import karuta.api.Baseline;
import karuta.api.Batch;
import karuta.api.Input;
import karuta.api.Parameter;
import karuta.api.PromptedInput;
import karuta.api.Stage;
import karuta.api.StrategyContext;
import karuta.api.TrainingStep;
import org.osgi.service.component.annotations.Component;

/** Trains nothing and keeps nothing: the frozen model as it is. */
@Component(name = "zero-shot", factory = Baseline.KIND)
public final class ZeroShotBaseline implements Baseline {

    private Optional<StrategyContext> context = Optional.empty();

    @Override
    public void start(StrategyContext context) {
        this.context = Optional.of(context);
    }

    @Override
    public void beginStage(Stage stage) {}

    @Override
    public List<Parameter> trainable() {
        return List.of();
    }

    @Override
    public Map<String, NDArray> loss(Batch batch, TrainingStep step) {
        return Map.of();
    }

    @Override
    public List<Answer> answer(List<Input> inputs) {
        var plain = inputs.stream()
                .map(input -> new PromptedInput(input, List.of()))
                .toList();
        return context.orElseThrow().backbone().generate(plain).stream()
                .map(Answer::new)
                .toList();
    }
}
