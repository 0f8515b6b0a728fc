package karuta.tiny;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import karuta.api.RandomStream;
import karuta.bench.cards.Domain;
import karuta.bench.cards.Renderer;
import karuta.bench.cards.Scene;
import karuta.tensor.Tensors;

/**
 * Some scenes and their pictures.
 *
 * @param scenes what is in them
 * @param pixels normalised as the written preprocessor does it, {@code [n, 3, size, size]}
 */
record RenderedScenes(List<Scene> scenes, NDArray pixels) {

    /** Mean and standard deviation of all three channels, in parts of 255. */
    static final double MEAN = 110 / 255.0;

    static final double DEVIATION = 75 / 255.0;

    /** {@code count} scenes of the whole world, from {@code first} on. */
    static RenderedScenes of(NDManager manager, RandomStream draws, long first, int count) {
        var size = Renderer.SIZE * Renderer.SIZE;
        var scenes = new ArrayList<Scene>();
        var numbers = new float[count * 3 * size];
        for (var i = 0; i < count; i++) {
            var place = draws.fork(first + i);
            var scene = Domain.ANY.scene(place.fork("scene"));
            scenes.add(scene);
            var rgb = Renderer.render(scene, place.fork("picture")).rgb();
            for (var j = 0; j < rgb.length; j++) {
                numbers[(i * 3 + j % 3) * size + j / 3] = (float) (((rgb[j] & 0xFF) / 255.0 - MEAN) / DEVIATION);
            }
        }
        return new RenderedScenes(
                scenes, Tensors.of(manager, numbers, new Shape(count, 3, Renderer.SIZE, Renderer.SIZE)));
    }
}
