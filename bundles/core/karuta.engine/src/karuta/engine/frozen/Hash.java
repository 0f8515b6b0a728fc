package karuta.engine.frozen;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 of bytes, or of texts, each with its length, so that no two lists of texts look alike. */
public final class Hash {

    private final byte[] digest;

    private Hash(byte[] digest) {
        this.digest = digest;
    }

    /** The hash of some texts in their order. */
    public static Hash of(String... texts) {
        try {
            var sha = MessageDigest.getInstance("SHA-256");
            for (var text : texts) {
                var bytes = text.getBytes(StandardCharsets.UTF_8);
                sha.update(
                        ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
                sha.update(bytes);
            }
            return new Hash(sha.digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    /** The hash of all bytes of a stream. */
    public static Hash of(InputStream in) throws IOException {
        try {
            var sha = MessageDigest.getInstance("SHA-256");
            in.transferTo(new DigestOutputStream(OutputStream.nullOutputStream(), sha));
            return new Hash(sha.digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
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
