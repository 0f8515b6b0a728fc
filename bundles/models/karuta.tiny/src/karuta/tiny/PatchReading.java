package karuta.tiny;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToLongFunction;
import karuta.bench.cards.Color;
import karuta.bench.cards.Item;
import karuta.bench.cards.ObjectType;
import karuta.bench.cards.Scene;
import karuta.bench.cards.Style;
import karuta.bench.cards.Tone;
import karuta.tensor.Ops;

/**
 * Reads off from the patches what lies in each cell, in which colour, and which cell it is (without the last, places
 * could hardly be told from the patches); and from their mean, what the image looks like.
 */
final class PatchReading {

    private static final int CELLS = Item.GRID * Item.GRID;
    private static final long IGNORED = -100;
    private static final double EMPTY = 0.35;

    private final Head thing;
    private final Head color;
    private final Head cell;
    private final Head style;
    private final Head tone;
    private final Head blur;

    PatchReading(InitialWeights weights, int size) {
        thing = Head.of(weights, "thing", ObjectType.values().length + 1, size);
        color = Head.of(weights, "color", Color.values().length, size);
        cell = Head.of(weights, "cell", CELLS, size);
        style = Head.of(weights, "style", Style.values().length, size);
        tone = Head.of(weights, "tone", Tone.values().length, size);
        blur = Head.of(weights, "blur", 2, size);
    }

    /**
     * How badly it reads.
     *
     * @param patches {@code [n, cells, size]}
     */
    NDArray loss(NDArray patches, List<Scene> scenes, Figures figures) {
        var n = scenes.size() * CELLS;
        NDArray rows = patches.reshape(n, -1);
        var things = labels(scenes, item -> item.thing().ordinal());
        var nothing = new long[n];
        var cells = new long[n];
        for (var i = 0; i < n; i++) {
            nothing[i] = things[i] == IGNORED ? ObjectType.values().length : IGNORED;
            cells[i] = i % CELLS;
        }
        var full = Arrays.stream(things).filter(label -> label != IGNORED).count() / (double) n;
        figures.note("thing", right(thing.logits(rows), things));
        return Ops.scale(thing.loss(rows, things), 2 * full)
                .add(Ops.scale(thing.loss(rows, nothing), 2 * EMPTY * (1 - full)))
                .add(color.loss(rows, labels(scenes, item -> item.color().ordinal())))
                .add(Ops.scale(cell.loss(rows, cells), 0.3))
                .add(Ops.scale(look(patches.mean(new int[] {1}), scenes), 0.3));
    }

    private NDArray look(NDArray means, List<Scene> scenes) {
        return style.loss(means, look(scenes, scene -> scene.style().ordinal()))
                .add(tone.loss(means, look(scenes, scene -> scene.tone().ordinal())))
                .add(blur.loss(means, look(scenes, scene -> scene.blurred() ? 1 : 0)));
    }

    private static long[] look(List<Scene> scenes, ToLongFunction<Scene> label) {
        return scenes.stream().mapToLong(label).toArray();
    }

    /** One label per cell of each scene. */
    private static long[] labels(List<Scene> scenes, ToLongFunction<Item> label) {
        var labels = new long[scenes.size() * CELLS];
        Arrays.fill(labels, IGNORED);
        for (var i = 0; i < scenes.size(); i++) {
            for (var item : scenes.get(i).items()) {
                labels[i * CELLS + item.cell()] = label.applyAsLong(item);
            }
        }
        return labels;
    }

    private static double right(NDArray logits, long[] labels) {
        var said = logits.argMax(-1).toLongArray();
        var counted = 0;
        var right = 0;
        for (var i = 0; i < labels.length; i++) {
            counted += labels[i] == IGNORED ? 0 : 1;
            right += labels[i] == said[i] ? 1 : 0;
        }
        return (double) right / Math.max(1, counted);
    }
}
