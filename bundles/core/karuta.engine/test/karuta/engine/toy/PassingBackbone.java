package karuta.engine.toy;

import ai.djl.ndarray.NDArray;
import java.util.List;
import karuta.api.Backbone;
import karuta.api.BackboneSpec;
import karuta.api.CausalLmOutput;
import karuta.api.Image;
import karuta.api.PromptedInput;
import karuta.api.VisionFeatures;

/** A backbone over another one: passes on what every backbone must do. */
public interface PassingBackbone extends Backbone {

    /** Who does it. */
    Backbone toy();

    @Override
    default BackboneSpec spec() {
        return toy().spec();
    }

    @Override
    default NDArray embeddings() {
        return toy().embeddings();
    }

    @Override
    default VisionFeatures encode(Image image) {
        return toy().encode(image);
    }

    @Override
    default CausalLmOutput score(List<PromptedInput> batch, List<String> answers) {
        return toy().score(batch, answers);
    }

    @Override
    default List<String> generate(List<PromptedInput> batch) {
        return toy().generate(batch);
    }
}
