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

    /** Looks at one picture, alone, so that what it sees cannot depend on a batch. No gradients. */
    VisionFeatures encode(Image image);

    /** How it turns texts into tokens; empty if it cannot tell. */
    default Optional<Tokenization> tokenization() {
        return Optional.empty();
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
