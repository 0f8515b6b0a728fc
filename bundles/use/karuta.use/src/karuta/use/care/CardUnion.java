package karuta.use.care;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import karuta.archive.pool.CardRecord;
import karuta.archive.pool.Packing;
import karuta.archive.pool.PoolFiles;
import karuta.tensor.Tensors;
import karuta.use.ask.OwnFeatures;

/**
 * Lets one card answer for two. It is found by the keys of both, and what it inserts is its own: the mean of two prompts is no
 * prompt. Which of two stays, and whether it may, the validation samples of both say.
 *
 * @param stays the card that answers for both
 * @param goes the card that is not needed then
 * @param alike how alike their keys are: the smallest of the best cosines
 */
public record CardUnion(CardRecord stays, CardRecord goes, double alike) {

    private static final String OPTION = "answers also";

    /**
     * Pairs of cards whose keys are alike, the most alike first, each pair both ways.
     *
     * @param least how alike they must be
     */
    public static List<CardUnion> candidates(PoolFiles files, double least) {
        var cards = files.cards();
        var keys = new TreeMap<String, Map<String, float[][]>>();
        cards.forEach(card -> keys.put(card.task(), new CardFile(card.task(), files.tensors(card)).keys()));
        var found = new ArrayList<CardUnion>();
        for (var one : cards) {
            for (var other : cards) {
                var own = keys.get(one.task());
                var others = keys.get(other.task());
                var alike = Math.min(CardFile.alike(own, others), CardFile.alike(others, own));
                if (!one.task().equals(other.task()) && alike >= least) {
                    found.add(new CardUnion(one, other, alike));
                }
            }
        }
        found.sort(Comparator.comparingDouble(CardUnion::alike).reversed());
        return List.copyOf(found);
    }

    /** What that would change. */
    public Proposal propose(PoolFiles files) {
        var old = files.tensors(stays);
        var gone = files.tensors(goes);
        var keys = new CardFile(goes.task(), gone).keys();
        var packing = Packing.of(stays);
        var joined = new CardFile(stays.task(), old).withKeys((name, array) -> joined(array, keys.get(name)), packing);
        var bytes = OwnFeatures.removed(stays.task(), joined, packing); // it spoke of one card's samples alone
        var record = stays.rewritten(OPTION, others(), bytes);
        return new Proposal(
                files.without(goes.name()).and(files.with(record, bytes)),
                Map.of(stays.task(), (long) old.length, goes.task(), (long) gone.length),
                Map.of(stays.task(), (long) bytes.length),
                Map.of(),
                List.of("\"" + stays.task() + "\" would answer for \"" + goes.task() + "\", too."));
    }

    /** All that it answers for then: both may have answered for others before. */
    private String others() {
        var before = Stream.of(stays, goes)
                .flatMap(card -> Optional.ofNullable(card.options().get(OPTION)).stream());
        return Stream.concat(Stream.of(goes.task()), before).collect(Collectors.joining(", "));
    }

    private static NDArray joined(NDArray own, float[][] others) {
        var width = own.getShape().get(1);
        var numbers = new float[(int) (others.length * width)];
        for (var row = 0; row < others.length; row++) {
            System.arraycopy(others[row], 0, numbers, (int) (row * width), (int) width);
        }
        var more = Tensors.of(own.getManager(), numbers, new Shape(others.length, width));
        return NDArrays.concat(new NDList(own, more));
    }
}
