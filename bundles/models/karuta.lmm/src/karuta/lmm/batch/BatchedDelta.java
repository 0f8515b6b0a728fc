package karuta.lmm.batch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import karuta.api.Insert.Delta;
import karuta.tensor.Script;
import karuta.tensor.Tensors;

/**
 * One addition for a whole batch out of each sample's own: samples that share a delta are computed together.
 *
 * @param samples the deltas of each sample, which are added up; none for a sample without
 */
record BatchedDelta(List<List<Delta>> samples) implements Delta {

    private static final Script SCRIPT = Script.of("""
        def select(self, x: Tensor, rows: Tensor) -> Tensor:
          return torch.index_select(x, 0, rows)
        """);

    /** The deltas of all samples as one; a delta that all samples have alone as it is. */
    static Delta of(List<List<Delta>> samples) {
        var first = samples.get(0);
        var same = first.size() == 1 && samples.stream().allMatch(own -> own.size() == 1 && own.get(0) == first.get(0));
        return same ? first.get(0) : new BatchedDelta(samples);
    }

    @Override
    public NDArray apply(NDArray x) {
        var sum = new NDList();
        var most = samples.stream().mapToInt(List::size).max().orElse(0);
        for (var i = 0; i < most; i++) {
            sum.add(applyEach(i, x));
        }
        return sum.stream().reduce(NDArray::add).orElseThrow();
    }

    /** Adds to each sample what its {@code i}-th delta makes of it. */
    private NDArray applyEach(int i, NDArray x) {
        Map<Delta, List<Long>> groups = new IdentityHashMap<>();
        var order = new ArrayList<Delta>();
        for (var sample = 0; sample < samples.size(); sample++) {
            if (samples.get(sample).size() > i) {
                var delta = samples.get(sample).get(i);
                groups.computeIfAbsent(delta, fresh -> {
                            order.add(fresh);
                            return new ArrayList<>();
                        })
                        .add((long) sample);
            }
        }
        if (order.size() == 1 && groups.get(order.get(0)).size() == samples.size()) {
            return order.get(0).apply(x);
        }
        var results = new NDList();
        var back = new long[samples.size()];
        var made = 1L; // row 0 is for samples without a delta
        for (var delta : order) {
            var members = groups.get(delta).stream().mapToLong(m -> m).toArray();
            results.add(delta.apply(select(x, members)));
            for (var member : members) {
                back[(int) member] = made++;
            }
        }
        NDArray some = results.get(0);
        results.add(
                0,
                some.getManager()
                        .zeros(new Shape(
                                1, some.getShape().get(1), some.getShape().get(2))));
        return select(NDArrays.concat(results), back);
    }

    private static NDArray select(NDArray x, long[] rows) {
        return SCRIPT.call("select", x, Tensors.of(x.getManager(), rows));
    }
}
