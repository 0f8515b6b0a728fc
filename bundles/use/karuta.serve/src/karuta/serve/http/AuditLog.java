package karuta.serve.http;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import karuta.api.KarutaException;
import karuta.files.Access;
import karuta.serve.event.Asked;
import karuta.serve.event.Declined;
import karuta.serve.event.Watcher;

/**
 * Writes down who asked when and which cards answered: a line of JSON each, appended to a file that its owner alone may read. What
 * was asked and answered is left out, unless somebody wants it there.
 */
public final class AuditLog implements Watcher, AutoCloseable {

    private final FileChannel file;
    private final boolean contents;

    /**
     * Opens it.
     *
     * @param contents whether questions and answers are written, too; images never are, but their fingerprints
     * @throws KarutaException if it cannot be written to
     */
    public AuditLog(Path path, boolean contents) {
        try {
            Access.PRIVATE.fileIfMissing(path);
            file = FileChannel.open(path, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
        } catch (IOException unwritable) {
            throw new KarutaException(
                    "The audit log " + path + " cannot be written: " + unwritable.getMessage() + ".",
                    "Name another file, or check who owns it.",
                    unwritable);
        }
        this.contents = contents;
    }

    @Override
    public void asked(Asked event) {
        var line = new JsonObject();
        line.addProperty("when", event.when().toString());
        line.addProperty("event", "asked");
        line.addProperty("id", event.id());
        line.addProperty("who", event.who());
        line.addProperty("revision", event.revision());
        line.add("cards", Replies.cards(event.cards()));
        line.addProperty("abstained", event.abstained());
        line.addProperty("seconds", event.seconds());
        line.addProperty("batch", event.batch());
        line.addProperty("images", event.query().images().size());
        line.addProperty("question_tokens", event.tokens().question());
        line.addProperty("answer_tokens", event.tokens().answer());
        if (contents) {
            line.addProperty("question", event.query().instruction());
            var images = new com.google.gson.JsonArray();
            event.query().images().forEach(image -> images.add(image.fingerprint()));
            line.add("image_fingerprints", images);
            line.addProperty("answer", event.answer());
        }
        write(line);
    }

    @Override
    public void declined(Declined event) {
        var line = new JsonObject();
        line.addProperty("when", event.when().toString());
        line.addProperty("event", "declined");
        line.addProperty("who", event.who());
        line.addProperty("status", event.status());
        line.addProperty("why", event.why());
        write(line);
    }

    private void write(JsonObject line) {
        try {
            var bytes = ByteBuffer.wrap((Json.line(line) + "\n").getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                file.write(bytes);
            }
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException stuck) {
            throw new UncheckedIOException(stuck);
        }
    }
}
