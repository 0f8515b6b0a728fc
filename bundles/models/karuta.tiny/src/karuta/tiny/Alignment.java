package karuta.tiny;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import karuta.bench.cards.Item;
import karuta.bench.cards.Scene;
import karuta.tensor.Ops;
import karuta.tensor.Tensors;

/** Pulls projected patches towards the embeddings of the words for what lies in their cells. */
final class Alignment {

    private static final int CELLS = Item.GRID * Item.GRID;
    private static final double SHARPNESS = 1.5;
    private static final double EPS = 1e-5;

    private final Vocabulary vocabulary;

    Alignment(Vocabulary vocabulary) {
        this.vocabulary = vocabulary;
    }

    /**
     * How badly name and colour can be guessed from the patches.
     *
     * @param projected {@code [n, cells, hidden]}
     * @param table embeddings of all tokens, {@code [vocabulary, hidden]}
     */
    NDArray loss(NDArray projected, NDArray table, List<Scene> scenes) {
        var hidden = table.getShape().get(1);
        NDArray ones = table.getManager().ones(new Shape(hidden));
        NDArray rows = Ops.rmsNorm(projected.reshape(-1, hidden), ones, EPS);
        NDArray logits = Ops.scale(Ops.linear(rows, table), SHARPNESS / Math.sqrt(hidden));
        NDArray things = Ops.crossEntropy(
                logits, labels(logits, scenes, item -> item.thing().word()));
        NDArray colors = Ops.crossEntropy(
                logits, labels(logits, scenes, item -> item.color().word()));
        return Ops.scale(things.add(colors), 0.5);
    }

    private NDArray labels(NDArray like, List<Scene> scenes, Function<Item, String> word) {
        var labels = new long[scenes.size() * CELLS];
        Arrays.fill(labels, -100); // an empty cell has no word
        for (var i = 0; i < scenes.size(); i++) {
            for (var item : scenes.get(i).items()) {
                labels[i * CELLS + item.cell()] = vocabulary.word(word.apply(item));
            }
        }
        return Tensors.of(like.getManager(), labels, new Shape(labels.length));
    }
}
