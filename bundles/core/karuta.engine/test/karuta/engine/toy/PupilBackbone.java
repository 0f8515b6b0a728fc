package karuta.engine.toy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import karuta.api.Backbone;
import karuta.api.BackboneSpec;
import karuta.api.CausalLmOutput;
import karuta.api.Image;
import karuta.api.Insert;
import karuta.api.PromptedInput;
import karuta.api.Tokenization;
import karuta.api.VisionFeatures;
import karuta.tensor.Ops;
import karuta.tensor.Tensors;

/**
 * Says what it is told: the only insert of a sample are the logits of its answer. Without one it says nothing.
 *
 * @param toy everything else
 */
public record PupilBackbone(Backbone toy) implements Backbone {

    /** All that it can say. */
    static final List<String> ANSWERS = List.of("a!", "b!", "c!", "d!");

    @Override
    public BackboneSpec spec() {
        return toy.spec();
    }

    @Override
    public NDArray embeddings() {
        return toy.embeddings();
    }

    @Override
    public VisionFeatures encode(Image image) {
        return toy.encode(image);
    }

    @Override
    public Optional<Tokenization> tokenization() {
        return toy.tokenization();
    }

    @Override
    public CausalLmOutput score(List<PromptedInput> batch, List<String> answers) {
        var rows = new NDList(batch.stream().map(PupilBackbone::logits).toList());
        NDArray logits = rows.size() == 1 ? rows.get(0) : NDArrays.concat(rows);
        NDArray labels = Tensors.of(
                logits.getManager(),
                answers.stream().mapToLong(ANSWERS::indexOf).toArray());
        return new CausalLmOutput(
                logits, labels, Collections.nCopies(batch.size(), 1), Ops.crossEntropy(logits, labels));
    }

    @Override
    public List<String> generate(List<PromptedInput> batch) {
        return batch.stream()
                .map(sample -> sample.inserts().isEmpty()
                        ? ""
                        : ANSWERS.get((int) logits(sample).argMax().getLong()))
                .toList();
    }

    private static NDArray logits(PromptedInput sample) {
        return ((Insert.Tokens) sample.inserts().get(0)).embeddings();
    }
}
