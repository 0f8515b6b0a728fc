package karuta.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorCommandTest {

    @TempDir
    Path folder;

    private final Console console = new Console();

    @Test
    void whatIsOnlyToBeKnownIsNoFault() {
        assertEquals(0, console.karuta("doctor"));
        assertTrue(console.out().startsWith("note: dropins/a.jar was not tried\n  name a study\n"), console.out());
        assertTrue(console.out().endsWith("Nothing is wrong.\n"), console.out());
    }

    @Test
    void everyJarOfAFolderIsLookedAt() throws IOException {
        for (var name : new String[] {"one.jar", "two.jar", "other.txt"}) {
            Files.writeString(folder.resolve(name), "");
        }
        assertEquals(2, console.karuta("doctor", folder.toString()));
        assertTrue(console.out().contains("FAULT: " + folder.resolve("one.jar") + " is no OSGi bundle\n  build it\n"));
        assertTrue(console.out().endsWith("Faults: 2.\n"), console.out());
    }

    @Test
    void aFolderWithoutJarsIsTold() {
        assertEquals(2, console.karuta("doctor", folder.toString()));
        assertTrue(console.out().contains(" holds no jar\n"), console.out());
    }

    @Test
    void machinesGetJson() throws IOException {
        var jar = Files.writeString(folder.resolve("one.jar"), "");
        assertEquals(2, console.karuta("doctor", jar.toString(), "--json"));
        var first = JsonParser.parseString(console.out())
                .getAsJsonObject()
                .getAsJsonArray("findings")
                .get(0)
                .getAsJsonObject();
        assertEquals("no-bundle", first.get("fault").getAsString());
        assertEquals(jar.toString(), first.get("where").getAsString());
        assertEquals("build it", first.get("cure").getAsString());
        assertTrue(first.get("wrong").getAsBoolean());
    }

    @Test
    void aMistakeInAStudyIsToldWithItsLine() throws IOException {
        var study = Files.writeString(folder.resolve("s.yaml"), """
            study: s
            seeds: [1]
            pretraining: {id: nothing}
            """);
        assertEquals(2, console.karuta("doctor", study.toString()));
        assertTrue(
                console.out().contains("FAULT: " + study + ":3: there is no pretraining \"nothing\""), console.out());
    }

    @Test
    void whatIsNotThereIsAMistakeOfTheCommand() {
        assertEquals(2, console.karuta("doctor", folder.resolve("none.jar").toString()));
        assertTrue(console.err().contains("there is no file or folder "), console.err());
        assertEquals(2, console.karuta("doctor", "--limit", "0"));
    }
}
