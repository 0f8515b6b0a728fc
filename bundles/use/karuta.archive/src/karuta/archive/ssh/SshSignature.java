package karuta.archive.ssh;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import karuta.api.KarutaException;

/**
 * A signature as {@code ssh-keygen -Y sign} makes it.
 *
 * @param key that has signed, by its own words
 * @param purpose which messages it holds for; git's is {@value #GIT}
 * @param hash {@code sha512} or {@code sha256}
 * @param bytes the signature itself with its algorithm's name
 * @see <a href="https://github.com/openssh/openssh-portable/blob/master/PROTOCOL.sshsig">PROTOCOL.sshsig</a>
 */
public record SshSignature(SshKey key, String purpose, String hash, byte[] bytes) {

    /** The namespace of what git signs. */
    public static final String GIT = "git";

    private static final String BEGIN = "-----BEGIN SSH SIGNATURE-----";
    private static final String END = "-----END SSH SIGNATURE-----";
    private static final byte[] MAGIC = "SSHSIG".getBytes(StandardCharsets.US_ASCII);

    /**
     * Reads one.
     *
     * @throws KarutaException if it is none, or one of another version or by a key that Karuta cannot use
     */
    public static SshSignature parse(String lines) {
        try {
            var text = lines.strip();
            if (!text.startsWith(BEGIN) || !text.endsWith(END)) {
                throw new IllegalArgumentException("it does not begin with " + BEGIN + " and end with " + END);
            }
            return read(new Wire(
                    Base64.getMimeDecoder().decode(text.substring(BEGIN.length(), text.length() - END.length()))));
        } catch (IllegalArgumentException broken) {
            throw new KarutaException(
                    "It is no signature by an SSH key: " + broken.getMessage() + ".",
                    "Sign with an SSH key (git: gpg.format ssh).",
                    broken);
        }
    }

    private static SshSignature read(Wire wire) {
        if (!Arrays.equals(wire.bytes(MAGIC.length), MAGIC) || wire.number() != 1) {
            throw new IllegalArgumentException("it is none of version 1");
        }
        var key = SshKey.of(wire.string());
        var purpose = wire.text();
        wire.string(); // reserved
        var hash = wire.text();
        var bytes = wire.string();
        wire.end();
        return new SshSignature(key, purpose, hash, bytes);
    }

    /** Whether it was made by its key for a message of git. */
    public boolean fits(byte[] message) {
        return purpose.equals(GIT) && key.verifies(signed(message), bytes);
    }

    /** What the key itself signs: the message's hash, and what it is for. */
    private byte[] signed(byte[] message) {
        var name = hash.getBytes(StandardCharsets.UTF_8);
        var rest = Wire.strings(purpose.getBytes(StandardCharsets.UTF_8), new byte[0], name, digest(message));
        var all = Arrays.copyOf(MAGIC, MAGIC.length + rest.length);
        System.arraycopy(rest, 0, all, MAGIC.length, rest.length);
        return all;
    }

    private byte[] digest(byte[] message) {
        try {
            return switch (hash) {
                case "sha512" -> MessageDigest.getInstance("SHA-512").digest(message);
                case "sha256" -> MessageDigest.getInstance("SHA-256").digest(message);
                default ->
                    throw new KarutaException(
                            "The signature uses the hash \"" + hash + "\", which its format does not know.",
                            "Sign with ssh-keygen.");
            };
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has SHA-2", impossible);
        }
    }
}
