package karuta.use.care;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import karuta.api.Task;
import karuta.archive.pool.PoolFiles;
import karuta.use.learn.Validation;

/**
 * What a change of cards can be measured with.
 *
 * @param tasks of the cards' names, with the samples that were held out when these were learned as test samples
 * @param gone why there are none, by card
 */
public record HeldOut(List<Task> tasks, Map<String, String> gone) {

    /** Copies both. */
    public HeldOut {
        tasks = List.copyOf(tasks);
        gone = new TreeMap<>(gone);
    }

    /**
     * Looks for those of all cards.
     *
     * @param data a folder of the cards' tasks; empty where the records say
     * @throws karuta.api.KarutaException if that folder lacks a card's data
     */
    public static HeldOut of(PoolFiles files, Optional<Path> data) {
        var tasks = new ArrayList<Task>();
        var gone = new TreeMap<String, String>();
        for (var card : files.cards()) {
            if (data.isPresent()) {
                TrainingData.of(card, data)
                        .validation()
                        .ifPresentOrElse(tasks::add, () -> gone.put(card.task(), "nothing was held out from it"));
            } else {
                var validation = Validation.of(card);
                validation.found().ifPresent(tasks::add);
                if (validation instanceof Validation.Gone lost) {
                    gone.put(card.task(), lost.why());
                }
            }
        }
        return new HeldOut(tasks, gone);
    }
}
