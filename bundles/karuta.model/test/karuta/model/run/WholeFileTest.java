package karuta.model.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeFileTest {

    @TempDir
    Path folder;

    @Test
    void aFailureLeavesTheFormerFileAndNothingElse() throws IOException {
        var file = folder.resolve("run.json");
        WholeFile.write(file, "good");
        var e = assertThrows(
                RecordException.class,
                () -> WholeFile.write(file, out -> {
                    out.write(new byte[100_000]);
                    throw new IOException("No space left on device");
                }));
        assertEquals("cannot write " + file + ": No space left on device", e.getMessage());
        assertEquals("good", Files.readString(file));
        try (var files = Files.list(folder)) {
            assertEquals(List.of(file), files.toList());
        }
    }

    @Test
    void aFileIsReplaced() throws IOException {
        var file = folder.resolve("run.json");
        WholeFile.write(file, "a longer one");
        WholeFile.write(file, "short");
        assertEquals("short", Files.readString(file));
    }

    @Test
    void aMissingFolderIsNamed() {
        var file = folder.resolve("none").resolve("run.json");
        var e = assertThrows(RecordException.class, () -> WholeFile.write(file, "x"));
        assertTrue(e.getMessage().startsWith("cannot write " + file), e.getMessage());
    }
}
