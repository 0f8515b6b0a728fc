package karuta.serve.http;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.InstantSource;
import karuta.api.KarutaException;
import karuta.files.FullDisk;
import karuta.serve.event.Asked;
import karuta.serve.event.Declined;
import karuta.serve.event.Watcher;
import karuta.serve.pool.Health;

/**
 * Writes down who asked when and which cards answered: a line of JSON each, appended to a file that its owner alone may read. What
 * was asked and answered is left out, unless somebody wants it there. Where a line cannot be written, answers go on, and the next one that can
 * says how many are missing.
 */
public final class AuditLog implements Watcher, AutoCloseable {

    /** With what trouble is. */
    private static final String AUDIT = "audit";

    private final Audit audit;
    private final AuditFile file;
    private final Health health;
    private final InstantSource clock;
    private long missing;

    /**
     * Opens it.
     *
     * @param clock of this machine, for the age of files
     * @param health is told where it cannot be written
     * @throws KarutaException if it cannot be written to
     */
    public AuditLog(Audit audit, InstantSource clock, Health health) {
        this.audit = audit;
        this.clock = clock;
        this.health = health;
        try {
            file = new AuditFile(audit, clock);
        } catch (IOException unwritable) {
            throw new KarutaException(
                    "The audit log " + audit.file() + " cannot be written: " + unwritable.getMessage() + ".",
                    "Name another file, or check who owns it.",
                    unwritable);
        }
    }

    private static JsonObject line(Instant when, String event) {
        var line = new JsonObject();
        line.addProperty("when", when.toString());
        line.addProperty("event", event);
        return line;
    }

    @Override
    public void asked(Asked event) {
        var line = line(event.when(), "asked");
        line.addProperty("id", event.id());
        line.addProperty("who", event.who());
        line.addProperty("revision", event.revision());
        line.add("cards", Replies.cards(event.cards()));
        line.addProperty("abstained", event.abstained());
        line.addProperty("seconds", event.seconds());
        line.addProperty("batch", event.batch());
        line.addProperty("images", event.query().images().size());
        line.addProperty("questionTokens", event.tokens().question());
        line.addProperty("answerTokens", event.tokens().answer());
        if (audit.contents()) {
            line.addProperty("question", event.query().instruction());
            var images = new JsonArray();
            event.query().images().forEach(image -> images.add(image.fingerprint()));
            line.add("imageFingerprints", images);
            line.addProperty("answer", event.answer());
        }
        write(line);
    }

    @Override
    public void declined(Declined event) {
        var line = line(event.when(), "declined");
        line.addProperty("who", event.who());
        line.addProperty("status", event.status());
        line.addProperty("why", event.why());
        write(line);
    }

    private void write(JsonObject line) {
        try {
            tellMissing();
            file.append(Json.line(line));
        } catch (IOException full) {
            missing++;
            trouble(" cannot be written", full, "Answers go on without it.");
            return;
        }
        try {
            file.turn();
            health.well(AUDIT);
        } catch (IOException stuck) {
            trouble(" cannot be set aside", stuck, "It grows.");
        }
    }

    private void tellMissing() throws IOException {
        if (missing > 0) {
            var gap = line(clock.instant(), "missing");
            gap.addProperty("lines", missing);
            file.append(Json.line(gap));
            missing = 0;
        }
    }

    private void trouble(String what, IOException failed, String so) {
        health.trouble(
                AUDIT,
                FullDisk.words(failed) + "The audit log " + audit.file() + what + ": " + failed.getMessage() + ". "
                        + so);
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
