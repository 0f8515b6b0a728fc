package karuta.replay;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import karuta.metrics.AccuracyMatrix;
import karuta.metrics.Metric;
import karuta.study.Run;
import karuta.study.ScoreMatrix;
import karuta.study.record.RunFolder;

/**
 * All that a record says, fact by fact. What equal runs need not have in common is left out: times, places, names that a
 * person gave.
 */
final class Facts {

    /** What tells when, how long and where, and how much work was saved; settings stand in the arm and among the defaults. */
    private static final Pattern PASSING = Pattern.compile(
            "started|message|sha256|files|kind|takenOver|peakBytes|settings|.*[sS]econds.*|.*PerSecond|losses");

    private static final Set<String> STUDY =
            Set.of("study", "arm", "seed", "order", "tasks", "watched", "backbone", "encoder", "benchmark", "training");

    /** These hash what other facts say one by one. */
    private static final Set<String> SUMS = Set.of("run", "id", "study", "parts");

    private final Map<Group, Map<String, String>> values = new EnumMap<>(Group.class);

    private Facts() {}

    /**
     * What a record says.
     *
     * @param defaults of options that the study leaves out, by place
     */
    static Facts of(Run run, Map<String, String> defaults) {
        var facts = new Facts();
        JsonParser.parseString(RunFolder.text(run)).getAsJsonObject().entrySet().stream()
                .filter(member -> !PASSING.matcher(member.getKey()).matches())
                .forEach(member -> facts.member(member.getKey(), member.getValue()));
        new TreeMap<>(defaults)
                .forEach((key, value) -> facts.values
                        .computeIfAbsent(Group.STUDY, none -> new LinkedHashMap<>())
                        .putIfAbsent(key, value));
        Optional.ofNullable(run.getMatrix())
                .filter(matrix -> !matrix.getRows().isEmpty())
                .ifPresent(facts::results);
        return facts;
    }

    private void member(String name, JsonElement value) {
        switch (name) {
            case "fingerprints" -> fingerprints(value.getAsJsonObject());
            case "parts" -> each(Group.PARTS, value.getAsJsonArray(), key -> !key.endsWith(".file"));
            case "data" -> flatten(Group.DATA, "", value, key -> true);
            case "versions" -> flatten(Group.VERSIONS, "", value, key -> true);
            case "environment" -> flatten(Group.ENVIRONMENT, "", value, key -> true);
            case "bundles", "wiring" -> flatten(Group.VERSIONS, name, value, key -> true);
            case "costs" -> each(Group.STAGES, value.getAsJsonArray(), key -> true);
            case "stages" -> each(Group.STAGES, value.getAsJsonArray(), key -> true);
            case "status", "taskFree", "taskFreeSamples" -> put(Group.RESULTS, name, text(value));
            default -> flatten(STUDY.contains(name) ? Group.STUDY : Group.OTHER, name, value, key -> true);
        }
    }

    private void fingerprints(JsonObject prints) {
        var tasks = prints.keySet().stream().anyMatch(name -> name.startsWith("data."));
        for (var print : prints.entrySet()) {
            var name = print.getKey();
            var summed = SUMS.contains(name) || tasks && name.equals("data");
            if (!summed) {
                put(group(name), name.replaceFirst("^data\\.", ""), text(print.getValue()));
            }
        }
    }

    private static Group group(String print) {
        if (print.equals("data") || print.startsWith("data.")) {
            return Group.DATA;
        }
        return Set.of("backbone", "encoder", "from").contains(print) ? Group.WEIGHTS : Group.ENVIRONMENT;
    }

    private void each(Group group, JsonArray things, Predicate<String> counts) {
        for (var thing : things) {
            flatten(group, name(thing.getAsJsonObject()).orElse("?"), thing, counts);
        }
    }

    private void flatten(Group group, String path, JsonElement value, Predicate<String> counts) {
        if (value.isJsonObject()) {
            for (var member : value.getAsJsonObject().entrySet()) {
                if (!PASSING.matcher(member.getKey()).matches() || group == Group.PARTS) {
                    flatten(group, inner(path, member.getKey()), member.getValue(), counts);
                }
            }
        } else if (value.isJsonArray()
                && value.getAsJsonArray().asList().stream().anyMatch(JsonElement::isJsonObject)) {
            for (var thing : value.getAsJsonArray()) {
                var parent = path.substring(0, Math.max(0, path.lastIndexOf('.')));
                flatten(group, inner(parent, name(thing.getAsJsonObject()).orElse("?")), thing, counts);
            }
        } else if (counts.test(path)) {
            put(group, path, text(value));
        }
    }

    /** Keys as a study has them: {@code arm.selector.k}. */
    private static String inner(String path, String name) {
        return path.isEmpty() ? name : name.equals("options") ? path : path + "." + name;
    }

    private static Optional<String> name(JsonObject thing) {
        return Stream.of("name", "kind", "key")
                .filter(thing::has)
                .findFirst()
                .map(thing::get)
                .map(JsonElement::getAsString)
                .or(() -> Stream.of("number", "stage")
                        .filter(thing::has)
                        .findFirst()
                        .map(thing::get)
                        .map(number -> "stage " + number));
    }

    private static String text(JsonElement value) {
        return value.isJsonPrimitive() ? value.getAsString() : value.toString();
    }

    private void results(ScoreMatrix matrix) {
        var rows = matrix.getRows();
        var last = rows.get(rows.size() - 1);
        for (var i = 0; i < matrix.getTasks().size(); i++) {
            put(
                    Group.RESULTS,
                    matrix.getTasks().get(i) + " after stage " + last.getStage(),
                    last.getScores().get(i).toString());
        }
        var scores = new AccuracyMatrix(
                matrix.getTasks(),
                rows.stream()
                        .map(row -> new AccuracyMatrix.Row(row.getTrained(), row.getScores()))
                        .toList());
        for (var metric : Metric.defaults()) {
            metric.of(scores).ifPresent(value -> put(Group.RESULTS, metric.id(), Double.toString(value)));
        }
    }

    private void put(Group group, String key, String value) {
        values.computeIfAbsent(group, none -> new LinkedHashMap<>()).put(key, value);
    }

    private Map<String, String> of(Group group) {
        return values.getOrDefault(group, Map.of());
    }

    /** In which facts of a group two records differ, in the order of the first one. */
    static List<Difference> differences(Group group, Facts a, Facts b) {
        var keys = new LinkedHashSet<>(a.of(group).keySet());
        keys.addAll(b.of(group).keySet());
        return keys.stream()
                .map(key -> new Difference(
                        group,
                        key,
                        Optional.ofNullable(a.of(group).get(key)),
                        Optional.ofNullable(b.of(group).get(key))))
                .filter(difference -> !difference.a().equals(difference.b()))
                .toList();
    }

    /** The same, but what differs alike is told once: some thirty bundles of one build, for instance. */
    static List<Difference> told(Group group, Facts a, Facts b) {
        var alike = differences(group, a, b).stream()
                .collect(Collectors.groupingBy(
                        difference -> List.of(difference.a(), difference.b()),
                        LinkedHashMap::new,
                        Collectors.toList()));
        var told = new ArrayList<Difference>();
        alike.values().forEach(same -> told.add(same.get(0).with(same.size() - 1)));
        return told;
    }
}
