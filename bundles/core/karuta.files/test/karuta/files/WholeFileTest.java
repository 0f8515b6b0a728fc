package karuta.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeFileTest {

    @TempDir
    Path folder;

    private List<String> names() throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void aFailureLeavesTheFormerFileAndNothingElse() throws IOException {
        var file = WholeFile.ofOwner(folder.resolve("run.json"));
        file.write("good");
        var e = assertThrows(
                IOException.class,
                () -> file.stream(out -> {
                    out.write(new byte[100_000]);
                    throw new IOException("No space left on device");
                }));
        assertEquals("No space left on device", e.getMessage());
        assertEquals("good", Files.readString(file.path()));
        assertEquals(List.of("run.json"), names());
    }

    @Test
    void aFileIsReplaced() throws IOException {
        var file = WholeFile.ofOwner(folder.resolve("run.json"));
        file.write("a longer one");
        file.write("short");
        assertEquals("short", Files.readString(file.path()));
    }

    @Test
    void aMissingFolderIsTold() {
        var file = WholeFile.ofOwner(folder.resolve("none").resolve("run.json"));
        assertThrows(NoSuchFileException.class, () -> file.write("x"));
    }

    @Test
    void whatIsLearnedIsReadByItsOwnerAlone() throws IOException {
        var inner = Access.PRIVATE.folders(folder.resolve("a").resolve("b"));
        WholeFile.ofOwner(inner.resolve("file")).write("x");

        for (var made : List.of(folder.resolve("a"), inner)) {
            assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(made)));
        }
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(inner.resolve("file"))));
    }

    @Test
    void draftsOfKilledProcessesGoWithTheNextWriteAndThoseOfOthersStay() throws IOException {
        var host = Sha256.of(ProcessName.current().host()).substring(0, 8);
        var dead = "999999999"; // beyond what a system gives
        var mine = ProcessHandle.current().pid();
        for (var draft : List.of(
                ".run.json." + host + "-" + dead + "-0123abcd.part",
                ".run.json." + host + "-" + mine + "-0123abcd.part",
                ".run.json.00000000-" + dead + "-0123abcd.part",
                ".other.json." + host + "-" + dead + "-0123abcd.part",
                ".run.json.mine.part")) {
            Files.writeString(folder.resolve(draft), "half");
        }
        WholeFile.ofOwner(folder.resolve("run.json")).write("whole");

        assertEquals(
                List.of(
                                ".other.json." + host + "-" + dead + "-0123abcd.part",
                                ".run.json.00000000-" + dead + "-0123abcd.part",
                                ".run.json." + host + "-" + mine + "-0123abcd.part",
                                ".run.json.mine.part",
                                "run.json")
                        .stream()
                        .sorted()
                        .toList(),
                names());
    }
}
