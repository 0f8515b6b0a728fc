package karuta.api;

import ai.djl.ndarray.NDArray;
import java.util.LinkedHashMap;
import java.util.Map;

/** Puts loss terms together, see {@link Trainable#losses}. */
public final class LossTerms {

    private LossTerms() {}

    /**
     * Both, in their order.
     *
     * @throws KarutaException if both have a term of one name: one would take the other's place
     */
    public static Map<String, NDArray> plus(Map<String, NDArray> terms, Map<String, NDArray> more) {
        var all = new LinkedHashMap<>(terms);
        more.forEach((name, term) -> {
            if (all.put(name, term) != null) {
                throw new KarutaException(
                        "Two loss terms are called \"" + name + "\", so that one of them would not be learned from.",
                        "Let each part of the learner name its terms otherwise.");
            }
        });
        return all;
    }
}
