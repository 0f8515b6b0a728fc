package karuta.use.learn;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import karuta.archive.pool.CardName;
import karuta.archive.pool.CardRecord;
import karuta.archive.pool.PoolManifest;
import karuta.files.Sha256;

/**
 * A card that was learned and is not kept yet.
 *
 * @param data what it was learned from
 * @param manifest what it was made with
 * @param earlier what the pool had
 * @param tensors the card's safetensors file
 * @param rest what belongs to no card alone, after it
 * @param before scores of all tasks with a validation set, in percent
 * @param after the same after it was learned
 * @param likeness see {@link CardRecord}
 * @param samples that went through training
 * @param options how it was learned
 */
public record Draft(
        TaskData data,
        PoolManifest manifest,
        Earlier earlier,
        byte[] tensors,
        byte[] rest,
        Map<String, Double> before,
        Map<String, Double> after,
        List<Double> likeness,
        long samples,
        Map<String, String> options) {

    /** Copies maps and list. */
    public Draft {
        before = new TreeMap<>(before);
        after = new TreeMap<>(after);
        likeness = List.copyOf(likeness);
        options = new TreeMap<>(options);
    }

    /** The card's name. */
    public CardName card() {
        return data.card();
    }

    /** The cards whose validation samples are not found any more, and why. */
    public Map<String, String> gone() {
        return earlier.gone();
    }

    /**
     * The earlier tasks that are answered worse now.
     *
     * @param tolerated a loss of so many points does not count
     * @return how many points each has lost
     */
    public Map<String, Double> worse(double tolerated) {
        var worse = new LinkedHashMap<String, Double>();
        earlier.cards().forEach(card -> {
            var lost = before.getOrDefault(card.task(), 0.0) - after.getOrDefault(card.task(), 0.0);
            if (lost > tolerated) {
                worse.put(card.task(), lost);
            }
        });
        return worse;
    }

    /** What becomes of it when it is kept. */
    CardRecord record(int number, String author, Instant when) {
        return new CardRecord(
                card().value(),
                number,
                author,
                when,
                data.source(samples),
                options,
                before,
                after,
                likeness,
                new Sha256().add(tensors).hex());
    }

    /** The same with more to say of how it was learned. */
    public Draft with(Map<String, String> more) {
        var all = new TreeMap<>(options);
        all.putAll(more);
        return new Draft(data, manifest, earlier, tensors, rest, before, after, likeness, samples, all);
    }
}
