package karuta.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TogetherTest {

    @Test
    void groupsAreThoseThatNoMergingMakesFewer() {
        var random = new Random(1);
        for (var round = 0; round < 200; round++) {
            var names = 1 + random.nextInt(40);
            var all = IntStream.range(0, 1 + random.nextInt(40))
                    .mapToObj(i -> List.copyOf(new HashSet<>(random.ints(1 + random.nextInt(3), 0, names)
                            .mapToObj(name -> "n" + name)
                            .toList())))
                    .toList();
            var found = new HashMap<String, Set<List<String>>>();
            Together.of(all, Function.identity()).forEach((name, group) -> found.put(name, new HashSet<>(group)));
            assertEquals(byMerging(all), found);
        }
    }

    /** Merges two groups that share a name as long as there are such. */
    private static Map<String, Set<List<String>>> byMerging(List<List<String>> all) {
        var groups = new ArrayList<Set<List<String>>>();
        all.forEach(each -> groups.add(new HashSet<>(List.of(each))));
        for (var i = 0; i < groups.size(); i++) {
            for (var j = 0; j < groups.size(); j++) {
                var shared = names(groups.get(i));
                shared.retainAll(names(groups.get(j)));
                if (i != j && !shared.isEmpty()) {
                    groups.get(i).addAll(groups.remove(j));
                    i = -1;
                    break;
                }
            }
        }
        var byLeast = new HashMap<String, Set<List<String>>>();
        groups.forEach(group -> byLeast.put(names(group).first(), group));
        return byLeast;
    }

    private static TreeSet<String> names(Set<List<String>> group) {
        var names = new TreeSet<String>();
        group.forEach(names::addAll);
        return names;
    }

    @Test
    void groupsAndTheirMembersKeepTheirOrder() {
        var all = List.of(List.of("z"), List.of("b"), List.of("c", "a"), List.of("y"), List.of("b", "c"));
        assertEquals(
                "{z=[[z]], a=[[b], [c, a], [b, c]], y=[[y]]}",
                Together.of(all, Function.identity()).toString());
    }
}
