package karuta.engine.run;

import java.util.List;
import karuta.api.CausalLmOutput;
import karuta.api.PromptedInput;

/** Is told what a backbone was asked for. */
interface BackboneObserver {

    /** Given answers were scored. */
    void scored(List<PromptedInput> batch, List<String> answers, CausalLmOutput output);

    /** Questions were answered. */
    void generated(List<PromptedInput> batch, List<String> answers);
}
