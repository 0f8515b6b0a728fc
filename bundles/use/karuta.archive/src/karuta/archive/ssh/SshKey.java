package karuta.archive.ssh;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import karuta.api.KarutaException;

/**
 * A public key of SSH: ed25519, or RSA of at least 2048 bits.
 *
 * @param type {@code ssh-ed25519} or {@code ssh-rsa}
 * @param base64 the key as OpenSSH writes it
 */
public record SshKey(String type, String base64) {

    private static final String ED25519 = "ssh-ed25519";
    private static final String RSA = "ssh-rsa";
    private static final int SHORTEST_RSA = 2048;

    /** An ed25519 key as X.509 has it (RFC 8410) is this and the key's 32 bytes. */
    private static final byte[] ED25519_X509 = HexFormat.of().parseHex("302a300506032b6570032100");

    private static final String REMEDY = "Name the file that \"ssh-keygen -t ed25519\" has made and that ends in .pub.";

    /** @throws KarutaException if it is no key, or one of another kind */
    public SshKey {
        try {
            publicKey(type, base64);
        } catch (GeneralSecurityException | IllegalArgumentException unfit) {
            throw new KarutaException(
                    "\"" + type + " " + base64 + "\" is no public key that Karuta can use: " + unfit.getMessage() + ".",
                    REMEDY,
                    unfit);
        }
    }

    /** The key of some bytes in which its kind stands, too. */
    static SshKey of(byte[] blob) {
        return new SshKey(new Wire(blob).text(), Base64.getEncoder().encodeToString(blob));
    }

    /**
     * Reads a line of a {@code .pub} file.
     *
     * @throws KarutaException if it is none
     */
    public static SshKey parse(String line) {
        var words = line.strip().split("\\s+");
        if (words.length < 2) {
            throw new KarutaException("\"" + line.strip() + "\" is no public key of SSH.", REMEDY);
        }
        return new SshKey(words[0], words[1]);
    }

    /**
     * Reads a {@code .pub} file.
     *
     * @throws KarutaException if there is no key in it
     */
    public static List<SshKey> read(Path file) {
        try {
            var keys = Files.readAllLines(file).stream()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(SshKey::parse)
                    .toList();
            if (keys.isEmpty()) {
                throw new KarutaException(file + " is empty.", REMEDY);
            }
            return keys;
        } catch (IOException unreadable) {
            throw new KarutaException(
                    "The public key " + file + " cannot be read: " + unreadable.getMessage(), REMEDY, unreadable);
        }
    }

    private static PublicKey publicKey(String type, String base64) throws GeneralSecurityException {
        var wire = new Wire(Base64.getDecoder().decode(base64));
        if (!wire.text().equals(type)) {
            throw new IllegalArgumentException("it says itself that it is of another kind");
        }
        return switch (type) {
            case ED25519 -> {
                var point = wire.string();
                wire.end();
                var encoded =
                        HexFormat.of().formatHex(ED25519_X509) + HexFormat.of().formatHex(point);
                yield KeyFactory.getInstance("Ed25519")
                        .generatePublic(new X509EncodedKeySpec(HexFormat.of().parseHex(encoded)));
            }
            case RSA -> {
                var exponent = wire.natural();
                var modulus = wire.natural();
                wire.end();
                if (modulus.bitLength() < SHORTEST_RSA || exponent.compareTo(BigInteger.ONE) <= 0) {
                    throw new IllegalArgumentException("an RSA key wants " + SHORTEST_RSA + " bits");
                }
                yield KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(modulus, exponent));
            }
            default -> throw new IllegalArgumentException("it is none of " + ED25519 + " and " + RSA);
        };
    }

    /**
     * Whether this key has signed a message.
     *
     * @param signature what SSH calls so: the algorithm's name and the signature itself
     */
    boolean verifies(byte[] message, byte[] signature) {
        try {
            var wire = new Wire(signature);
            var verification = Signature.getInstance(algorithm(wire.text()));
            var bytes = wire.string();
            wire.end();
            verification.initVerify(publicKey(type, base64));
            verification.update(message);
            return verification.verify(bytes);
        } catch (GeneralSecurityException | IllegalArgumentException unfit) {
            return false;
        }
    }

    /** What Java calls an algorithm that goes with this key; never one with SHA-1. */
    private String algorithm(String name) {
        return switch (type + " " + name) {
            case ED25519 + " " + ED25519 -> "Ed25519";
            case RSA + " rsa-sha2-512" -> "SHA512withRSA";
            case RSA + " rsa-sha2-256" -> "SHA256withRSA";
            default -> throw new IllegalArgumentException(name + " does not go with a key of " + type);
        };
    }

    /** The key as people compare it: {@code ssh-keygen -l} prints the same. */
    public String fingerprint() {
        try {
            var hash = MessageDigest.getInstance("SHA-256")
                    .digest(Base64.getDecoder().decode(base64));
            return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(hash);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    @Override
    public String toString() {
        return type + " " + base64;
    }
}
