package karuta.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import karuta.samples.Entry;
import karuta.samples.Entry.Said;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HalvesTest {

    private static Item item(String task, int id, List<Integer> images) {
        var photos = images.stream()
                .map(image -> new Photo(Path.of("p" + image), "b" + image, "pixels" + image))
                .toList();
        return new Item(
                task, new Entry("" + id, List.of(), List.of(new Said("q" + id, List.of("a")))), photos, "t.csv:" + id);
    }

    /** Samples of three tasks with none to three of so many images. */
    private static List<Item> items(Random random, int count, int images) {
        return IntStream.range(0, count)
                .mapToObj(i -> item(
                        "task" + random.nextInt(3),
                        i,
                        random.ints(random.nextInt(4), 0, images)
                                .boxed()
                                .distinct()
                                .toList()))
                .toList();
    }

    private static Set<String> names(List<Item> items, Set<Item> test, boolean tested) {
        return items.stream()
                .filter(item -> test.contains(item) == tested)
                .flatMap(item -> item.halves().stream())
                .collect(Collectors.toSet());
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 30, 300, 3000})
    void noImageIsOnBothSidesAndTheOrderOfRowsDoesNotMatter(int images) {
        for (var seed = 0; seed < 50; seed++) {
            var random = new Random(seed);
            var items = items(random, 1 + random.nextInt(200), images);
            var test = new Halves(0.2, seed).test(items);
            var both = new HashSet<>(names(items, test, true));
            both.retainAll(names(items, test, false));
            assertEquals(Set.of(), both);
            for (var task : List.of("task0", "task1", "task2")) {
                var all =
                        items.stream().filter(item -> item.task().equals(task)).count();
                var tested =
                        test.stream().filter(item -> item.task().equals(task)).count();
                assertTrue(tested <= Math.max(1, Math.round(0.2 * all)), tested + " of " + all);
                assertTrue(all == 0 || tested < all, "all are tested");
            }
            var shuffled = new ArrayList<>(items);
            Collections.shuffle(shuffled, random);
            assertEquals(test, new Halves(0.2, seed).test(shuffled));
        }
    }

    @Test
    void theShareIsMetWhereEveryImageIsAskedAboutOnce() {
        var items =
                IntStream.range(0, 500).mapToObj(i -> item("t", i, List.of(i))).toList();
        assertEquals(100, new Halves(0.2, 1).test(items).size());
        assertEquals(0, new Halves(0, 1).test(items).size());
        assertEquals(1, new Halves(0.001, 1).test(items).size());
        assertTrue(!new Halves(0.2, 1).test(items).equals(new Halves(0.2, 2).test(items)), "the seed does not count");
    }
}
