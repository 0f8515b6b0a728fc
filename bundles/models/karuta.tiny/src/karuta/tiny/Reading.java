package karuta.tiny;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import karuta.api.RandomStream;
import karuta.tensor.Ops;
import karuta.tensor.Tensors;

/**
 * What the decoder makes of some exercises.
 *
 * @param packed the questions and the right answers
 * @param logits what it says at the answers' tokens, {@code [answer tokens, vocabulary]}
 */
record Reading(Packed packed, NDArray logits) {

    private static final double SMALLEST = 0.6;
    private static final double LARGEST = 1.5;
    private static final double NOISE = 0.6;

    /**
     * Reads BOS, preamble, image, questions and answers.
     *
     * @param exercises their preambles are of one length
     * @param images projected, {@code [n, patches, hidden]}
     * @param disturbance random numbers that make the preamble's words larger or smaller, and noisy, so that a trained
     *     prompt, which hits no word exactly, works as well as a word; empty for plain words
     */
    static Reading of(
            TinyLlava model,
            NDManager manager,
            List<Exercise> exercises,
            NDArray images,
            Optional<RandomStream> disturbance) {
        var start = new ArrayList<List<Integer>>();
        var turns = new ArrayList<List<Turn>>();
        for (var exercise : exercises) {
            var tokens = new ArrayList<Integer>(List.of(Vocabulary.BOS));
            tokens.addAll(exercise.preamble().tokens());
            start.add(tokens);
            turns.add(exercise.turns());
        }
        NDArray words = model.llama().embed(ids(manager, start));
        NDArray before = disturbance.isPresent() ? disturbed(words, manager, disturbance.get()) : words;
        var cells = images.getShape().get(1);
        var packed = Packed.of(manager, start.get(0).size() + (int) cells, turns);
        NDArray all = NDArrays.concat(new NDList(before, images, model.llama().embed(packed.ids())), 1);
        NDArray states = model.llama().forward(all, packed.pass());
        NDArray places = Tensors.of(manager, packed.places(), new Shape(packed.places().length));
        return new Reading(packed, model.llama().logits(states, places));
    }

    /** Mean cross-entropy of the answers' tokens. */
    NDArray loss() {
        NDArray labels = Tensors.of(logits.getManager(), packed.labels(), new Shape(packed.labels().length));
        return Ops.crossEntropy(logits, labels);
    }

    /** The share of questions that are answered without a mistake. */
    double right() {
        return packed.right(logits);
    }

    private static NDArray ids(NDManager manager, List<List<Integer>> rows) {
        var ids = rows.stream()
                .flatMap(List::stream)
                .mapToLong(Integer::longValue)
                .toArray();
        return Tensors.of(manager, ids, new Shape(rows.size(), rows.get(0).size()));
    }

    /** All but BOS. */
    private static NDArray disturbed(NDArray words, NDManager manager, RandomStream draws) {
        var shape = words.getShape();
        var rows = (int) shape.get(0);
        var length = (int) shape.get(1);
        var hidden = (int) shape.get(2);
        var sizes = new float[rows * length];
        var noise = draws.fork("noise").normals(rows * length * hidden);
        for (var r = 0; r < rows; r++) {
            var level = (float) (NOISE * draws.fork("level").uniform(r));
            for (var i = 0; i < length; i++) {
                var size = SMALLEST + (LARGEST - SMALLEST) * draws.fork("size").uniform((long) r * length + i);
                sizes[r * length + i] = i == 0 ? 1 : (float) size;
                for (var j = (r * length + i) * hidden; j < (r * length + i + 1) * hidden; j++) {
                    noise[j] *= i == 0 ? 0 : level;
                }
            }
        }
        return words.mul(Tensors.of(manager, sizes, new Shape(rows, length, 1))).add(Tensors.of(manager, noise, shape));
    }
}
