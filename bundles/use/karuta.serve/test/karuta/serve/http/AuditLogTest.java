package karuta.serve.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import karuta.serve.event.Declined;
import karuta.serve.pool.Health;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class AuditLogTest {

    private static final String QUESTION = "{\"question\": \"about Mr. Smith\", \"image\": \"%s\"}";

    private final Health health = new Health();

    @TempDir
    private Path folder;

    private Path file() {
        return folder.resolve("audit.jsonl");
    }

    static AuditLog log(Path file, boolean contents, Health health) {
        return new AuditLog(new Audit(file, contents, 1 << 20, Duration.ofDays(1), 2), InstantSource.system(), health);
    }

    private void ask(boolean contents) throws Exception {
        var tokens = TestSite.tokens(folder);
        try (var log = log(file(), contents, health);
                var site = new TestSite(Optional.of(tokens), Optional.of(log))) {
            site.as("nobody", "/v1/models");
            assertEquals(
                    200,
                    site.send(site.request("/api/ask")
                                    .header("Authorization", "Bearer secret of asker")
                                    .header("Content-Type", "application/json")
                                    .POST(BodyPublishers.ofString(QUESTION.formatted(TestSite.png(3, 3)))))
                            .statusCode());
        }
    }

    @Test
    void itHasWhoAndWhichCardsAndNoContents() throws Exception {
        ask(false);
        var lines = Files.readAllLines(file());
        assertEquals(2, lines.size());
        var asked = JsonParser.parseString(lines.get(1)).getAsJsonObject();
        assertEquals("asker-token", asked.get("who").getAsString());
        var card = asked.getAsJsonArray("cards").get(0).getAsJsonObject();
        assertEquals("birds", card.get("card").getAsString());
        assertFalse(lines.toString().contains("Smith"));
        assertFalse(lines.toString().contains("secret"));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file())));
    }

    @Test
    void itHasContentsWhereTheyAreWanted() throws Exception {
        ask(true);
        var asked = JsonParser.parseString(Files.readAllLines(file()).get(1)).getAsJsonObject();
        assertEquals("about Mr. Smith", asked.get("question").getAsString());
        assertEquals("about Mr. Smith 1", asked.get("answer").getAsString());
        assertEquals(1, asked.getAsJsonArray("imageFingerprints").size());
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void onAFullDiskQuestionsAreAnsweredAndTheServiceSaysSo() throws Exception {
        Files.createSymbolicLink(file(), Path.of("/dev/full"));
        ask(false);
        var trouble = health.troubles().get("audit");
        assertTrue(trouble.startsWith("The disk is full. The audit log "), trouble);
        assertTrue(trouble.contains("Answers go on"), trouble);
    }

    /** A process that may not write files of more than 4 kB. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void whereThereWasNoRoomTheLinesBeforeAreWholeAndThoseThatAreMissingAreCounted() throws Exception {
        var process = Child.start("ulimit -f 4; ", FullDisk.class, file().toString());
        var said = List.of(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).split("\n"));
        assertEquals(0, process.waitFor(), said.toString());
        assertTrue(said.get(0).contains("The disk is full. The audit log "), said.toString());
        var written = Integer.parseInt(said.get(1));
        assertTrue(written > 5 && written < 100, said.toString());
        assertEquals("{}", said.get(2));
        var lines = Files.readAllLines(file());
        assertEquals(2, lines.size());
        var gap = JsonParser.parseString(lines.get(0)).getAsJsonObject();
        assertEquals("missing", gap.get("event").getAsString());
        assertEquals(100 - written, gap.get("lines").getAsInt());
    }

    /** Writes a hundred lines, and one more when there is room again. */
    public static final class FullDisk {

        private FullDisk() {}

        public static void main(String[] file) throws IOException {
            var health = new Health();
            var event = new Declined(Instant.EPOCH, "x".repeat(40), 400, "none");
            try (var log = log(Path.of(file[0]), false, health)) {
                for (var i = 0; i < 100; i++) {
                    log.declined(event);
                }
                System.out.println(health.troubles());
                var lines = Files.readAllLines(Path.of(file[0]));
                lines.forEach(JsonParser::parseString);
                System.out.println(lines.size());
                Files.writeString(Path.of(file[0]), "");
                log.declined(event);
                System.out.println(health.troubles().equals(Map.of()) ? "{}" : health.troubles());
            }
        }
    }
}
