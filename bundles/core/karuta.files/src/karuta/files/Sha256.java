package karuta.files;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256, as hexadecimal digits. */
public final class Sha256 {

    /** How many digits a hash has. */
    public static final int DIGITS = 64;

    private static final int CHUNK = 1 << 16;

    private final MessageDigest digest;

    /** Of nothing yet. */
    public Sha256() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    /** Goes on with these bytes. */
    public Sha256 add(ByteBuffer bytes) {
        digest.update(bytes);
        return this;
    }

    /** Goes on with these bytes. */
    public Sha256 add(byte[] bytes) {
        return add(ByteBuffer.wrap(bytes));
    }

    /**
     * Goes on with a part of a file.
     *
     * @throws IOException if the file ends before
     */
    public Sha256 add(FileChannel file, long from, long length) throws IOException {
        var chunk = ByteBuffer.allocate(CHUNK);
        for (var done = 0L; done < length; done += chunk.limit()) {
            chunk.clear().limit((int) Math.min(CHUNK, length - done));
            while (chunk.hasRemaining()) {
                if (file.read(chunk, from + done + chunk.position()) < 0) {
                    throw new IOException(
                            "it ends after " + (from + done + chunk.position()) + " of " + (from + length) + " bytes");
                }
            }
            digest.update(chunk.flip());
        }
        return this;
    }

    /** The 32 bytes of the hash of all that was added; nothing can be added any more. */
    public byte[] bytes() {
        return digest.digest();
    }

    /** The 64 digits of the hash of all that was added; nothing can be added any more. */
    public String hex() {
        return HexFormat.of().formatHex(bytes());
    }

    /** The hash of all that comes out of a stream. */
    public static String of(InputStream in) throws IOException {
        var all = new Sha256();
        in.transferTo(new DigestOutputStream(OutputStream.nullOutputStream(), all.digest));
        return all.hex();
    }

    /** The hash of a text in UTF-8. */
    public static String of(String text) {
        return new Sha256().add(text.getBytes(StandardCharsets.UTF_8)).hex();
    }

    /** The hash of a file, as {@code sha256sum} prints it. */
    public static String of(Path file) throws IOException {
        try (var channel = FileChannel.open(file)) {
            return new Sha256().add(channel, 0, channel.size()).hex();
        }
    }
}
