package karuta.serve.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import karuta.api.KarutaException;

/**
 * Who may call: a file with a line {@code NAME ROLE SHA256} for each token. The tokens themselves stand nowhere; each is long and
 * random, so its plain hash gives nothing away. Lines that are empty or begin with {@code #} do not count.
 */
public final class TokenFile {

    private static final Pattern LINE = Pattern.compile("(\\S{1,64})\\s+(\\S+)\\s+([0-9a-fA-F]{64})");

    private final Map<Caller, byte[]> hashes;

    private TokenFile(Map<Caller, byte[]> hashes) {
        this.hashes = hashes;
    }

    /**
     * Reads it.
     *
     * @throws KarutaException if it cannot be read, is not as it must be, or others than its owner may write to it
     */
    public static TokenFile read(Path file) {
        try {
            guarded(file);
            return parse(file, Files.readAllLines(file));
        } catch (IOException unreadable) {
            throw new KarutaException(
                    "The tokens cannot be read from " + file + ": " + unreadable.getMessage() + ".",
                    "Name a file with a line \"NAME ROLE SHA256\" for each token.",
                    unreadable);
        }
    }

    private static void guarded(Path file) throws IOException {
        if (!file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return;
        }
        var strangers = Files.getPosixFilePermissions(file).stream()
                .filter(right ->
                        right.name().endsWith("_WRITE") && !right.name().startsWith("OWNER"))
                .findFirst();
        if (strangers.isPresent()) {
            throw new KarutaException(
                    "Others than its owner may write to " + file + ", and so give themselves any role.",
                    "chmod 600 " + file);
        }
    }

    private static TokenFile parse(Path file, List<String> lines) {
        var hashes = new LinkedHashMap<Caller, byte[]>();
        var names = new java.util.HashSet<String>();
        for (var i = 0; i < lines.size(); i++) {
            var line = lines.get(i).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            var match = LINE.matcher(line);
            var role = match.matches() ? role(match.group(2)) : Optional.<Role>empty();
            if (role.isEmpty() || !names.add(match.group(1))) {
                throw new KarutaException(
                        file + ":" + (i + 1) + ": this is no token, or a name that is there already.",
                        "Write NAME ROLE SHA256, the role being asker, learner or admin, the hash that of the token:"
                                + " printf %s TOKEN | sha256sum");
            }
            hashes.put(new Caller(match.group(1), role.get()), HexFormat.of().parseHex(match.group(3)));
        }
        if (hashes.isEmpty()) {
            throw new KarutaException(file + " has no token, so nobody could call.", "Add one, or leave --tokens out.");
        }
        return new TokenFile(hashes);
    }

    private static Optional<Role> role(String word) {
        for (var role : Role.values()) {
            if (role.name().toLowerCase(Locale.ROOT).equals(word)) {
                return Optional.of(role);
            }
        }
        return Optional.empty();
    }

    /** Whose a token is. It takes the same time whichever it is, and whether it is one. */
    Optional<Caller> find(String token) {
        var shown = sha256(token);
        var found = Optional.<Caller>empty();
        for (var entry : hashes.entrySet()) {
            if (MessageDigest.isEqual(entry.getValue(), shown)) {
                found = Optional.of(entry.getKey());
            }
        }
        return found;
    }

    private static byte[] sha256(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible); // every Java platform has SHA-256
        }
    }
}
