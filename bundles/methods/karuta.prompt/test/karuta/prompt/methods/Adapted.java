package karuta.prompt.methods;

import ai.djl.ndarray.NDArray;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import karuta.api.Answer;
import karuta.api.Batch;
import karuta.api.CausalLmOutput;
import karuta.api.Input;
import karuta.api.Insert;
import karuta.api.Learner;
import karuta.api.PromptedInput;
import karuta.api.TrainingStep;

/** A learner that runs the backbone with the same inserts for every sample. */
abstract class Adapted extends Started implements Learner {

    abstract List<Insert> inserts();

    /** Terms beside that of the language model. */
    abstract Map<String, NDArray> extra(Batch batch, CausalLmOutput scored);

    @Override
    public final Map<String, NDArray> loss(Batch batch, TrainingStep step) {
        var scored = score(batch, inserts());
        var losses = new LinkedHashMap<>(Map.of("lm", scored.loss()));
        losses.putAll(extra(batch, scored));
        return losses;
    }

    final CausalLmOutput score(Batch batch, List<Insert> inserts) {
        return context().backbone().score(with(batch.inputs(), inserts), batch.answers());
    }

    @Override
    public final List<Answer> answer(List<Input> inputs) {
        return context().backbone().generate(with(inputs, inserts())).stream()
                .map(Answer::new)
                .toList();
    }

    private static List<PromptedInput> with(List<Input> inputs, List<Insert> inserts) {
        return inputs.stream().map(input -> new PromptedInput(input, inserts)).toList();
    }
}
