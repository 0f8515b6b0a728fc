package karuta.baseline.zeroshot;

import java.util.List;
import karuta.api.Baseline;
import karuta.api.Input;
import karuta.api.PromptedInput;
import org.osgi.service.component.annotations.Component;

/** Trains nothing and keeps nothing: the frozen model as it is. */
@Component(name = "zero-shot", factory = Baseline.KIND)
public final class ZeroShotBaseline implements Baseline {

    @Override
    public List<PromptedInput> prompt(List<Input> inputs) {
        return inputs.stream().map(input -> new PromptedInput(input, List.of())).toList();
    }
}
