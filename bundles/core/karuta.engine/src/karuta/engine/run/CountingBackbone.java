package karuta.engine.run;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import karuta.api.Backbone;
import karuta.api.BackboneSpec;
import karuta.api.CausalLmOutput;
import karuta.api.Image;
import karuta.api.Insert;
import karuta.api.PromptedInput;
import karuta.api.QueryEmbeddings;
import karuta.api.Tokenization;
import karuta.api.VisionFeatures;

/**
 * A backbone that notes how many soft tokens its users put in front of a sample.
 *
 * @param backbone who does the work
 * @param most the largest number so far
 */
record CountingBackbone(Backbone backbone, AtomicInteger most) implements Backbone {

    CountingBackbone(Backbone backbone) {
        this(backbone, new AtomicInteger());
    }

    private void count(List<PromptedInput> batch) {
        for (var sample : batch) {
            var tokens = 0L;
            for (var insert : sample.inserts()) {
                tokens += insert instanceof Insert.Tokens soft
                        ? soft.embeddings().getShape().get(0)
                        : 0;
            }
            most.accumulateAndGet(Math.toIntExact(tokens), Math::max);
        }
    }

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
        count(batch);
        return backbone.score(batch, answers);
    }

    @Override
    public List<String> generate(List<PromptedInput> batch) {
        count(batch);
        return backbone.generate(batch);
    }
}
