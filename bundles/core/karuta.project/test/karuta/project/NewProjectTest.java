package karuta.project;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import karuta.api.KarutaException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NewProjectTest {

    private static final ProjectName NAME = new ProjectName("my.lab.nearest");

    @TempDir
    private Path folder = Path.of("");

    private List<String> listed() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void aProjectIsWrittenWhole() throws IOException {
        var files = NewProject.write(folder.resolve("p"), ProjectKind.SELECTOR, NAME, Toys.karuta());
        assertEquals(List.of("p"), listed());
        assertEquals(folder.resolve("p/src/main/java/my/lab/nearest/Nearest.java"), files.get(0));
        for (var file : files) {
            assertTrue(Files.isRegularFile(file), file.toString());
        }
        var pom = Files.readString(folder.resolve("p/pom.xml"));
        assertTrue(pom.contains("<url>file:///opt/karuta/repository</url>"), pom);
        assertTrue(pom.contains("<version>0.1.0</version>"), pom);
    }

    @Test
    void whatIsThereIsNotTouched() throws IOException {
        Files.writeString(folder.resolve("file"), "mine");
        Files.createDirectory(folder.resolve("empty"));
        Files.createSymbolicLink(folder.resolve("link"), folder.resolve("nowhere"));
        for (var there : List.of("file", "empty", "link")) {
            var refused = assertThrows(
                    KarutaException.class,
                    () -> NewProject.write(folder.resolve(there), ProjectKind.POOL, NAME, Toys.karuta()));
            assertTrue(refused.getMessage().contains("There is something at"), refused.getMessage());
        }
        assertEquals(List.of("empty", "file", "link"), listed());
        assertEquals("mine", Files.readString(folder.resolve("file")));
    }

    @Test
    void aFolderThatCannotBeWrittenStaysEmpty() throws IOException {
        var missing = folder.resolve("missing/p");
        var refused = assertThrows(
                KarutaException.class, () -> NewProject.write(missing, ProjectKind.POOL, NAME, Toys.karuta()));
        assertTrue(refused.getMessage().contains("There is no folder"), refused.getMessage());
        Files.createDirectory(folder.resolve("locked"));
        assertTrue(folder.resolve("locked").toFile().setWritable(false));
        assumeFalse(Files.isWritable(folder.resolve("locked"))); // root may write everywhere
        var locked = assertThrows(
                KarutaException.class,
                () -> NewProject.write(folder.resolve("locked/p"), ProjectKind.POOL, NAME, Toys.karuta()));
        assertTrue(locked.getMessage().contains("you may not write there"), locked.getMessage());
        assertFalse(Files.exists(folder.resolve("locked/p")));
    }

    @Test
    void aMisspeltKindIsToldWithTheNearest() {
        var refused = assertThrows(KarutaException.class, () -> ProjectKind.of("selektor"));
        assertTrue(refused.getMessage().contains("did you mean \"selector\"?"), refused.getMessage());
        assertThrows(KarutaException.class, () -> ProjectKind.of("Selector"));
    }
}
