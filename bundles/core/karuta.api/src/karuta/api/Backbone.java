package karuta.api;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Optional;

/** A frozen large multimodal model. Gradients flow through it into the inserts, never into its own weights. */
public interface Backbone extends Strategy {

    /** The factory of its components. */
    String KIND = "karuta.backbone";

    /** Sizes and sites. */
    BackboneSpec spec();

    /** The token embedding table, {@code [vocabulary, d]}; read only. */
    NDArray embeddings();

    /** Encodes one image, alone, so that its features cannot depend on a batch. No gradients. */
    VisionFeatures encode(Image image);

    /** How it turns texts into tokens; empty if it cannot tell. */
    default Optional<Tokenization> tokenization() {
        return Optional.empty();
    }

    /**
     * The weight of a linear layer (KeepLoRA, DoRA).
     *
     * @param linear its name in the {@link #spec}
     * @return {@code [out, in]}, a float32 copy
     * @throws KarutaException if there is no such layer, or its weights cannot be read
     */
    default NDArray weight(String linear) {
        throw new KarutaException(
                "This backbone (" + getClass().getName() + ") does not let its weights be read.",
                "Use a strategy that does not read weights, or another backbone.");
    }

    /**
     * What the decoder would read of queries, with adapters of the projector among their inserts applied.
     *
     * @return one per query
     * @throws KarutaException if it cannot tell
     */
    default List<QueryEmbeddings> embed(List<PromptedInput> batch) {
        throw new KarutaException(
                "This backbone (" + getClass().getName() + ") does not give the embeddings of a query.",
                "Use a strategy that does not read them, or another backbone.");
    }

    /**
     * Scores given answers.
     *
     * @param batch the questions with their inserts
     * @param answers one per question
     */
    CausalLmOutput score(List<PromptedInput> batch, List<String> answers);

    /**
     * Answers greedily. The result for one sample does not depend on the others.
     *
     * @param batch the questions with their inserts
     * @return one text per question, special tokens removed
     */
    List<String> generate(List<PromptedInput> batch);
}
