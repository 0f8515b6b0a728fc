package karuta.lmm.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import karuta.tensor.Script;
import karuta.tensor.Tensors;

/**
 * What all layers of one pass share, in the type of the weights.
 *
 * @param pass what was asked for
 * @param cos of the rotary embedding, {@code [batch or 1, 1, tokens, head size]}
 * @param sin likewise
 * @param bias what the mask adds to the scores, {@code [batch or 1, 1, tokens, keys]}
 * @param groups rows that attend apart from others, see {@link LlamaScript}: their number, prefix keys (none yet) and
 *     tokens, {@code [groups, 3]}, int64; {@code [0]} if all attend together
 * @param order where the groups' rows are in the batch, and the other way round, {@code [2, batch]}, int64
 */
record LayerContext(DecoderContext pass, NDArray cos, NDArray sin, NDArray bias, NDArray groups, NDArray order) {

    static LayerContext of(Script script, NDArray table, NDArray frequencies, DecoderContext pass) {
        var rotation = script.callAll("rotation", pass.positions(), frequencies, table);
        NDArray bias = script.call("bias", pass.mask(), table);
        var manager = table.getManager();
        var lengths = pass.tokens().lengths();
        var groups = manager.getDevice().isGpu() // which rounds as it likes, and is faster with all at once
                ? List.<List<Integer>>of()
                : groups(lengths, !pass.prefixes().isEmpty());
        var sizes = new long[3 * groups.size()];
        var order = new long[2 * lengths.length];
        var next = 0;
        for (var group = 0; group < groups.size(); group++) {
            sizes[3 * group] = groups.get(group).size();
            sizes[3 * group + 2] = lengths[groups.get(group).get(0)];
            for (var row : groups.get(group)) {
                order[next] = row;
                order[lengths.length + row] = next++;
            }
        }
        return new LayerContext(
                pass,
                rotation.get(0),
                rotation.get(1),
                bias,
                Tensors.of(manager, sizes, groups.isEmpty() ? new Shape(0) : new Shape(groups.size(), 3)),
                Tensors.of(manager, order, new Shape(2, lengths.length)));
    }

    /** Rows of one length, or each row where prefixes may be of different lengths; none if there is but one group. */
    private static List<List<Integer>> groups(int[] lengths, boolean prefixes) {
        Map<List<Integer>, List<Integer>> groups = new LinkedHashMap<>();
        for (var row = 0; row < lengths.length; row++) {
            groups.computeIfAbsent(List.of(lengths[row], prefixes ? row : 0), alike -> new ArrayList<>())
                    .add(row);
        }
        return groups.size() > 1 ? List.copyOf(groups.values()) : List.of();
    }
}
