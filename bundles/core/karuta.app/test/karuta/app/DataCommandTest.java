package karuta.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataCommandTest {

    @TempDir
    private Path folder;

    private final Console console = new Console();

    @BeforeEach
    void oneTask() throws IOException {
        var pets = Files.createDirectories(folder.resolve("pets"));
        Files.writeString(pets.resolve("train.json"), """
            [{"id": "a", "image": "1.png", "conversations": [{"from": "human", "value": "<image>\\nWhat is it?"},
              {"from": "gpt", "value": "a cat"}]}]
            """);
        Files.writeString(pets.resolve("test.json"), """
            [{"question_id": 1, "text": "Is it?", "answer": "yes"}]
            """);
        ImageIO.write(
                new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB),
                "png",
                pets.resolve("1.png").toFile());
    }

    @Test
    void whatIsThereIsTold() {
        assertEquals(0, console.karuta("data", folder.toString()));
        var out = console.out();
        assertTrue(out.startsWith("Tasks in the folders of " + folder + "\n"), out);
        assertTrue(out.contains("""
                    TASK  SPLIT  SAMPLES  PUBLISHED  IMAGES  ANSWERS  DIFFERENT  WORDS   MOST FREQUENT
                    pets  train  1        -          1       1        1          2 to 2  100.0 % "a cat"
                    pets  test   1        -          0       1        1          1 to 1  100.0 % "yes"
                    """), out);
        assertTrue(out.endsWith("\n\nNothing is wrong.\n"), out);
    }

    @Test
    void faultsAreToldWithTheirKindAndEndInACodeOfTheirOwn() throws IOException {
        Files.delete(folder.resolve("pets/1.png"));
        assertEquals(1, console.karuta("data", folder.toString(), "--quick"));
        assertTrue(
                console.out().contains("FAULT: images that are not there: 1\n  pets: There is no image "),
                console.out());
        assertTrue(console.out().endsWith("Faults: 1. Images were not decoded.\n"), console.out());
    }

    @Test
    void theFirstOfAKindAreToldOrAll() throws IOException {
        for (var i = 0; i < 25; i++) {
            Files.copy(folder.resolve("pets/1.png"), folder.resolve("pets/o" + i + ".png"));
        }
        assertEquals(0, console.karuta("data", folder.toString()));
        assertTrue(console.out().contains("warning: images that no sample names: 25\n"), console.out());
        assertTrue(console.out().contains("  and 5 more (--all lists them)\n"), console.out());
        console.clear();
        console.karuta("data", folder.toString(), "--all");
        assertEquals(
                25,
                console.out()
                        .lines()
                        .filter(line -> line.startsWith("  No sample names"))
                        .count());
    }

    @Test
    void scriptsGetJson() {
        assertEquals(0, console.karuta("data", folder.toString(), "--json"));
        assertTrue(console.out().startsWith("{\n  \"data\": \"Tasks in"), console.out());
    }

    @Test
    void whatCannotBeExaminedIsTold() {
        assertEquals(2, console.karuta("data", folder.resolve("none").toString()));
        assertEquals(2, console.karuta("data", folder.toString(), "--suite", "coyn"));
        assertTrue(console.err().contains("There is no suite \"coyn\""), console.err());
        assertEquals(2, console.karuta("data", folder.toString(), "--tasks", "birds"));
    }

    /** An empty folder is a suite of which everything is missing. */
    @Test
    void ofASuiteEveryMissingFileIsTold() {
        assertEquals(1, console.karuta("data", folder.toString(), "--suite", "coin"));
        assertTrue(console.out().contains("FAULT: files that are not there, or too many: "), console.out());
        assertTrue(console.out().contains("licence of instructions: CC BY 4.0"), console.out());
    }
}
