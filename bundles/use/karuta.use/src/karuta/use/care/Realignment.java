package karuta.use.care;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import karuta.api.KarutaException;
import karuta.api.Query;
import karuta.api.Sample;
import karuta.api.Task;
import karuta.archive.pool.CardRecord;
import karuta.archive.pool.Packing;
import karuta.archive.pool.Pinned;
import karuta.archive.pool.PoolFiles;
import karuta.engine.catalog.Strategies;
import karuta.engine.plan.Planner;
import karuta.engine.run.FrozenGuidance;
import karuta.tensor.Tensors;
import karuta.use.PinnedModels;
import karuta.use.PoolStudy;
import karuta.use.ask.OwnFeatures;

/**
 * Fits the cards of a pool to another encoder: what they insert stays, bit for bit, and what they are found by is learned anew from the
 * data that they were trained with.
 *
 * @param strategies that are there
 * @param files the newest revision
 * @param study the pool's study with the new encoder
 * @param data a folder of the cards' tasks; empty where the records say
 * @param anew whether keys that were trained are learned anew even if the old encoder is there to be followed
 * @param cache folder where features are kept
 */
public record Realignment(
        Strategies strategies, PoolFiles files, String study, Optional<Path> data, boolean anew, Path cache) {

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

        /**
         * The change with what the cards' own samples score then.
         *
         * @param draft the pool as it would be
         * @param measurement of it
         */
        public Proposal measured(PoolFiles draft, Measurement measurement) {
            var change = proposal.change();
            for (var card : draft.cards()) {
                var scores = measurement.likeness().getOrDefault(card.task(), List.of());
                change = change.and(draft.with(card.measured(scores), draft.tensors(card)));
            }
            return new Proposal(change, proposal.before(), proposal.after(), proposal.alike(), proposal.words());
        }
    }

    /** A card with the data that it was trained with. */
    private record Known(CardRecord card, TrainingData data) {

        Stream<Query> queries() {
            return data.training().stream().map(Sample::query);
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
        var known = files.cards().stream()
                .map(card -> new Known(card, TrainingData.of(card, data)))
                .toList();
        var old = anew || !rule.isTrained() ? Optional.<List<Map<String, float[]>>>empty() : oldFeatures(known);
        try (var encoding = FrozenGuidance.open(strategies, plan, cache)) {
            PinnedModels.checkBackbone(
                    files.manifest(),
                    encoding.backbone(),
                    "Cards cannot be fitted to another backbone; learn them again.");
            var fit = old.map(features -> new KeyFit(features, features(known.stream(), encoding)));
            var encoder = PoolStudy.read(study).getEncoder().getId();
            var change = files.with(files.manifest().with(new Pinned(encoder, encoding.encoder()), study));
            var before = new TreeMap<String, Long>();
            var after = new TreeMap<String, Long>();
            for (var each : known) {
                var card = each.card();
                var tensors = files.tensors(card);
                var keyed = fit.map(likeness -> fitted(card, tensors, likeness))
                        .orElseGet(() -> realigned(card, tensors, rule.keys(features(Stream.of(each), encoding))));
                var bytes = withOwn(each, keyed, encoding);
                change = change.and(files.with(
                        card.rewritten("realigned to", encoder, bytes).measured(List.of()), bytes));
                before.put(card.task(), (long) tensors.length);
                after.put(card.task(), (long) bytes.length);
            }
            return new Aligned(
                    new Proposal(change, before, after, Map.of(), words(known, fit.isPresent())), validation(known));
        }
    }

    /** What the card's own samples look like to the new encoder; nothing where none are left to say how far is too far. */
    private static byte[] withOwn(Known known, byte[] keyed, FrozenGuidance encoding) {
        var name = known.card().task();
        var packing = Packing.of(known.card());
        var held = known.data().validation().map(Task::test).orElse(List.of());
        return OwnFeatures.of(
                        encoding.encoder(), encoding::features, known.data().training(), held)
                .map(own -> own.in(name, keyed, packing))
                .orElseGet(() -> OwnFeatures.removed(name, keyed, packing));
    }

    /** What the old encoder makes of all samples; empty if it is not there any more. */
    private Optional<List<Map<String, float[]>>> oldFeatures(List<Known> known) {
        var plan = Planner.plan(strategies, PoolStudy.read(files.manifest().study()));
        try (var encoding = FrozenGuidance.open(strategies, plan, cache)) {
            return encoding.encoder().equals(files.manifest().encoder().fingerprint())
                    ? Optional.of(features(known.stream(), encoding))
                    : Optional.empty();
        } catch (KarutaException gone) {
            return Optional.empty(); // which the proposal says
        }
    }

    private static List<Map<String, float[]>> features(Stream<Known> known, FrozenGuidance encoding) {
        return known.flatMap(Known::queries).map(encoding::features).toList();
    }

    private static List<Task> validation(List<Known> known) {
        return known.stream().flatMap(each -> each.data().validation().stream()).toList();
    }

    private List<String> words(List<Known> known, boolean fitted) {
        var words = new ArrayList<String>();
        words.add(
                fitted
                        ? "The keys are as like the training samples as they were with the old encoder, as far as the new one lets"
                                + " them be."
                        : "The keys are learned anew, without the old encoder.");
        tasks(known, each -> each.data().validation().isEmpty())
                .ifPresent(cards -> words.add("Without validation samples, and so not measured: " + cards + "."));
        tasks(known, each -> !each.data().same())
                .ifPresent(cards -> words.add("With other data than their records name: " + cards + "."));
        return words;
    }

    private static Optional<String> tasks(List<Known> known, Predicate<Known> which) {
        return Optional.of(known.stream()
                        .filter(which)
                        .map(each -> each.card().task())
                        .collect(Collectors.joining(", ")))
                .filter(cards -> !cards.isEmpty());
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

    private static byte[] fitted(CardRecord card, byte[] old, KeyFit fit) {
        var file = new CardFile(card.task(), old);
        var keys = file.keys();
        return file.withKeys(
                (name, array) -> {
                    var rows = fit.keys(keys.get(name));
                    var manager = array.getManager();
                    return NDArrays.concat(new NDList(Arrays.stream(rows)
                            .map(row -> Tensors.of(manager, row, new Shape(1, row.length)))
                            .toList()));
                },
                Packing.of(card));
    }

    private static NDArray key(CardRecord card, String name, NDArray old, Map<String, float[]> keys) {
        var key = Optional.ofNullable(keys.get(name.substring(name.indexOf('/') + 1)))
                .orElseThrow(() -> new KarutaException(
                        "No sample of the card \"" + card.task() + "\" has what its " + name + " is made of.",
                        "Look whether its data are the right ones."));
        return Tensors.of(old.getManager(), key, new Shape(1, key.length));
    }
}
