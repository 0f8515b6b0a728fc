package karuta.baseline.zeroshot;

import java.util.List;
import karuta.api.Baseline;
import karuta.api.Input;
import karuta.api.PromptedInput;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Trains nothing and keeps nothing: the frozen model as it is. */
@Component(name = "zero-shot", factory = Baseline.KIND)
@Designate(ocd = ZeroShotBaseline.About.class)
public final class ZeroShotBaseline implements Baseline {

    /** It has no options. */
    @ObjectClassDefinition(name = "Zero-shot", description = "The frozen model as it is.")
    public @interface About {}

    @Override
    public List<PromptedInput> prompt(List<Input> inputs) {
        return inputs.stream().map(input -> new PromptedInput(input, List.of())).toList();
    }
}
