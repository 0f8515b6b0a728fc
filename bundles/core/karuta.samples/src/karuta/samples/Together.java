package karuta.samples;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Puts together what shares something, be it through others. */
public final class Together {

    private final Map<String, String> upwards = new HashMap<>(); // towards the least name of a group

    private Together() {}

    /**
     * Puts together.
     *
     * @param names of what each has, at least one
     * @return the groups by the least of their names; groups and members in the order in which they were given
     */
    public static <T> Map<String, List<T>> of(List<T> all, Function<T, List<String>> names) {
        var together = new Together();
        all.forEach(each -> together.join(names.apply(each)));
        var groups = new LinkedHashMap<String, List<T>>();
        all.forEach(
                each -> groups.computeIfAbsent(together.least(names.apply(each).get(0)), none -> new ArrayList<>())
                        .add(each));
        return groups;
    }

    private void join(List<String> names) {
        for (var name : names) {
            var one = least(names.get(0));
            var other = least(name);
            if (one.compareTo(other) <= 0) {
                upwards.put(other, one);
            } else {
                upwards.put(one, other);
            }
        }
    }

    private String least(String name) {
        var at = name;
        while (!upwards.getOrDefault(at, at).equals(at)) {
            var up = upwards.get(at);
            upwards.put(at, upwards.getOrDefault(up, up)); // halves the way for who comes next
            at = up;
        }
        return at;
    }
}
