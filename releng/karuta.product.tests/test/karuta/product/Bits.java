package karuta.product;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What equal runs must leave equal, bit for bit. */
final class Bits {

    private Bits() {}

    /** SHA-256 of matrices, predictions and checkpoints, by folder and file. */
    static Map<String, String> of(Path root) throws IOException {
        var bits = new TreeMap<String, String>();
        try (var files = Files.walk(root)) {
            for (var file : files.filter(Bits::counts).toList()) {
                bits.put(root.relativize(file).toString(), sha256(Files.readAllBytes(file)));
            }
        }
        return bits;
    }

    private static boolean counts(Path file) {
        var name = file.getFileName().toString();
        return List.of("matrix.json", "predictions.jsonl").contains(name)
                || name.matches("checkpoint-\\d+.safetensors");
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
