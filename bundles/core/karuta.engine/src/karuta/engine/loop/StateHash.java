package karuta.engine.loop;

import ai.djl.ndarray.NDArray;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import karuta.api.Parameter;
import karuta.api.State;
import karuta.engine.features.Hash;
import karuta.files.Sha256;

/** Tells whether what a learner keeps is the same, bit for bit. */
public final class StateHash {

    private StateHash() {}

    /** SHA-256 of states by name. */
    public static String of(Map<String, State> states) {
        var sha = new Sha256();
        new TreeMap<>(states).forEach((place, state) -> {
            text(sha, place);
            new TreeMap<>(state.metadata()).forEach((name, note) -> {
                text(sha, name);
                text(sha, note);
            });
            new TreeMap<>(state.tensors()).forEach((name, tensor) -> tensor(sha, name, tensor));
        });
        return sha.hex();
    }

    /** SHA-256 of the values of parameters by name. */
    static String of(List<Parameter> parameters) {
        var sha = new Sha256();
        parameters.stream()
                .sorted(Comparator.comparing(Parameter::name))
                .forEach(parameter -> tensor(sha, parameter.name(), parameter.value()));
        return sha.hex();
    }

    private static void tensor(Sha256 sha, String name, NDArray tensor) {
        text(sha, name);
        text(sha, tensor.getDataType() + " " + tensor.getShape());
        sha.add(tensor.toByteBuffer());
    }

    private static void text(Sha256 sha, String text) {
        sha.add(Hash.of(text).bytes());
    }
}
