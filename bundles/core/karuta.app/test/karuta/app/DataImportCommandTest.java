package karuta.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonParser;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataImportCommandTest {

    @TempDir
    private Path folder;

    private final Console console = new Console();

    @BeforeEach
    void aTable() throws IOException {
        var table = new StringBuilder("image,question,answer,task\n");
        for (var i = 0; i < 10; i++) {
            var image = new BufferedImage(2, 2, BufferedImage.TYPE_INT_RGB);
            image.setRGB(0, 0, i);
            ImageIO.write(image, "png", folder.resolve(i + ".png").toFile());
            table.append(i).append(".png,What?,a").append(i).append(",pets\n");
        }
        Files.writeString(folder.resolve("t.csv"), table + "gone.png,What?,x,pets\n");
    }

    private int take(String... more) {
        var words = new java.util.ArrayList<>(java.util.List.of("data", "import", at("t.csv"), "--to", at("tasks")));
        words.addAll(java.util.List.of(more));
        return console.karuta(words.toArray(String[]::new));
    }

    private String at(String name) {
        return folder.resolve(name).toString();
    }

    @Test
    void whatIsMadeOfATableIsWhatTheDoctorFindsHealthy() {
        assertEquals(0, take());
        assertTrue(console.out().contains("""
                TASK  TRAIN  TEST  IMAGES  DIFFERENT ANSWERS
                pets  8      2     10      10
                """), console.out());
        assertTrue(
                console.out()
                        .contains("Left out, as they have an image that is not there: 1\n  " + at("t.csv") + ":12: "),
                console.out());
        console.clear();
        assertEquals(0, console.karuta("data", at("tasks")));
        assertTrue(console.out().contains("Nothing is wrong."), console.out());
    }

    @Test
    void nothingIsWrittenOverAndADryRunWritesNothing() throws IOException {
        assertEquals(0, take("--dry-run", "--test", "0.5"));
        assertTrue(console.out().contains("pets  5      5 "), console.out());
        assertFalse(Files.exists(folder.resolve("tasks")));
        Files.createDirectories(folder.resolve("tasks"));
        Files.writeString(folder.resolve("tasks/mine"), "");
        assertEquals(2, take());
        assertTrue(console.err().contains("nothing is ever overwritten"), console.err());
    }

    @Test
    void scriptsGetJson() {
        assertEquals(0, take("--json", "--test", "0%"));
        var report = JsonParser.parseString(console.out()).getAsJsonObject();
        var task = report.getAsJsonArray("tasks").get(0).getAsJsonObject();
        assertEquals(10, task.get("train").getAsInt());
        var left = report.getAsJsonArray("leftOut").get(0).getAsJsonObject();
        assertEquals("missing", left.get("reason").getAsString());
        assertEquals(1, left.get("count").getAsInt());
    }

    @Test
    void whatLeavesNothingEndsInACodeOfItsOwn() throws IOException {
        Files.writeString(folder.resolve("t.csv"), "image,question,answer\ngone.png,What?,x\n");
        assertEquals(1, take());
        assertTrue(console.out().contains("Nothing was written: no sample is left."), console.out());
        assertFalse(Files.exists(folder.resolve("tasks")));
    }

    @Test
    void mistakesOfTheCommandLineAreTold() {
        for (var share : new String[] {"100%", "-1", "x", "1.0"}) {
            console.clear();
            assertEquals(2, take("--test", share), share);
        }
        assertTrue(console.err().contains("Write 20% or 0.2, or 0 for none."), console.err());
        assertEquals(2, console.karuta("data"));
        assertTrue(console.err().contains("There is no folder to look at."), console.err());
    }
}
