package karuta.kit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Map;
import java.util.Optional;
import karuta.api.Guidance;
import karuta.api.GuidanceEncoder;
import karuta.api.Image;
import karuta.api.RandomStream;
import karuta.api.VisionFeatures;
import karuta.tensor.Ops;
import karuta.tensor.Tensors;

/** Pictures are encoded by their mean colour, instructions by their letters. */
public final class ToyEncoder implements GuidanceEncoder {

    private static final int LETTERS = 128;

    private final NDManager manager;
    private final int size;
    private final NDArray colours;
    private final NDArray letters;

    ToyEncoder(NDManager manager, int size) {
        this.manager = manager;
        this.size = size;
        var draws = RandomStream.of(1, "toy encoder");
        colours = Tensors.of(manager, draws.fork("colours").normals(size * 3), new Shape(size, 3));
        letters = Tensors.of(manager, draws.fork("letters").normals(LETTERS * size), new Shape(LETTERS, size));
    }

    @Override
    public String fingerprint() {
        return "toy encoder " + size;
    }

    @Override
    public Map<String, Integer> sizes() {
        return Map.of(Guidance.IMAGE, size, Guidance.TEXT, size);
    }

    @Override
    public Map<String, NDArray> image(Image image, Optional<VisionFeatures> vision) {
        return Map.of(Guidance.IMAGE, colours.matMul(Ops.plus(ToyBackbone.colour(image, manager), -0.5)));
    }

    @Override
    public Map<String, NDArray> text(String instruction) {
        var ids = instruction.chars().mapToLong(c -> c % LETTERS).toArray();
        return Map.of(Guidance.TEXT, letters.get(Tensors.of(manager, ids)).mean(new int[] {0}));
    }
}
