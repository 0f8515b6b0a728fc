package karuta.lmm.batch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import karuta.api.Insert.Adapter;
import karuta.api.Insert.Delta;
import karuta.lmm.model.BatchAdapter;
import karuta.tensor.Tensors;

/**
 * The adapters of a batch's rows, by linear layer. Layers mostly have the same deltas in the same rows with the same weights,
 * so the arrays of row numbers and of weights are made once for all of them.
 */
final class AdapterTable {

    private final NDManager manager;
    private final int rows;
    private final Map<String, List<List<Adapter>>> linears = new LinkedHashMap<>();
    private final Map<List<Integer>, NDArray> indices = new HashMap<>();
    private final Map<List<Weight>, NDArray> weights = new HashMap<>();

    /** @param rows how many there are */
    AdapterTable(NDManager manager, int rows) {
        this.manager = manager;
        this.rows = rows;
    }

    /** Adds an adapter of a row, behind those that the row has. */
    void add(int row, Adapter adapter) {
        linears.computeIfAbsent(
                        adapter.linear(),
                        linear -> Stream.<List<Adapter>>generate(ArrayList::new)
                                .limit(rows)
                                .toList())
                .get(row)
                .add(adapter);
    }

    /** What is added at each linear layer that has adapters. */
    Map<String, BatchAdapter> adapters() {
        var adapters = new LinkedHashMap<String, BatchAdapter>();
        linears.forEach((linear, own) -> adapters.put(linear, shared(linear, own)));
        return adapters;
    }

    /** Members of a group, while it is found. */
    private record Members(Delta delta, List<Integer> rows, List<Adapter> adapters) {}

    private SharedDeltas shared(String linear, List<List<Adapter>> adapters) {
        var groups = new ArrayList<Members>();
        Map<Delta, Integer> numbers = new IdentityHashMap<>();
        var parts = adapters.stream().mapToInt(List::size).max().orElseThrow();
        for (var part = 0; part < parts; part++) {
            for (var row = 0; row < rows; row++) {
                if (part < adapters.get(row).size()) {
                    var adapter = adapters.get(row).get(part);
                    var number = numbers.computeIfAbsent(adapter.delta(), delta -> {
                        groups.add(new Members(delta, new ArrayList<>(), new ArrayList<>()));
                        return groups.size() - 1;
                    });
                    groups.get(number).rows.add(row);
                    groups.get(number).adapters.add(adapter);
                }
            }
        }
        var whole = groups.stream().allMatch(group -> isWhole(group.rows)) && sameOrder(adapters);
        return new SharedDeltas(
                linear,
                groups.stream().map(this::group).toList(),
                whole ? List.of() : places(adapters, groups, numbers, parts));
    }

    private boolean isWhole(List<Integer> members) {
        return members.size() == rows && IntStream.range(0, rows).allMatch(row -> members.get(row) == row);
    }

    private static boolean sameOrder(List<List<Adapter>> adapters) {
        var first = adapters.get(0);
        return adapters.stream()
                .allMatch(own -> IntStream.range(0, first.size())
                        .allMatch(
                                part -> own.get(part).delta() == first.get(part).delta()));
    }

    private SharedDeltas.Group group(Members members) {
        var weighted =
                members.adapters.stream().anyMatch(adapter -> adapter.weight().isPresent());
        return new SharedDeltas.Group(
                members.delta,
                List.copyOf(members.rows),
                isWhole(members.rows) ? Optional.empty() : Optional.of(index(members.rows)),
                weighted ? Optional.of(weights(members.adapters)) : Optional.empty());
    }

    /** Parts of groups stand one after the other, from 1 on. */
    private List<NDArray> places(
            List<List<Adapter>> adapters, List<Members> groups, Map<Delta, Integer> numbers, int parts) {
        var next = new int[groups.size()];
        for (var number = 1; number < next.length; number++) {
            next[number] = next[number - 1] + groups.get(number - 1).rows.size();
        }
        var places = new ArrayList<NDArray>();
        for (var part = 0; part < parts; part++) {
            var own = new ArrayList<Integer>();
            for (var row = 0; row < rows; row++) {
                var has = part < adapters.get(row).size();
                own.add(has ? ++next[numbers.get(adapters.get(row).get(part).delta())] : 0);
            }
            places.add(index(own));
        }
        return places;
    }

    private NDArray index(List<Integer> numbers) {
        return indices.computeIfAbsent(
                List.copyOf(numbers),
                own -> Tensors.of(
                        manager, own.stream().mapToLong(number -> number).toArray()));
    }

    /** A row's weight, told apart by which array it is; empty for a delta that counts fully. */
    private record Weight(Optional<NDArray> array) {

        @Override
        public boolean equals(Object other) {
            return other instanceof Weight weight
                    && weight.array.isPresent() == array.isPresent()
                    && (array.isEmpty() || weight.array.get() == array.get());
        }

        @Override
        public int hashCode() {
            return array.map(System::identityHashCode).orElse(0);
        }
    }

    private NDArray weights(List<Adapter> adapters) {
        return weights.computeIfAbsent(
                adapters.stream().map(Adapter::weight).map(Weight::new).toList(), this::stacked);
    }

    private NDArray stacked(List<Weight> own) {
        var all = new NDList();
        for (var weight : own) {
            all.add(weight.array.map(AdapterTable::row).orElseGet(() -> manager.ones(new Shape(1, 1, 1))));
        }
        return all.size() == 1 ? all.get(0) : NDArrays.concat(all); // which cuts the gradient of a single array
    }

    private static NDArray row(NDArray weight) {
        if (weight.size() != 1) {
            throw new IllegalArgumentException(
                    "the weight of an adapter has the shape " + weight.getShape() + " instead of being a scalar");
        }
        return weight.reshape(1, 1, 1);
    }
}
