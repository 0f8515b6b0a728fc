package karuta.use.learn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import karuta.api.Image;
import karuta.api.KarutaException;
import karuta.api.Sample;
import karuta.archive.pool.CardName;
import karuta.archive.pool.CardRecord;
import karuta.archive.pool.Source;
import karuta.bench.folder.TaskFolder;
import karuta.engine.run.DataHash;
import karuta.use.learn.Validation.Gone;
import karuta.use.learn.Validation.Held;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is held out, and how it is found again. */
class ValidationTest {

    private static final HoldOut FIFTH = new HoldOut(0.2, 7);

    @TempDir
    private Path place;

    @Test
    void noImageIsOnBothSides() throws IOException {
        var split = FIFTH.of(samples(20, 3));
        assertEquals(12, split.validation().size());
        assertEquals(48, split.training().size());
        assertTrue(Collections.disjoint(images(split.training()), images(split.validation())));
    }

    @Test
    void theDrawDependsOnImagesAndSeedAlone() throws IOException {
        var samples = samples(20, 3);
        var mixed = new ArrayList<>(samples);
        Collections.shuffle(mixed, new Random(3));
        assertEquals(
                images(FIFTH.of(samples).validation()), images(FIFTH.of(mixed).validation()));
        assertNotEquals(
                images(FIFTH.of(samples).validation()),
                images(new HoldOut(0.2, 8).of(samples).validation()));
    }

    @Test
    void whatCannotBeSplitIsRefused() throws IOException {
        var one = samples(1, 9);
        var refusal = assertThrows(KarutaException.class, () -> FIFTH.of(one));
        assertTrue(refusal.getMessage().contains("none can be held out"), refusal.getMessage());
        assertEquals(List.of(), new HoldOut(0, 1).of(one).validation());
        assertThrows(KarutaException.class, () -> new HoldOut(1, 1));
        assertThrows(KarutaException.class, () -> new HoldOut(Double.NaN, 1));
    }

    @Test
    void whatWasHeldOutIsFoundAgain() throws IOException {
        var folder = Folders.write(place.resolve("invoices"), 20, 3);
        var held = assertInstanceOf(Held.class, Validation.of(card(folder))).task();
        assertEquals("bills", held.name());
        assertEquals(
                FIFTH.of(new TaskFolder(folder).read().train()).validation().size(),
                held.test().size());
        assertEquals(Set.of(), held.train().stream().collect(Collectors.toSet()));
    }

    @Test
    void anotherPictureUnderTheSameNameIsOtherData() throws IOException {
        var folder = Folders.write(place.resolve("invoices"), 20, 3);
        var card = card(folder);
        Files.copy(folder.resolve("1.png"), folder.resolve("other.png"));
        Files.delete(folder.resolve("1.png"));
        Files.copy(folder.resolve("2.png"), folder.resolve("1.png"));
        assertTrue(gone(card).contains("other data lie in"), gone(card));
        Files.delete(folder.resolve("1.png"));
        assertTrue(gone(card).contains("There is no image 1.png"), gone(card));
    }

    @Test
    void aFolderThatIsNotThereAndACardWithoutValidationAreTold() throws IOException {
        var folder = Folders.write(place.resolve("invoices"), 20, 3);
        var card = card(folder);
        Files.move(folder, place.resolve("elsewhere"));
        assertTrue(gone(card).contains("there is no folder"), gone(card));
        var imported = card(new Source("benchmark cards", "00", 10, 0));
        assertEquals("nothing was held out from it", gone(imported));
    }

    private static String gone(CardRecord card) {
        return assertInstanceOf(Gone.class, Validation.of(card)).why();
    }

    @Test
    void aFolderWithoutATaskIsNotRead() throws IOException {
        assertTrue(refusal(place.resolve("nowhere")).contains("is no folder"));
        assertTrue(refusal(Files.createDirectories(place.resolve("plain"))).contains("holds no train.json"));
    }

    private static String refusal(Path folder) {
        return assertThrows(KarutaException.class, () -> TaskData.read(folder, new CardName("bills"), FIFTH))
                .getMessage();
    }

    private static CardRecord card(Path folder) {
        var task = new TaskFolder(folder).read();
        return card(new Source(folder.toString(), new DataHash().samples(task), 48, 12, FIFTH.share(), FIFTH.seed()));
    }

    private static CardRecord card(Source source) {
        return new CardRecord("bills", 0, "Ada <a@b>", Instant.EPOCH, source, Map.of(), Map.of(), Map.of(), "00");
    }

    private List<Sample> samples(int images, int questions) throws IOException {
        return new TaskFolder(Folders.write(place.resolve("task"), images, questions))
                .read()
                .train();
    }

    private static Set<String> images(List<Sample> samples) {
        return samples.stream()
                .flatMap(sample -> sample.query().images().stream())
                .map(Image::fingerprint)
                .collect(Collectors.toSet());
    }
}
