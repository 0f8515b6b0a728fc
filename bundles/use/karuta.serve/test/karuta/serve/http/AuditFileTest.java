package karuta.serve.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuditFileTest {

    private static final Duration LONG = Duration.ofDays(30);

    private Instant now = Instant.parse("2026-11-27T12:00:00Z");

    @TempDir
    private Path folder;

    private Path path() {
        return folder.resolve("audit.jsonl");
    }

    private AuditFile open(long bytes, int files) throws IOException {
        return new AuditFile(new Audit(path(), false, bytes, LONG, files), () -> now);
    }

    private String line(int number) {
        return AuditFile.BEGINNING + now + "\",\"n\":" + number + "}";
    }

    private void write(AuditFile file, int from, int to) throws IOException {
        for (var i = from; i < to; i++) {
            file.append(line(i));
            file.turn();
        }
    }

    private List<String> names() throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    /** All lines, the oldest file first. */
    private List<String> lines() throws IOException {
        var lines = new ArrayList<String>();
        for (var name : names().subList(1, names().size())) {
            lines.addAll(Files.readAllLines(folder.resolve(name)));
        }
        lines.addAll(Files.readAllLines(path()));
        return lines;
    }

    private List<String> lines(int from, int to) {
        return IntStream.range(from, to).mapToObj(this::line).toList();
    }

    @Test
    void aFileThatIsLargeIsSetAsideAndOnlySoManyAreKept() throws IOException {
        var tenLines = 10L * (line(10).length() + 1);
        try (var file = open(tenLines, 3)) {
            write(file, 10, 25);
            assertEquals(List.of("audit.jsonl", "audit.jsonl.000001"), names());
            assertEquals(lines(10, 25), lines());
            write(file, 25, 65);
        }
        assertEquals(List.of("audit.jsonl", "audit.jsonl.000004", "audit.jsonl.000005"), names());
        assertEquals(lines(40, 65), lines());
        try (var file = open(tenLines, 2)) {
            write(file, 65, 66);
        }
        assertEquals(List.of("audit.jsonl", "audit.jsonl.000005"), names());
        assertEquals(lines(50, 66), lines());
    }

    @Test
    void aFileThatIsOldIsSetAsideAlsoWhereTheServiceBeganAnewMeanwhile() throws IOException {
        try (var file = open(1 << 20, 3)) {
            write(file, 0, 2);
        }
        now = now.plus(LONG).minusSeconds(1);
        try (var file = open(1 << 20, 3)) {
            write(file, 2, 3);
            assertEquals(List.of("audit.jsonl"), names());
            now = now.plusSeconds(1);
            write(file, 3, 4);
            assertEquals(List.of("audit.jsonl", "audit.jsonl.000001"), names());
            write(file, 4, 5);
        }
        assertEquals(List.of(line(4)), Files.readAllLines(path()));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 5, 9, 20, 70_000})
    void aLineThatWasNotWrittenToItsEndIsCutOffAndNoOther(int torn) throws IOException {
        var begun = (AuditFile.BEGINNING + now + "\",\"x\":\"" + "x".repeat(100_000)).substring(0, torn);
        Files.writeString(path(), begun);
        try (var file = open(1 << 20, 2)) {
            write(file, 0, 2);
        }
        assertEquals(lines(0, 2), Files.readAllLines(path()));
        Files.writeString(path(), begun, StandardOpenOption.APPEND);
        try (var file = open(1 << 20, 2)) {
            write(file, 2, 3);
        }
        assertEquals(lines(0, 3), Files.readAllLines(path()));
    }

    @Test
    void whatIsNoAuditLogIsLeftAsItIs() throws IOException {
        Files.writeString(path(), "root:x:0:0:root");
        var refused = assertThrows(IOException.class, () -> open(1, 1));
        assertTrue(String.valueOf(refused.getMessage()).contains("something else"), refused.toString());
        assertEquals("root:x:0:0:root", Files.readString(path()));
        Files.delete(path());
        Files.writeString(folder.resolve("audit.jsonl.1"), "of somebody else");
        Files.writeString(folder.resolve("audit.jsonl.old"), "of somebody else");
        try (var file = open(1, 1)) {
            write(file, 0, 3);
        }
        assertEquals(List.of("audit.jsonl", "audit.jsonl.1", "audit.jsonl.old"), names());
    }

    @Test
    void whatSomebodyElseHasSetAsideIsNotSetAsideAgain() throws IOException {
        try (var file = open(line(0).length() * 3L, 5)) {
            write(file, 0, 2);
            Files.move(path(), folder.resolve("moved"));
            write(file, 2, 5);
        }
        assertEquals(List.of("audit.jsonl", "moved"), names());
        assertEquals(lines(0, 3), Files.readAllLines(folder.resolve("moved")));
        assertEquals(lines(3, 5), Files.readAllLines(path()));
    }
}
