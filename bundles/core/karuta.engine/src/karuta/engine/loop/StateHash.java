package karuta.engine.loop;

import ai.djl.ndarray.NDArray;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import karuta.api.State;
import karuta.engine.frozen.Hash;

/** Tells whether what a learner keeps is the same, bit for bit. */
final class StateHash {

    private StateHash() {}

    /** SHA-256 of states by name. */
    static String of(Map<String, State> states) {
        try {
            var sha = MessageDigest.getInstance("SHA-256");
            new TreeMap<>(states).forEach((place, state) -> {
                text(sha, place);
                new TreeMap<>(state.notes()).forEach((name, note) -> {
                    text(sha, name);
                    text(sha, note);
                });
                new TreeMap<>(state.tensors()).forEach((name, tensor) -> tensor(sha, name, tensor));
            });
            return HexFormat.of().formatHex(sha.digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    private static void tensor(MessageDigest sha, String name, NDArray tensor) {
        text(sha, name);
        text(sha, tensor.getDataType() + " " + tensor.getShape());
        sha.update(tensor.toByteBuffer());
    }

    private static void text(MessageDigest sha, String text) {
        sha.update(Hash.of(text).bytes());
    }
}
