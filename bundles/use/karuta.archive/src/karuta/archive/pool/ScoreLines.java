package karuta.archive.pool;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The scores just before and just after a revision that were measured for it, as lines of its message: {@code score TASK: 48.0 %
 * -> 47.0 %}. For what changes cards without learning; a card that was learned says its scores in its record.
 *
 * @param before in percent, by task
 * @param after the same tasks' afterwards
 */
public record ScoreLines(Map<String, Double> before, Map<String, Double> after) {

    private static final Pattern LINE = Pattern.compile("(?m)^score (.+): (\\d+\\.\\d+) % -> (\\d+\\.\\d+) %$");

    /** Copies the maps. */
    public ScoreLines {
        before = new TreeMap<>(before);
        after = new TreeMap<>(after);
    }

    /** A message with these lines. */
    public String under(String subject) {
        var lines = before.keySet().stream()
                .filter(after::containsKey)
                .map(task -> "score %s: %s %% -> %s %%".formatted(task, before.get(task), after.get(task)))
                .collect(Collectors.joining("\n"));
        return lines.isEmpty() ? subject : subject + "\n\n" + lines;
    }

    /** Those that a message holds; none, mostly. */
    public static ScoreLines in(String message) {
        var before = new TreeMap<String, Double>();
        var after = new TreeMap<String, Double>();
        LINE.matcher(message).results().forEach(line -> {
            before.put(line.group(1), Double.valueOf(line.group(2)));
            after.put(line.group(1), Double.valueOf(line.group(3)));
        });
        return new ScoreLines(before, after);
    }
}
