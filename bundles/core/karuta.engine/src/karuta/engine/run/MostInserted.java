package karuta.engine.run;

import java.util.List;
import karuta.api.CausalLmOutput;
import karuta.api.PromptedInput;

/** Notes the most soft tokens that anybody puts in front of a sample. */
final class MostInserted implements BackboneObserver {

    private int most;

    @Override
    public void scored(List<PromptedInput> batch, List<String> answers, CausalLmOutput output) {
        note(batch);
    }

    @Override
    public void generated(List<PromptedInput> batch, List<String> answers) {
        note(batch);
    }

    private void note(List<PromptedInput> batch) {
        batch.forEach(sample -> most = Math.max(most, Math.toIntExact(Meter.soft(sample))));
    }

    /** The largest number so far. */
    int most() {
        return most;
    }
}
