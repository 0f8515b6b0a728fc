package karuta.tiny;

import java.util.Arrays;
import karuta.api.RandomStream;

/** How the weights of the embedded models are drawn. */
final class InitialValues {

    private InitialValues() {}

    /** CLIP and the projector: PyTorch's own rule for matrices, small embeddings. */
    static float[] clip(String name, long[] shape, RandomStream draws) {
        if (name.equals("logit_scale")) {
            return new float[] {2.6f};
        }
        if (name.endsWith("bias")) {
            return constant(shape, 0);
        }
        if (name.contains("norm")) {
            return constant(shape, 1);
        }
        if (name.contains("embedding") && !name.contains("patch")) {
            return normal(shape, name.contains("text_model") && name.contains("position") ? 0.01 : 0.02, draws);
        }
        return uniform(shape, Math.pow(fanIn(shape), -0.5), draws);
    }

    /**
     * LLaMA: embeddings of size 1 (small ones stalled the training: what the layers add drowned the word), and small
     * additions to the residual stream.
     */
    static float[] llama(String name, long[] shape, RandomStream draws) {
        if (name.contains("norm")) {
            return constant(shape, 1);
        }
        if (name.contains("embed_tokens")) {
            return normal(shape, 1, draws);
        }
        var scale = name.contains("o_proj") || name.contains("down_proj") ? 0.3 : 1;
        return normal(shape, scale * Math.pow(fanIn(shape), -0.5), draws);
    }

    private static double fanIn(long[] shape) {
        return (double) size(shape) / shape[0];
    }

    private static int size(long[] shape) {
        return Math.toIntExact(Arrays.stream(shape).reduce(1, Math::multiplyExact));
    }

    private static float[] constant(long[] shape, float value) {
        var numbers = new float[size(shape)];
        Arrays.fill(numbers, value);
        return numbers;
    }

    private static float[] normal(long[] shape, double deviation, RandomStream draws) {
        var numbers = draws.normals(size(shape));
        for (var i = 0; i < numbers.length; i++) {
            numbers[i] *= (float) deviation;
        }
        return numbers;
    }

    private static float[] uniform(long[] shape, double bound, RandomStream draws) {
        var numbers = new float[size(shape)];
        for (var i = 0; i < numbers.length; i++) {
            numbers[i] = (float) (bound * (2 * draws.uniform(i) - 1));
        }
        return numbers;
    }
}
