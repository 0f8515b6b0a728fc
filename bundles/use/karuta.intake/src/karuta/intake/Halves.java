package karuta.intake;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import karuta.files.Sha256;
import karuta.samples.Together;

/**
 * Parts samples into those to learn from and those to be scored on, so that no image is on both sides, whatever the task. Samples
 * that share an image, be it through others, stay together. In which order they are drawn for the test, a hash of their images
 * and the seed decides: neither the order of the rows nor the names of files.
 *
 * @param share of the samples of each task that is for the test, from 0 to 1
 * @param seed of the draw
 */
record Halves(double share, long seed) {

    /** Those that are for the test, of the given ones. */
    Set<Item> test(List<Item> items) {
        var room = new HashMap<String, Integer>();
        items.stream()
                .collect(Collectors.groupingBy(Item::task, Collectors.counting()))
                .forEach((task, count) -> room.put(task, room(count)));
        var test = new HashSet<Item>();
        Together.of(items, Item::halves).entrySet().stream()
                .sorted(Map.Entry.comparingByKey(Comparator.comparing(name -> Sha256.of(seed + " " + name))))
                .map(Map.Entry::getValue)
                .forEach(group -> {
                    var need = group.stream().collect(Collectors.groupingBy(Item::task, Collectors.counting()));
                    if (need.entrySet().stream().allMatch(each -> each.getValue() <= room.get(each.getKey()))) {
                        need.forEach((task, count) -> room.merge(task, -Math.toIntExact(count), Integer::sum));
                        test.addAll(group);
                    }
                });
        return test;
    }

    /** One at least, if any, but never all. */
    private int room(long samples) {
        return share == 0 ? 0 : (int) Math.min(samples - 1, Math.max(1, Math.round(share * samples)));
    }
}
