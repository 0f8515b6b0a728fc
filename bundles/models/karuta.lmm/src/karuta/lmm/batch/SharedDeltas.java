package karuta.lmm.batch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Optional;
import karuta.api.Insert.Delta;
import karuta.lmm.model.BatchAdapter;
import karuta.lmm.model.TokenRows;
import karuta.tensor.LoraLayer;
import karuta.tensor.Script;

/**
 * What the rows' own deltas add at one linear layer: rows that share a delta are computed together, each delta once. A row's
 * parts are added up in the order of its own deltas, whatever other rows have.
 *
 * @param linear the layer's name
 * @param groups a delta each
 * @param places where the parts of each row are among the groups' rows, which stand one after the other, behind a row of
 *     zeros: the first part of each row {@code [batch]}, int64, then the second of each and so on; empty if every group has
 *     all rows, in their order
 */
record SharedDeltas(String linear, List<Group> groups, List<NDArray> places) implements BatchAdapter {

    private static final Script SCRIPT = Script.of("""
        def wide(self, x: Tensor) -> Tensor:
          return torch.to(x, 6, False, False)
        def select(self, x: Tensor, rows: Tensor) -> Tensor:
          return torch.index_select(x, 0, rows)
        def weighted(self, x: Tensor, weights: Tensor) -> Tensor:
          return x * weights
        def add(self, x: Tensor, y: Tensor) -> Tensor:
          return torch.to(x + y, ops.prim.dtype(x), False, False)
        """);

    /**
     * The rows of one delta.
     *
     * @param delta theirs
     * @param rows their numbers
     * @param index the same, {@code [rows]}, int64; empty if they are all rows, in their order
     * @param weights {@code [rows, 1, 1]}; empty if the delta counts fully in all of them
     */
    record Group(Delta delta, List<Integer> rows, Optional<NDArray> index, Optional<NDArray> weights) {

        private boolean isPlain() {
            return index.isEmpty() && weights.isEmpty();
        }

        /** Frees what it makes on the way, if it went to a delta that is known not to keep it. */
        private NDArray apply(String linear, NDArray x, TokenRows tokens) {
            if (delta instanceof LoraLayer lora) {
                try (var made = new NDList()) {
                    index.ifPresent(own -> made.add(SCRIPT.call("select", x, own)));
                    NDArray own = made.isEmpty() ? x : made.get(0);
                    return weights.isPresent() ? lora.delta(own, weights.get()) : lora.delta(own);
                }
            }
            NDArray own = index.isPresent() ? SCRIPT.call("select", x, index.get()) : x;
            NDArray added = tokens.apply(delta, linear, rows, own);
            return weights.isPresent() ? SCRIPT.call("weighted", added, weights.get()) : added;
        }

        /** Whether what it adds is an array that nobody else has. */
        private boolean owned() {
            return delta instanceof LoraLayer || weights.isPresent();
        }
    }

    @Override
    public NDArray addTo(NDArray y, NDArray x, TokenRows tokens) {
        if (groups.size() == 1 && groups.get(0).isPlain() && groups.get(0).delta() instanceof LoraLayer lora) {
            return lora.addTo(y, x);
        }
        try (var made = new NDList()) {
            NDArray wide = SCRIPT.call("wide", x);
            if (groups.stream().allMatch(group -> group.delta() instanceof LoraLayer)) {
                made.add(wide);
            }
            return SCRIPT.call("add", y, places.isEmpty() ? sum(wide, tokens, made) : gathered(wide, tokens, made));
        }
    }

    private NDArray sum(NDArray x, TokenRows tokens, NDList made) {
        NDArray sum = part(groups.get(0), x, tokens, made);
        for (var group : groups.subList(1, groups.size())) {
            sum = sum.add(part(group, x, tokens, made));
            made.add(sum);
        }
        return sum;
    }

    private NDArray gathered(NDArray x, TokenRows tokens, NDList made) {
        var parts = new NDList();
        groups.forEach(group -> parts.add(part(group, x, tokens, made)));
        var shape = parts.get(0).getShape();
        NDArray nothing = x.getManager().zeros(new Shape(1, shape.get(1), shape.get(2)));
        parts.add(0, nothing);
        made.add(nothing);
        NDArray all = NDArrays.concat(parts);
        made.add(all);
        NDArray sum = SCRIPT.call("select", all, places.get(0));
        made.add(sum);
        for (var place : places.subList(1, places.size())) {
            NDArray more = SCRIPT.call("select", all, place);
            made.add(more);
            sum = sum.add(more);
            made.add(sum);
        }
        return sum;
    }

    private NDArray part(Group group, NDArray x, TokenRows tokens, NDList made) {
        NDArray part = group.apply(linear, x, tokens);
        if (group.owned()) {
            made.add(part);
        }
        return part;
    }
}
