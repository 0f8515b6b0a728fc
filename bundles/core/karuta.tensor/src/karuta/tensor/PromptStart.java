package karuta.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import karuta.api.Card;
import karuta.api.RandomStream;
import karuta.api.StageData;
import karuta.api.StrategyContext;

/** What the prompt of a fresh card starts as. Give it to a {@link StagedPromptPool}. */
@FunctionalInterface
public interface PromptStart {

    /**
     * The first numbers of a prompt, of which the pool trains a copy.
     *
     * @return of the shape that is asked for, float32
     */
    NDArray of(Opening opening);

    /**
     * A card that is opened.
     *
     * @param shape of its prompt, {@code [M, d]}
     * @param earlier the pool's frozen cards, oldest first
     * @param data the training examples of the stage
     * @param draws random numbers of this card alone
     * @param context of the run
     */
    record Opening(Shape shape, List<Card> earlier, StageData data, RandomStream draws, StrategyContext context) {

        /** Copies the list. */
        public Opening {
            earlier = List.copyOf(earlier);
        }
    }

    /** Copies of randomly drawn rows of the backbone's token embeddings (ModalPrompt; Lester et al., EMNLP 2021). */
    static PromptStart tokens() {
        return opening -> Initial.tokens(Math.toIntExact(opening.shape().get(0)), opening.draws(), opening.context());
    }

    /** Normal around 0 (S-Prompts: with a deviation of 0.02). */
    static PromptStart normal(double deviation) {
        return opening -> {
            var numbers =
                    opening.draws().normals(Math.toIntExact(opening.shape().size()));
            return Ops.scale(Tensors.of(opening.context().manager(), numbers, opening.shape()), deviation);
        };
    }
}
