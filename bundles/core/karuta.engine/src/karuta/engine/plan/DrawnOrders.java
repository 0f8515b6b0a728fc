package karuta.engine.plan;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import karuta.api.RandomStream;

/** Task orders that nobody writes down. They depend on the tasks and on nothing else, so that studies share them. */
final class DrawnOrders {

    /** Of so many draws, one is new, or there are hardly any left. */
    private static final int PATIENCE = 10_000;

    private DrawnOrders() {}

    /**
     * Orders by chance, all different.
     *
     * @param tasks in any order
     * @param count how many
     * @param taken orders that are there already
     * @return fewer, if there are no more
     */
    static List<List<String>> random(List<String> tasks, int count, List<List<String>> taken) {
        var stream = RandomStream.of(0, "orders");
        Set<List<String>> seen = new LinkedHashSet<>(taken);
        var drawn = new ArrayList<List<String>>();
        for (int i = 0, idle = 0; drawn.size() < count && idle < PATIENCE; i++, idle++) {
            var order = IntStream.of(stream.fork(i).permutation(tasks.size()))
                    .mapToObj(tasks::get)
                    .toList();
            if (seen.add(order)) {
                drawn.add(order);
                idle = 0;
            }
        }
        return drawn;
    }

    /**
     * A Latin square: every task is once at every place; and it is balanced, every task comes right after every other equally
     * often (Williams: Experimental designs balanced for the estimation of residual effects of treatments, 1949).
     *
     * @param tasks in any order
     * @return as many orders as there are tasks, twice as many if that number is odd
     */
    static List<List<String>> latin(List<String> tasks) {
        var n = tasks.size();
        var first = IntStream.range(0, n)
                .map(i -> i % 2 == 1 ? (i + 1) / 2 : (n - i / 2) % n)
                .toArray();
        var square = IntStream.range(0, n)
                .mapToObj(shift -> IntStream.of(first)
                        .map(task -> (task + shift) % n)
                        .mapToObj(tasks::get)
                        .toList())
                .toList();
        return n % 2 == 0
                ? square
                : Stream.concat(square.stream(), square.stream().map(DrawnOrders::reversed))
                        .distinct()
                        .toList();
    }

    private static List<String> reversed(List<String> order) {
        return IntStream.range(0, order.size())
                .mapToObj(i -> order.get(order.size() - 1 - i))
                .toList();
    }
}
