package karuta.tiny;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import karuta.api.RandomStream;
import karuta.bench.cards.Scene;
import karuta.tensor.Autograd;
import karuta.tensor.Ops;
import karuta.tensor.Scope;
import karuta.tensor.Tensors;

/**
 * Many scenes, and what the frozen image tower sees in them.
 *
 * @param scenes what is in the images
 * @param patches {@code [n, patches, hidden]}
 * @param embeddings in the space that images share with texts, {@code [n, c]}, of length 1
 */
record SceneSet(List<Scene> scenes, NDArray patches, NDArray embeddings) {

    private static final int BATCH = 250;

    /** Looks at new scenes; the arrays live as long as the manager. */
    static SceneSet of(TinyClip model, NDManager manager, RandomStream draws, int size) {
        var scenes = new ArrayList<Scene>();
        var patches = new NDList();
        var embeddings = new NDList();
        return Autograd.noGrad(() -> {
            try (var all = Scope.open()) {
                while (scenes.size() < size) {
                    try (var scope = Scope.open()) {
                        var shots =
                                RenderedScenes.of(manager, draws, scenes.size(), Math.min(BATCH, size - scenes.size()));
                        var seen = model.clip().vision().forward(shots.pixels());
                        scenes.addAll(shots.scenes());
                        patches.add(scope.keep(Ops.copy(TinyClip.patches(seen))));
                        embeddings.add(scope.keep(Ops.unit(model.clip().projectImage(seen.pooled()))));
                    }
                }
                return new SceneSet(
                        List.copyOf(scenes),
                        Scope.keep(NDArrays.concat(patches), manager),
                        Scope.keep(NDArrays.concat(embeddings), manager));
            }
        });
    }

    /** The scenes of some numbers. */
    List<Scene> scenes(long[] numbers) {
        return Arrays.stream(numbers).mapToObj(i -> scenes.get((int) i)).toList();
    }

    /** The patches of some numbers, {@code [numbers, patches, hidden]}. */
    NDArray patches(long[] numbers) {
        return rows(patches, numbers);
    }

    /** The embeddings of some numbers, {@code [numbers, c]}. */
    NDArray embeddings(long[] numbers) {
        return rows(embeddings, numbers);
    }

    private static NDArray rows(NDArray table, long[] numbers) {
        NDArray places = Tensors.of(table.getManager(), numbers, new Shape(numbers.length));
        var shape = table.getShape().getShape().clone();
        shape[0] = numbers.length;
        return Ops.rows(table.reshape(table.getShape().get(0), -1), places).reshape(shape);
    }
}
