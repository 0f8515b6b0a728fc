package karuta.engine.run;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Optional;
import karuta.api.Backbone;
import karuta.api.BackboneSpec;
import karuta.api.CausalLmOutput;
import karuta.api.Image;
import karuta.api.PromptedInput;
import karuta.api.QueryEmbeddings;
import karuta.api.Tokenization;
import karuta.api.VisionFeatures;

/**
 * A backbone that tells what it is asked for.
 *
 * @param backbone who does the work
 * @param observer is told
 */
record ObservedBackbone(Backbone backbone, BackboneObserver observer) implements Backbone {

    @Override
    public BackboneSpec spec() {
        return backbone.spec();
    }

    @Override
    public NDArray embeddings() {
        return backbone.embeddings();
    }

    @Override
    public VisionFeatures encode(Image image) {
        return backbone.encode(image);
    }

    @Override
    public Optional<Tokenization> tokenization() {
        return backbone.tokenization();
    }

    @Override
    public NDArray weight(String linear) {
        return backbone.weight(linear);
    }

    @Override
    public List<QueryEmbeddings> embed(List<PromptedInput> batch) {
        return backbone.embed(batch);
    }

    @Override
    public CausalLmOutput score(List<PromptedInput> batch, List<String> answers) {
        var output = backbone.score(batch, answers);
        observer.scored(batch, answers, output);
        return output;
    }

    @Override
    public List<String> generate(List<PromptedInput> batch) {
        var answers = backbone.generate(batch);
        observer.generated(batch, answers);
        return answers;
    }
}
