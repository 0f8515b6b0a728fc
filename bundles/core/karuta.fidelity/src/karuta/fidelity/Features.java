package karuta.fidelity;

import java.util.List;
import karuta.api.Guidance;
import karuta.api.Input;

/**
 * The guidance features of a sample.
 *
 * @param u of the image
 * @param v of the text
 */
record Features(double[] u, double[] v) {

    static List<Features> of(List<Input> inputs) {
        return inputs.stream().map(input -> of(input.guidance())).toList();
    }

    private static Features of(Guidance guidance) {
        return new Features(
                Vectors.of(guidance.image().orElseThrow()),
                Vectors.of(guidance.text().orElseThrow()));
    }
}
