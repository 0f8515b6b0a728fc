package karuta.engine.features;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import karuta.files.Sha256;

/** SHA-256 of bytes, or of texts, each with its length, so that no two lists of texts look alike. */
public final class Hash {

    private final byte[] digest;

    private Hash(byte[] digest) {
        this.digest = digest;
    }

    /** The hash of some texts in their order. */
    public static Hash of(String... texts) {
        var sha = new Sha256();
        for (var text : texts) {
            var bytes = text.getBytes(StandardCharsets.UTF_8);
            sha.add(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array())
                    .add(bytes);
        }
        return new Hash(sha.bytes());
    }

    /** All 64 hexadecimal digits. */
    public String hex() {
        return HexFormat.of().formatHex(digest);
    }

    /** All 32 bytes. */
    public byte[] bytes() {
        return digest.clone();
    }

    /** The first 64 bits. */
    public long bits() {
        return ByteBuffer.wrap(digest).getLong();
    }
}
