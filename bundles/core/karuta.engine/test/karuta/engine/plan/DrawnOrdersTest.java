package karuta.engine.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DrawnOrdersTest {

    private static List<String> tasks(int n) {
        return IntStream.range(0, n).mapToObj(i -> "t" + i).toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 8, 15})
    void everyTaskIsAtEveryPlaceAndAfterEveryOtherEquallyOften(int n) {
        var square = DrawnOrders.latin(tasks(n));
        assertEquals(n % 2 == 0 || n == 1 ? n : 2 * n, square.size());
        for (var place = 0; place < n; place++) {
            var there = place;
            var counts = new HashMap<String, Integer>();
            square.forEach(order -> counts.merge(order.get(there), 1, Integer::sum));
            assertEquals(n, counts.size());
            assertEquals(Set.of(square.size() / n), new HashSet<>(counts.values()));
        }
        var after = new HashMap<String, Integer>();
        square.forEach(order -> IntStream.range(1, n)
                .forEach(i -> after.merge(order.get(i - 1) + " " + order.get(i), 1, Integer::sum)));
        assertEquals(n * (n - 1), after.size());
        assertEquals(n == 1 ? 0 : 1, new HashSet<>(after.values()).size());
    }

    @Test
    void ordersByChanceDifferAndFewerAreTheBeginningOfMore() {
        var ten = DrawnOrders.random(tasks(5), 10, List.of());
        assertEquals(10, new HashSet<>(ten).size());
        ten.forEach(order -> assertEquals(new HashSet<>(tasks(5)), new HashSet<>(order)));
        assertEquals(ten.subList(0, 4), DrawnOrders.random(tasks(5), 4, List.of()));
        assertTrue(
                DrawnOrders.random(tasks(5), 10, List.of(ten.get(2))).stream().noneMatch(ten.get(2)::equals));
    }

    @Test
    void thereAreNoMoreThanThereCanBe() {
        assertEquals(6, DrawnOrders.random(tasks(3), 7, List.of()).size());
        assertEquals(5, DrawnOrders.random(tasks(3), 7, List.of(tasks(3))).size());
    }
}
