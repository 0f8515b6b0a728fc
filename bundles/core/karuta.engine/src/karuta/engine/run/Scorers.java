package karuta.engine.run;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import karuta.api.KarutaException;
import karuta.api.ReferenceScorer;
import karuta.api.Scorer;
import karuta.api.Task;
import karuta.engine.catalog.Kind;
import karuta.engine.catalog.Strategies;
import karuta.engine.loop.Tasks;

/** The scorers that the tasks of a run ask for. */
final class Scorers implements AutoCloseable {

    private final Map<String, Scorer> scorers = new HashMap<>();
    private final Closer instances = new Closer();

    /** @throws KarutaException if a task asks for a scorer that is not there */
    Scorers(Strategies strategies, List<Task> tasks) {
        for (var task : tasks) {
            scorers.computeIfAbsent(task.scorer(), id -> {
                var type = strategies.find(Kind.SCORER, id).orElseThrow(() -> {
                    var missing = strategies.missing(Kind.SCORER, id);
                    return new KarutaException(
                            "The task \"" + task.name() + "\" cannot be scored: " + missing.what(), missing.remedy());
                });
                return (Scorer) instances.add(strategies.create(type, Map.of())).strategy();
            });
        }
    }

    Tasks over(List<Task> tasks, List<Task> watched) {
        return new Tasks(tasks, watched, scorers);
    }

    /** The ids of those that judge an answer by one reference at a time. */
    Set<String> byReference() {
        return scorers.entrySet().stream()
                .filter(entry -> entry.getValue() instanceof ReferenceScorer)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    @Override
    public void close() {
        instances.close();
    }
}
