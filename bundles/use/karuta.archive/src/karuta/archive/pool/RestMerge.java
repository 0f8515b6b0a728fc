package karuta.archive.pool;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.stream.Stream;
import karuta.api.KarutaException;
import karuta.api.State;
import karuta.safetensors.SealedStates;
import karuta.tensor.SavedNames;
import karuta.tensor.TorchEngine;

/**
 * Puts two versions of what belongs to no card together, array by array and note by note.
 *
 * @param base as it was when they parted; empty if there was none
 * @param ours one version, a safetensors file
 * @param theirs the other one
 */
record RestMerge(Optional<byte[]> base, byte[] ours, byte[] theirs) {

    /** Says how large the last stage was, for the record of a run. Nothing learned depends on it. */
    private static final String TRIFLE = SavedNames.TRAINED;

    /** @throws KarutaException if both have learned the same array or note, each in its way */
    byte[] merged() {
        try (var manager = TorchEngine.manager(Device.cpu())) {
            var was =
                    base.map(bytes -> CardStates.read("state", bytes, manager)).orElse(Map.of());
            var own = CardStates.read("state", ours, manager);
            var other = CardStates.read("state", theirs, manager);
            var merged = new HashMap<String, State>();
            var places = new TreeSet<>(own.keySet());
            places.addAll(other.keySet());
            for (var place : places) {
                merged.put(
                        place,
                        new State(
                                merged(place, was, own, other, State::tensors, RestMerge::same),
                                merged(place, was, own, other, State::metadata, String::equals)));
            }
            return SealedStates.bytes(merged);
        }
    }

    private static boolean same(NDArray one, NDArray other) {
        return one.getDataType() == other.getDataType()
                && one.getShape().equals(other.getShape())
                && Arrays.equals(one.toByteArray(), other.toByteArray());
    }

    private static <T> Map<String, T> merged(
            String place,
            Map<String, State> base,
            Map<String, State> ours,
            Map<String, State> theirs,
            Function<State, Map<String, T>> part,
            BiPredicate<T, T> same) {
        var was = part.apply(base.getOrDefault(place, State.EMPTY));
        var own = part.apply(ours.getOrDefault(place, State.EMPTY));
        var other = part.apply(theirs.getOrDefault(place, State.EMPTY));
        var merged = new HashMap<String, T>();
        Stream.concat(own.keySet().stream(), other.keySet().stream()).distinct().forEach(name -> {
            var mine = Optional.ofNullable(own.get(name));
            var yours = Optional.ofNullable(other.get(name));
            var old = Optional.ofNullable(was.get(name));
            if (equal(mine, yours, same) || equal(yours, old, same) || name.equals(TRIFLE)) {
                mine.ifPresent(value -> merged.put(name, value));
            } else if (equal(mine, old, same)) {
                yours.ifPresent(value -> merged.put(name, value));
            } else {
                throw new KarutaException(
                        "Both have learned \"" + name + "\" of the " + place
                                + ", which belongs to no card alone, each in its way.",
                        "Learn the cards of one of the two again in the other, or keep two pools.");
            }
        });
        return merged;
    }

    private static <T> boolean equal(Optional<T> one, Optional<T> other, BiPredicate<T, T> same) {
        return one.isPresent() && other.isPresent()
                ? same.test(one.get(), other.get())
                : one.isEmpty() && other.isEmpty();
    }
}
