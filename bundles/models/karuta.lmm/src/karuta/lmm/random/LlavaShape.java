package karuta.lmm.random;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Sizes of a LLaVA.
 *
 * @param name of the shape
 * @param hidden size of a token's state in the decoder
 * @param intermediate size of the decoder's perceptrons
 * @param layers of the decoder
 * @param heads of attention in the decoder
 * @param keyValueHeads heads of keys and values
 * @param vocabulary number of tokens
 * @param imageToken id of the token that stands for a visual token
 * @param tower of the images
 */
public record LlavaShape(
        String name,
        int hidden,
        int intermediate,
        int layers,
        int heads,
        int keyValueHeads,
        int vocabulary,
        int imageToken,
        Tower tower) {

    /**
     * Sizes of an image tower.
     *
     * @param hidden size of a patch's state
     * @param intermediate size of its perceptrons
     * @param layers their number
     * @param heads of attention
     * @param image side of an image, in pixels
     * @param patch side of a patch, in pixels
     */
    public record Tower(int hidden, int intermediate, int layers, int heads, int image, int patch) {}

    /** openai/clip-vit-large-patch14-336. */
    private static final Tower LARGE_336 = new Tower(1024, 4096, 24, 16, 336, 14);

    /** openai/clip-vit-base-patch16. */
    private static final Tower BASE_16 = new Tower(768, 3072, 12, 12, 224, 16);

    private static final Tower TINY = new Tower(48, 96, 3, 4, 28, 7);

    /**
     * llava-hf/llava-1.5-7b-hf and -13b-hf; for benchmarks on one machine the decoder of TinyLlama-1.1B (Zhang et al.,
     * 2024) behind CLIP's ViT-B/16; and one for trying out.
     */
    private static final List<LlavaShape> TABLE = List.of(
            new LlavaShape("llava-1.5-7b", 4096, 11008, 32, 32, 32, 32064, 32000, LARGE_336),
            new LlavaShape("llava-1.5-13b", 5120, 13824, 40, 40, 40, 32064, 32000, LARGE_336),
            new LlavaShape("tinyllama-1.1b", 2048, 5632, 22, 32, 4, 32064, 32000, BASE_16),
            new LlavaShape("tiny", 64, 96, 2, 4, 2, 320, 300, TINY));

    /** The names of all shapes. */
    public static List<String> names() {
        return TABLE.stream().map(LlavaShape::name).toList();
    }

    /** The shape of a name. */
    public static Optional<LlavaShape> of(String name) {
        return TABLE.stream().filter(shape -> shape.name.equals(name)).findFirst();
    }

    /** The same with another number of decoder layers. */
    public LlavaShape withLayers(int number) {
        return new LlavaShape(name, hidden, intermediate, number, heads, keyValueHeads, vocabulary, imageToken, tower);
    }

    /** All tensors, named as in llava-hf's folders, in the order of computation. */
    Stream<RandomTensor> tensors() {
        return Stream.of(vision(), projector(), decoder()).flatMap(tensors -> tensors);
    }

    private Stream<RandomTensor> vision() {
        var d = tower.hidden;
        var side = tower.image / tower.patch;
        var at = "vision_tower.vision_model.";
        var embeddings = Stream.of(
                RandomTensor.noise(at + "embeddings.class_embedding", d),
                RandomTensor.noise(at + "embeddings.patch_embedding.weight", d, 3, tower.patch, tower.patch),
                RandomTensor.noise(at + "embeddings.position_embedding.weight", 1 + side * side, d));
        var layers = Stream.iterate(0, i -> i + 1).limit(tower.layers).flatMap(this::visionLayer);
        var norms = Stream.of("pre_layrnorm", "post_layernorm").flatMap(norm -> norm(at + norm, d));
        return Stream.of(embeddings, layers, norms).flatMap(tensors -> tensors);
    }

    private Stream<RandomTensor> visionLayer(int layer) {
        var d = tower.hidden;
        var at = "vision_tower.vision_model.encoder.layers." + layer + ".";
        var attention = Stream.of("q_proj", "k_proj", "v_proj", "out_proj")
                .flatMap(linear -> affine(at + "self_attn." + linear, d, d));
        var norms = Stream.of("layer_norm1", "layer_norm2").flatMap(norm -> norm(at + norm, d));
        var perceptron = Stream.concat(
                affine(at + "mlp.fc1", tower.intermediate, d), affine(at + "mlp.fc2", d, tower.intermediate));
        return Stream.of(attention, norms, perceptron).flatMap(tensors -> tensors);
    }

    private Stream<RandomTensor> projector() {
        return Stream.concat(
                affine("multi_modal_projector.linear_1", hidden, tower.hidden),
                affine("multi_modal_projector.linear_2", hidden, hidden));
    }

    private Stream<RandomTensor> decoder() {
        var ends = Stream.of(
                RandomTensor.noise("language_model.model.embed_tokens.weight", vocabulary, hidden),
                RandomTensor.ones("language_model.model.norm.weight", hidden),
                RandomTensor.noise("language_model.lm_head.weight", vocabulary, hidden));
        return Stream.concat(ends, Stream.iterate(0, i -> i + 1).limit(layers).flatMap(this::decoderLayer));
    }

    private Stream<RandomTensor> decoderLayer(int layer) {
        var at = "language_model.model.layers." + layer + ".";
        var keys = hidden / heads * keyValueHeads;
        return Stream.of(
                RandomTensor.ones(at + "input_layernorm.weight", hidden),
                RandomTensor.noise(at + "self_attn.q_proj.weight", hidden, hidden),
                RandomTensor.noise(at + "self_attn.k_proj.weight", keys, hidden),
                RandomTensor.noise(at + "self_attn.v_proj.weight", keys, hidden),
                RandomTensor.noise(at + "self_attn.o_proj.weight", hidden, hidden),
                RandomTensor.ones(at + "post_attention_layernorm.weight", hidden),
                RandomTensor.noise(at + "mlp.gate_proj.weight", intermediate, hidden),
                RandomTensor.noise(at + "mlp.up_proj.weight", intermediate, hidden),
                RandomTensor.noise(at + "mlp.down_proj.weight", hidden, intermediate));
    }

    private static Stream<RandomTensor> affine(String name, int out, int in) {
        return Stream.of(RandomTensor.noise(name + ".weight", out, in), RandomTensor.zeros(name + ".bias", out));
    }

    private static Stream<RandomTensor> norm(String name, int size) {
        return Stream.of(RandomTensor.ones(name + ".weight", size), RandomTensor.zeros(name + ".bias", size));
    }
}
