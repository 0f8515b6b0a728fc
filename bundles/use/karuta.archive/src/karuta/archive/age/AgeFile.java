package karuta.archive.age;

import com.exceptionfactory.jagged.PayloadException;
import com.exceptionfactory.jagged.UnsupportedRecipientStanzaException;
import com.exceptionfactory.jagged.framework.stream.StandardDecryptingChannelFactory;
import com.exceptionfactory.jagged.framework.stream.StandardEncryptingChannelFactory;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.security.GeneralSecurityException;
import java.util.List;
import karuta.api.KarutaException;

/** Closes and opens contents in the age format, in memory: nothing is handed out before all of it is authentic. */
public final class AgeFile {

    private AgeFile() {}

    /**
     * Closes contents.
     *
     * @param recipients who may open them, at least one
     */
    public static byte[] close(byte[] clear, List<Recipient> recipients) {
        if (recipients.isEmpty()) {
            throw new IllegalArgumentException("nobody could open it");
        }
        var closed = new ByteArrayOutputStream(clear.length + 1024);
        var writers = recipients.stream().map(Recipient::writer).toList();
        try (var channel =
                new StandardEncryptingChannelFactory().newEncryptingChannel(Channels.newChannel(closed), writers)) {
            var bytes = ByteBuffer.wrap(clear);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException | GeneralSecurityException failed) {
            throw new KarutaException(
                    "A card could not be encrypted: " + failed.getMessage(),
                    "Use a Java with ChaCha20-Poly1305 and X25519; every JDK of OpenJDK has them.",
                    failed);
        }
        return closed.toByteArray();
    }

    /**
     * Opens contents.
     *
     * @param name for messages
     * @throws KarutaException if none of the keys is a recipient's, or a bit of the contents is not as it was
     */
    public static byte[] open(String name, byte[] closed, List<Identity> identities) {
        if (identities.isEmpty()) {
            throw new KarutaException(name + " is encrypted.", "Name your key file by --identity FILE.");
        }
        var readers = identities.stream().map(Identity::reader).toList();
        try (var channel = new StandardDecryptingChannelFactory()
                .newDecryptingChannel(Channels.newChannel(new ByteArrayInputStream(closed)), readers)) {
            return Channels.newInputStream(channel).readAllBytes();
        } catch (UnsupportedRecipientStanzaException stranger) {
            throw new KarutaException(
                    name
                            + " cannot be opened with the given key: it is encrypted to others, or its header was changed.",
                    "Name another key file by --identity FILE, or ask who protects the pool to add your public key.",
                    stranger);
        } catch (PayloadException changed) {
            throw damaged(name, "its contents are not as they were closed, or cut off", changed);
        } catch (IOException | GeneralSecurityException | RuntimeException broken) {
            throw damaged(name, "it is no file of the age format, or its header was changed", broken);
        }
    }

    private static KarutaException damaged(String name, String why, Exception cause) {
        return new KarutaException(
                name + " is damaged: " + why + ".",
                "\"karuta pool rollback\" goes back to a revision from before.",
                cause);
    }
}
