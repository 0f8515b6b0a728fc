package karuta.bench.folder;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import karuta.api.Benchmark;
import karuta.api.Image;
import karuta.api.KarutaException;
import karuta.api.Pixels;
import karuta.api.Query;
import karuta.api.RandomStream;
import karuta.api.Sample;
import karuta.api.Task;
import karuta.picture.ImageFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderWriterTest {

    private final Path folder;

    FolderWriterTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void whatIsReadIsWhatWasWritten() throws IOException {
        var made = new Made(List.of("zebra", "ant"), false);
        var out = folder.resolve("new/benchmark");
        new FolderWriter().write(made, out);
        var read = new FolderBenchmark(out, List.of(), "", 0, 0, ImageFiles.STORED);
        assertEquals(made.tasks(), read.tasks());
        for (var name : made.tasks()) {
            assertSame(made.task(name), read.task(name));
        }
        try (var images = Files.list(out.resolve("ant/train"))) {
            assertEquals(3, images.count(), "two samples share a picture");
        }
    }

    private static void assertSame(Task made, Task read) {
        assertEquals(made.scorer(), read.scorer());
        assertEquals(made.about(), read.about());
        assertSame(made.train(), read.train());
        assertSame(made.test(), read.test());
    }

    private static void assertSame(List<Sample> made, List<Sample> read) {
        assertEquals(made.size(), read.size());
        for (var i = 0; i < made.size(); i++) {
            assertEquals(made.get(i).id(), read.get(i).id());
            assertEquals(made.get(i).query().instruction(), read.get(i).query().instruction());
            assertEquals(made.get(i).answer(), read.get(i).answer());
            var expected = made.get(i).query().images();
            var images = read.get(i).query().images();
            assertEquals(expected.size(), images.size());
            for (var j = 0; j < images.size(); j++) {
                assertEquals(
                        expected.get(j).pixels().width(), images.get(j).pixels().width());
                assertArrayEquals(
                        expected.get(j).pixels().rgb(), images.get(j).pixels().rgb());
            }
        }
    }

    @Test
    void nothingIsOverwrittenAndNothingIsLeftHalfDone() throws IOException {
        var used = Files.createDirectories(folder.resolve("used"));
        Files.writeString(used.resolve("mine.txt"), "mine");
        var error = assertThrows(
                KarutaException.class, () -> new FolderWriter().write(new Made(List.of("a"), false), used));
        assertTrue(error.getMessage().contains("not empty"), error.getMessage());

        var out = folder.resolve("out");
        assertThrows(KarutaException.class, () -> new FolderWriter().write(new Made(List.of("a"), true), out));
        assertFalse(Files.exists(out));
        try (var left = Files.list(folder)) {
            assertEquals(List.of(used), left.toList());
        }
    }

    @Test
    void anEmptyFolderIsFilled() throws IOException {
        var empty = Files.createDirectories(folder.resolve("empty"));
        new FolderWriter().write(new Made(List.of("a"), false), empty);
        assertEquals(List.of("a"), new FolderBenchmark(empty, List.of(), "", 0, 0, ImageFiles.STORED).tasks());
    }

    /** Made up; its pictures may be broken. */
    private record Made(List<String> tasks, boolean broken) implements Benchmark {

        @Override
        public Task task(String name) {
            return new Task(
                    name,
                    name.equals("ant") ? "Where the ant is." : "",
                    samples(name + " train", 5),
                    samples(name + " test", 2),
                    name.equals("ant") ? "iou" : "exact",
                    List.of());
        }

        private List<Sample> samples(String split, int n) {
            return IntStream.range(0, n)
                    .mapToObj(i -> new Sample(
                            "s " + i,
                            new Query(images(split, i), List.of(), "What\n\"" + i + "\" <b>ö</b>?"),
                            "  [0,1] é "))
                    .toList();
        }

        /** One, of the last sample none, of the first two. */
        private List<Image> images(String split, int i) {
            Image image = new Noise(RandomStream.of(i / 3 + i % 2, split), broken);
            return i == 4
                    ? List.of()
                    : i == 0 ? List.of(image, new Noise(RandomStream.of(1, split), broken)) : List.of(image);
        }
    }

    private record Noise(RandomStream draws, boolean broken) implements Image {

        @Override
        public String fingerprint() {
            return String.valueOf(draws.key());
        }

        @Override
        public Pixels pixels() {
            if (broken) {
                throw new KarutaException("The picture is broken.", "Mend it.");
            }
            var rgb = new byte[5 * 3 * 3];
            for (var i = 0; i < rgb.length; i++) {
                rgb[i] = (byte) draws.bits(i);
            }
            return new Pixels(5, 3, rgb);
        }
    }
}
