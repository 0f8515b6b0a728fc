package karuta.api;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * What samples choose among: the cards of a pool, oldest first, and what has been computed of those that do not change. The
 * keys of a thousand cards are made one matrix once, not for every batch: see {@link #once}.
 */
public final class Cards implements AutoCloseable {

    private final List<Card> all;
    private final int[] frozen;
    private final int[] trainable;
    private final Map<Class<?>, AutoCloseable> computed;

    private Cards(List<Card> all, int[] frozen, Map<Class<?>, AutoCloseable> computed) {
        this.all = all;
        this.frozen = frozen;
        trainable = places(all, true);
        this.computed = computed;
    }

    /** Cards of which nothing has been computed. */
    public static Cards of(List<Card> cards) {
        return new Cards(List.copyOf(cards), places(cards, false), new HashMap<>());
    }

    private static int[] places(List<Card> cards, boolean trainable) {
        return IntStream.range(0, cards.size())
                .filter(i -> cards.get(i).trainable() == trainable)
                .toArray();
    }

    /** The cards as they are now. What has been computed stays as long as the frozen ones are the same objects. */
    public Cards now(List<Card> cards) {
        var places = places(cards, false);
        var same = places.length == frozen.length
                && IntStream.range(0, places.length).allMatch(i -> cards.get(places[i]) == all.get(frozen[i]));
        if (!same) {
            close();
        }
        return new Cards(List.copyOf(cards), places, same ? computed : new HashMap<>());
    }

    /** All of them, oldest first. */
    public List<Card> all() {
        return all;
    }

    /** How many there are. */
    public int size() {
        return all.size();
    }

    /** A card by its place. */
    public Card get(int place) {
        return all.get(place);
    }

    /** The places of the cards that are not trained now. */
    public int[] frozen() {
        return frozen.clone();
    }

    /** The places of the cards that are trained now. */
    public int[] trainable() {
        return trainable.clone();
    }

    /**
     * What is computed of the frozen cards: once, as long as they stay the same.
     *
     * @param kind what it is
     * @param compute makes it of the frozen cards, in their order; it must own its arrays and is closed when it is outdated
     */
    public <T extends AutoCloseable> T once(Class<T> kind, Function<List<Card>, T> compute) {
        return kind.cast(computed.computeIfAbsent(
                kind,
                key -> compute.apply(IntStream.of(frozen).mapToObj(all::get).toList())));
    }

    /** Frees what has been computed. */
    @Override
    public void close() {
        var old = new ArrayList<>(computed.values());
        computed.clear();
        for (var value : old) {
            try {
                value.close();
            } catch (RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new IllegalStateException("what was computed of cards cannot be freed", e);
            }
        }
    }
}
