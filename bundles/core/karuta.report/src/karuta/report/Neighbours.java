package karuta.report;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The runs of a comparison, by what another run could conflict with them in. Runs that stand in one table agree, so of all that
 * share a key one speaks for the others, and a thousand runs need not be compared with each other.
 */
final class Neighbours {

    /** What {@link Compatibility} compares, and the value that runs of one comparison share it by. */
    private record Key(String what, Object value) {}

    private record Placed(int number, Result result) {}

    private final Map<Key, Placed> first = new HashMap<>();
    /** Of every arm a run for each list of strategies that it was made with: those may differ in one table. */
    private final Map<String, Map<Set<String>, Placed>> builds = new HashMap<>();

    private int size;

    /** Adds a run that conflicts with none. */
    void add(Result result) {
        var placed = new Placed(size++, result);
        keys(result).forEach(key -> first.putIfAbsent(key, placed));
        builds.computeIfAbsent(result.arm(), arm -> new LinkedHashMap<>()).putIfAbsent(parts(result), placed);
    }

    /** Why a run cannot be added: what it conflicts with first, unless it is there already, which counts more. */
    Optional<Compatibility> conflict(Result result) {
        var found = new ArrayList<Compatibility>();
        asked(result).forEach(other -> Compatibility.conflict(other, result).ifPresent(found::add));
        return found.stream()
                .filter(Compatibility::sameRun)
                .findFirst()
                .or(() -> found.stream().findFirst());
    }

    /** Those that speak for all, in the order in which they were added. */
    List<Result> asked(Result result) {
        var asked = new TreeMap<Integer, Result>();
        Stream.concat(
                        keys(result).flatMap(key -> Optional.ofNullable(first.get(key)).stream()),
                        builds.getOrDefault(result.arm(), Map.of()).values().stream())
                .forEach(placed -> asked.put(placed.number(), placed.result()));
        return List.copyOf(asked.values());
    }

    private static Stream<Key> keys(Result result) {
        var run = result.run();
        var keys = Stream.of(
                new Key("any", ""), // benchmark, tasks and watched tasks are the same in all
                new Key("order of tasks", List.copyOf(run.getTasks())), // of one order the data is the same
                new Key("arm", result.arm()), // the settings are the same
                new Key("run", List.of(result.arm(), run.getOrder(), run.getSeed())));
        var scored = Stream.of(new Key("scored", ""))
                .filter(key -> !ScoredBy.describe(run).isEmpty()); // by the same rules, where anything is known of them
        var built = run.getParts().stream().map(part -> new Key("part", List.of(part.getName(), part.getBundle())));
        return Stream.of(keys, scored, built).flatMap(each -> each);
    }

    private static Set<String> parts(Result result) {
        var parts = new HashSet<String>();
        result.run().getParts().forEach(part -> parts.add(part.getName() + "\n" + part.getBundle()));
        return parts;
    }
}
