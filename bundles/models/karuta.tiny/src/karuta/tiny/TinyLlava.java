package karuta.tiny;

import ai.djl.ndarray.NDArray;
import karuta.api.RandomStream;
import karuta.lmm.config.LlavaConfig;
import karuta.lmm.model.Llama;
import karuta.lmm.model.Projector;
import karuta.tensor.Autograd;
import karuta.tensor.Scope;
import karuta.tensor.Tensors;

/**
 * The LLaVA that is being trained, without its image tower.
 *
 * @param projector from patches to embeddings
 * @param llama the decoder
 * @param weights what both are made of
 */
record TinyLlava(Projector projector, Llama llama, InitialWeights weights) {

    /** How its weights are drawn. */
    static float[] initial(String name, long[] shape, RandomStream draws) {
        return name.startsWith("multi_modal_projector")
                ? InitialValues.clip(name, shape, draws)
                : InitialValues.llama(name, shape, draws);
    }

    /** A model with new weights. */
    static TinyLlava of(LlavaConfig config, InitialWeights weights) {
        return new TinyLlava(new Projector(config, weights), new Llama(config.text(), weights), weights);
    }

    /** Scales the projector so that images come out as large as embeddings of words are. */
    void level(NDArray patches) {
        Autograd.noGrad(() -> {
            try (var scope = Scope.open()) {
                NDArray projected = projector.forward(patches);
                var size = Math.sqrt(projected.mul(projected).mean().getFloat());
                return weights.made()
                        .get("multi_modal_projector.linear_2.weight")
                        .divi(Tensors.scalar(patches.getManager(), size));
            }
        });
    }
}
