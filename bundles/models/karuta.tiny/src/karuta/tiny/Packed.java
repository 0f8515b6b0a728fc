package karuta.tiny;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import karuta.lmm.model.DecoderContext;
import karuta.tensor.Tensors;

/**
 * Rows of several questions on one image each. Every question sees preamble and image but no other question, as if
 * it were alone: the mask says so, and positions start anew after the image.
 *
 * @param ids of the questions and answers, {@code [batch, text tokens]}
 * @param pass positions and mask of preamble, image and text
 * @param places where the next token is asked for, as row-major numbers among all tokens
 * @param labels what it should be
 * @param turns to which turn of the batch each label belongs
 */
record Packed(NDArray ids, DecoderContext pass, long[] places, long[] labels, int[] turns) {

    private static final int PADDING = -1;

    /**
     * @param before tokens before the text: BOS, preamble and image
     * @param rows the turns of each row
     */
    static Packed of(NDManager manager, int before, List<List<Turn>> rows) {
        var layouts = new ArrayList<Layout>();
        var turns = 0;
        for (var row : rows) {
            layouts.add(Layout.of(row, turns));
            turns += row.size();
        }
        var text = layouts.stream().mapToInt(layout -> layout.ids.size()).max().orElseThrow();
        var tokens = before + text;
        var ids = new long[rows.size() * text];
        var positions = new long[rows.size() * tokens];
        var mask = new boolean[rows.size() * tokens * tokens];
        var places = new ArrayList<Long>();
        var labels = new ArrayList<Integer>();
        var owners = new ArrayList<Integer>();
        for (var r = 0; r < rows.size(); r++) {
            var layout = layouts.get(r);
            var segments = new int[tokens];
            Arrays.fill(segments, before, tokens, PADDING);
            for (var i = 0; i < before; i++) {
                positions[r * tokens + i] = i;
            }
            for (var i = 0; i < layout.ids.size(); i++) {
                ids[r * text + i] = layout.ids.get(i);
                positions[r * tokens + before + i] = before + layout.positions.get(i);
                segments[before + i] = layout.segments.get(i);
                if (layout.labels.get(i) != PADDING) {
                    places.add((long) r * tokens + before + i);
                    labels.add(layout.labels.get(i));
                    owners.add(layout.first + layout.segments.get(i) - 1);
                }
            }
            for (var q = 0; q < tokens; q++) {
                for (var k = 0; k <= q; k++) {
                    mask[(r * tokens + q) * tokens + k] = segments[k] == 0 || segments[k] == segments[q];
                }
            }
        }
        return new Packed(
                Tensors.of(manager, ids, new Shape(rows.size(), text)),
                new DecoderContext(
                        Tensors.of(manager, positions, new Shape(rows.size(), tokens)),
                        Tensors.of(manager, mask, new Shape(rows.size(), 1, tokens, tokens))),
                places.stream().mapToLong(Long::longValue).toArray(),
                labels.stream().mapToLong(Integer::longValue).toArray(),
                owners.stream().mapToInt(Integer::intValue).toArray());
    }

    /** The share of turns that the most likely tokens answer without a mistake. */
    double right(NDArray logits) {
        var said = logits.argMax(-1).toLongArray();
        var wrong = new boolean[turns[turns.length - 1] + 1];
        for (var i = 0; i < said.length; i++) {
            wrong[turns[i]] |= said[i] != labels[i];
        }
        var mistakes = 0;
        for (var turn : wrong) {
            mistakes += turn ? 1 : 0;
        }
        return 1 - (double) mistakes / wrong.length;
    }

    /** One row: what each token of its text is, where it stands, to which turn it belongs (from 1), what follows it. */
    private record Layout(
            int first, List<Integer> ids, List<Integer> positions, List<Integer> segments, List<Integer> labels) {

        static Layout of(List<Turn> turns, int first) {
            var layout = new Layout(first, new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
            for (var t = 0; t < turns.size(); t++) {
                var turn = turns.get(t);
                var tokens = new ArrayList<>(turn.question());
                tokens.add(Vocabulary.ANSWER);
                tokens.addAll(turn.answer());
                for (var i = 0; i < tokens.size() - 1; i++) {
                    layout.ids.add(tokens.get(i));
                    layout.positions.add(i);
                    layout.segments.add(t + 1);
                    layout.labels.add(i < turn.question().size() ? PADDING : tokens.get(i + 1));
                }
            }
            return layout;
        }
    }
}
