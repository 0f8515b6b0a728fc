package karuta.archive.ssh;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import karuta.api.KarutaException;
import karuta.archive.git.Signer;

/**
 * A key of SSH that signs by the program {@code ssh-keygen}. It asks for a passphrase on the terminal, or takes the key from
 * the agent where {@code file} is a public one; it refuses a secret key that others may read.
 *
 * @param file a secret key, or a public one whose secret half is beside it or with the agent
 */
public record SigningKey(Path file) implements Signer {

    private static final String PROGRAM = "ssh-keygen";

    /** @throws KarutaException if there is no such file */
    public SigningKey {
        if (!Files.isRegularFile(file)) {
            throw new KarutaException(
                    "There is no key " + file + " to sign with.",
                    "Name your SSH key by --sign FILE; \"ssh-keygen -t ed25519\" makes one.");
        }
    }

    @Override
    public String sign(byte[] commit) {
        try {
            var process =
                    new ProcessBuilder(PROGRAM, "-Y", "sign", "-n", SshSignature.GIT, "-f", file.toString()).start();
            try (var in = process.getOutputStream()) {
                in.write(commit);
            } catch (IOException ended) {
                // it says below why it does not listen
            }
            var signature = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            var words = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new KarutaException(
                        "The key " + file + " has not signed: " + said(words),
                        "Is it yours alone (chmod 600), and its passphrase the right one? A key of the agent (ssh-add) is"
                                + " named by its .pub file.");
            }
            return signature.strip();
        } catch (IOException missing) {
            throw new KarutaException(
                    "The program " + PROGRAM + ", which signs, cannot be started: " + missing.getMessage(),
                    "Install OpenSSH (Debian: apt-get install openssh-client).",
                    missing);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new KarutaException("Signing was stopped.", "Nothing was changed.", stopped);
        }
    }

    /** What the program says, without its frame and what it always says. */
    private static String said(String words) {
        return words.lines()
                .filter(line -> !line.startsWith("@") && !line.startsWith("Signing data"))
                .map(String::strip)
                .collect(Collectors.joining(" "));
    }
}
