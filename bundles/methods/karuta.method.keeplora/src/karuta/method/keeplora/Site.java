package karuta.method.keeplora;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import karuta.api.BackboneSpec.Linear;
import karuta.api.Insert;
import karuta.api.StrategyContext;
import karuta.tensor.LoraLayer;
import karuta.tensor.SavedNames;

/**
 * A linear layer: what is taken of it, what has been learned, and what is being learned.
 *
 * @param linear which
 * @param taken directions that are not touched any more
 * @param merged all that earlier stages learned, {@code A} and {@code B} of rank sum of r
 * @param open what the stage learns; empty between stages, and where no direction is left
 */
record Site(Linear linear, Subspace taken, Optional<Factors> merged, Optional<Open> open) {

    /**
     * @param a {@code [r, in]}
     * @param b {@code [out, r]}
     */
    record Factors(NDArray a, NDArray b) {

        /** The sum of both products, exactly: {@code [B b] [A; a]}. */
        Factors beside(Factors other) {
            return new Factors(NDArrays.concat(new NDList(a, other.a)), NDArrays.concat(new NDList(b, other.b), 1));
        }

        Factors kept(StrategyContext context) {
            return new Factors(context.keep(a), context.keep(b));
        }
    }

    /**
     * @param a frozen, {@code [r, in]}
     * @param b trained, {@code [out, r]}
     * @param start where B starts; W is shifted by it, so that what counts is {@code B - start}; empty for zero
     */
    record Open(NDArray a, NDArray b, Optional<NDArray> start) {

        Factors learned() {
            return new Factors(a, start.map(b::sub).orElse(b));
        }
    }

    /** What is put into the backbone, with gradients into B. */
    Stream<Insert> inserts(double scale) {
        return Stream.concat(merged.stream(), open.stream().map(Open::learned))
                .map(factors -> new Insert.Adapter(linear.name(), new LoraLayer(factors.a(), factors.b(), scale)));
    }

    Site opened(Optional<Open> next) {
        return new Site(linear, taken, merged, next);
    }

    Site grown(Subspace subspace) {
        return new Site(linear, subspace, merged, open);
    }

    /** What the stage learned, beside what earlier ones did. */
    Site closed(StrategyContext context) {
        if (open.isEmpty()) {
            return this;
        }
        var learned = open.get().learned();
        var both = merged.map(old -> old.beside(learned)).orElse(learned);
        return new Site(linear, taken, Optional.of(both.kept(context)), Optional.empty());
    }

    /** How many numbers are kept of it. */
    long size() {
        return tensors().values().stream().mapToLong(NDArray::size).sum();
    }

    /** All of it, by name. */
    Map<String, NDArray> tensors() {
        var tensors = new LinkedHashMap<String, NDArray>();
        var name = linear.name();
        tensors.put(name + ".M", taken.m());
        merged.ifPresent(factors -> {
            tensors.put(name + SavedNames.LORA_A, factors.a());
            tensors.put(name + SavedNames.LORA_B, factors.b());
        });
        open.ifPresent(factors -> {
            tensors.put(name + ".open" + SavedNames.LORA_A, factors.a());
            tensors.put(name + ".open" + SavedNames.LORA_B, factors.b());
            factors.start().ifPresent(start -> tensors.put(name + ".open.start", start));
        });
        return tensors;
    }
}
