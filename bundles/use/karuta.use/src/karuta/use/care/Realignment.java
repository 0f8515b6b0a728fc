package karuta.use.care;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import karuta.api.KarutaException;
import karuta.api.Task;
import karuta.archive.pool.CardRecord;
import karuta.archive.pool.Packing;
import karuta.archive.pool.Pinned;
import karuta.archive.pool.PoolFiles;
import karuta.engine.catalog.Strategies;
import karuta.engine.plan.Planner;
import karuta.engine.run.Encoding;
import karuta.tensor.Tensors;
import karuta.use.PoolStudy;

/**
 * Fits the cards of a pool to another encoder: what they insert stays, bit for bit, and what they are found by is learned anew from the
 * data that they were trained with.
 *
 * @param strategies that are there
 * @param files the newest revision
 * @param study the pool's study with the new encoder
 * @param data a folder of the cards' tasks; empty where the records say
 * @param cache folder where features are kept
 */
public record Realignment(Strategies strategies, PoolFiles files, String study, Optional<Path> data, Path cache) {

    /**
     * What that would change, and what it can be measured with.
     *
     * @param proposal the change
     * @param validation tasks of the cards' names
     */
    public record Aligned(Proposal proposal, List<Task> validation) {

        /** Copies the list. */
        public Aligned {
            validation = List.copyOf(validation);
        }
    }

    /**
     * Learns the keys.
     *
     * @throws KarutaException if the strategies' keys cannot be learned alone, the data of a card are not there, or the backbone is
     *     another one
     */
    public Aligned propose() {
        var plan = Planner.plan(strategies, PoolStudy.read(study));
        var rule = KeyRule.of(plan.runs().get(0).arm());
        requireNothingLearned();
        var manifest = files.manifest();
        try (var encoding = Encoding.open(strategies, plan, cache)) {
            if (!encoding.backbone().equals(manifest.backbone().fingerprint())) {
                throw new KarutaException(
                        "The pool's cards are for the backbone \""
                                + manifest.backbone().id() + "\" of fingerprint "
                                + manifest.backbone().fingerprint() + ", and this Karuta's has " + encoding.backbone()
                                + ".",
                        "Cards cannot be fitted to another backbone; learn them again.");
            }
            var encoder = PoolStudy.read(study).getEncoder().getId();
            var change = files.with(manifest.with(new Pinned(encoder, encoding.encoder()), study));
            var before = new TreeMap<String, Long>();
            var after = new TreeMap<String, Long>();
            var words = new ArrayList<String>();
            var others = new ArrayList<String>();
            var validation = new ArrayList<Task>();
            for (var card : files.cards()) {
                var known = TrainingData.of(card, data);
                var old = files.tensors(card);
                var bytes = realigned(
                        card,
                        old,
                        rule.keys(known.training().stream()
                                .map(sample -> encoding.features(sample.query()))
                                .toList()));
                change = change.and(files.with(
                        card.rewritten("realigned to", encoder, bytes).unmeasured(), bytes));
                before.put(card.task(), (long) old.length);
                after.put(card.task(), (long) bytes.length);
                known.validation()
                        .ifPresentOrElse(
                                validation::add,
                                () -> words.add("The card \"" + card.task()
                                        + "\" has no validation samples: what becomes of it is not measured."));
                if (!known.same()) {
                    others.add(card.task());
                }
            }
            if (!others.isEmpty()) {
                words.add("Not the data that the cards' records name, but others were taken for "
                        + String.join(", ", others) + ".");
            }
            return new Aligned(new Proposal(change, before, after, Map.of(), words), validation);
        }
    }

    /** A choice that was trained is not made by keys alone. */
    private void requireNothingLearned() {
        files.state().map(CardFile::learned).filter(names -> !names.isEmpty()).ifPresent(names -> {
            throw new KarutaException(
                    "The arm has learned more than its cards, with the old encoder: " + String.join(", ", names) + ".",
                    "Learn the cards again with the new encoder.");
        });
    }

    private static byte[] realigned(CardRecord card, byte[] old, Map<String, float[]> keys) {
        return new CardFile(card.task(), old).withKeys((name, array) -> key(card, name, array, keys), Packing.of(card));
    }

    private static NDArray key(CardRecord card, String name, NDArray old, Map<String, float[]> keys) {
        var key = Optional.ofNullable(keys.get(name.substring(name.indexOf('/') + 1)))
                .orElseThrow(() -> new KarutaException(
                        "No sample of the card \"" + card.task() + "\" has what its " + name + " is made of.",
                        "Look whether its data are the right ones."));
        return Tensors.of(old.getManager(), key, new Shape(1, key.length));
    }
}
