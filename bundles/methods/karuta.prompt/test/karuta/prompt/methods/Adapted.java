package karuta.prompt.methods;

import java.util.List;
import karuta.api.Input;
import karuta.api.Insert;
import karuta.api.Learner;
import karuta.api.PromptedInput;

/** A learner that runs the backbone with the same inserts for every sample. */
abstract class Adapted extends Example implements Learner {

    abstract List<Insert> inserts();

    @Override
    public final List<PromptedInput> prompt(List<Input> inputs) {
        var inserts = inserts();
        return inputs.stream().map(input -> new PromptedInput(input, inserts)).toList();
    }
}
