package karuta.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;
import karuta.api.KarutaException;
import karuta.intake.IntakeReport.Left;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BadIntakeTest {

    private final Desk desk;

    BadIntakeTest(@TempDir Path folder) throws IOException {
        desk = new Desk(Files.createDirectories(folder.resolve("inner")));
        desk.images("pics", 4);
    }

    private Left onlyLeft(IntakeReport report) {
        assertEquals(1, report.left().size(), report.toString());
        return report.left().get(0);
    }

    private IntakeReport table(String... rows) throws IOException {
        var lines = new java.util.ArrayList<>(List.of("image,question,answer,task", "pics/0.png,Good?,yes,good"));
        lines.addAll(List.of(rows));
        var report = desk.take(desk.text("t.csv", lines.toArray(String[]::new)));
        assertEquals("Good?", desk.samplesOfTrain("good").get(0).query().instruction());
        return report;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "pics/1.png,Short?|BROKEN|t.csv:3 has 2 cells, but there are 4 headings.",
                "pics/1.png,,a,t|NO_QUESTION|t.csv:3 has no question.",
                "pics/1.png,Q?, ,t|NO_ANSWER|t.csv:3 has no answer.",
                "pics/9.png,Q?,a,t|MISSING|t.csv:3: There is no image pics/9.png",
                "https://a.b/1.png,Q?,a,t|MISSING|t.csv:3 names an address",
                "../../../../etc/passwd,Q?,a,t|OUTSIDE|t.csv:3 has the image ../../../../etc/passwd",
                "/etc/passwd,Q?,a,t|OUTSIDE|t.csv:3 has the image /etc/passwd",
                "out.png,Q?,a,t|OUTSIDE|is a link that leads out",
                "text.png,Q?,a,t|UNREADABLE|t.csv:3: Cannot read the picture",
                "bomb.png,Q?,a,t|UNREADABLE|t.csv:3: Cannot read the picture",
                "huge.png,Q?,a,t|UNREADABLE|bytes",
                "pics,Q?,a,t|MISSING|t.csv:3: There is no image pics",
                "pics/1.png,Q? <image> <image>,a,t|BROKEN|speaks of 2 images",
                "pics/1.png,Q?,a,..|TASK|no letter and no digit",
                "pics/1.png,Q?,a,GOOD|TASK|its folder would be that of the task \"good\"",
                "pics/0.png,Good?,yes,good|DUPLICATE|t.csv:3 says what",
            })
    void whatCannotBeUsedIsLeftOutWithReasonAndPlace(String row, Reason reason, String words) throws IOException {
        Files.writeString(desk.at("text.png"), "<html>not found</html>");
        Files.write(desk.at("bomb.png"), bomb());
        try (var huge = new java.io.RandomAccessFile(desk.at("huge.png").toFile(), "rw")) {
            huge.setLength(3L << 30); // takes no room
        }
        var outside = new Desk(desk.at("..")).image("secret.png", 5);
        Files.createSymbolicLink(desk.at("out.png"), outside.toRealPath());
        var left = onlyLeft(table(row));
        assertEquals(reason, left.reason(), left.toString());
        assertEquals(1, left.count());
        assertTrue(left.first().get(0).contains(words), left.first().toString());
    }

    /** 60,000 by 60,000 pixels in a few bytes. */
    private static byte[] bomb() {
        var header = ByteBuffer.allocate(17);
        header.put("IHDR".getBytes(java.nio.charset.StandardCharsets.US_ASCII))
                .putInt(60_000)
                .putInt(60_000)
                .put(new byte[] {8, 2, 0, 0, 0});
        var crc = new CRC32();
        crc.update(header.array());
        return ByteBuffer.allocate(8 + 4 + 17 + 4)
                .put(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'})
                .putInt(13)
                .put(header.array())
                .putInt((int) crc.getValue())
                .array();
    }

    @Test
    void answersThatContradictEachOtherAreAllLeftOutUnlessAllAreRight() throws IOException {
        var rows = new String[] {"pics/1.png,Which?,a,t", "pics/1.png,Which?,b,t", "pics/1.png,Which?,b,t"};
        var report = table(rows);
        assertEquals(
                List.of(Reason.DUPLICATE, Reason.CONTRADICTION),
                report.left().stream().map(Left::reason).toList());
        assertEquals(2, report.left().get(1).count());
        assertTrue(report.left().get(1).first().get(0).contains("t.csv:3 answers \"a\""), report.toString());
        assertEquals(List.of("good"), desk.tasks());

        var again = new Desk(desk.at("again"));
        again.images("pics", 2);
        again.take(
                request -> new Desk.Change(request).several(),
                again.text("t.csv", "image,question,answer,task", rows[0], rows[1], rows[2]));
        assertEquals(List.of("a", "b"), again.samplesOfTrain("t").get(0).references());
    }

    @Test
    void aBrokenLineOfJsonIsLeftOutAndTheRestIsRead() throws IOException {
        var report = desk.take(desk.text(
                "t.jsonl",
                "{\"image\": \"pics/0.png\", \"question\": \"A?\", \"answer\": \"a\"}",
                "{\"image\": \"pics/1.png\", \"question\": ",
                "[1]",
                "{\"image\": \"pics/1.png\", \"question\": \"B?\", \"answer\": \"b\"}"));
        var left = onlyLeft(report);
        assertEquals(Reason.BROKEN, left.reason());
        assertEquals(2, left.count());
        assertTrue(left.first().get(0).contains("line 2"), left.toString());
        assertEquals(2, desk.samplesOfTrain("t").size() + desk.task("t").test().size());
    }

    @Test
    void aQuotationMarkWithoutEndIsRefusedWithItsLine() throws IOException {
        var table = desk.text("t.csv", "question,answer", "A?,a", "\"B?,b", "C?,c");
        var refused = assertThrows(KarutaException.class, () -> desk.take(table));
        assertTrue(refused.getMessage().contains("t.csv:3: a quotation mark has no end"), refused.getMessage());
        assertFalse(Files.exists(desk.out()));
    }

    @ParameterizedTest
    @CsvSource({
        "a/b, a_b",
        "'../../etc/passwd', _._.._etc_passwd",
        "'été: 50 %', 'été_ 50 _'",
        "'cats \uD83D\uDE00', cats _",
        "'.hidden', _hidden",
        "'猫', 猫",
        "'a\u0000b', a_b",
        "'C:\\x', C__x",
    })
    void aTaskIsCalledAsAFolderAndACardCanBe(String said, String folder) {
        var names = new TaskNames();
        assertEquals(folder, names.folder(said));
        assertEquals(folder, new karuta.archive.pool.CardName(folder).value());
        assertTrue(names.note().isPresent() || said.equals(folder));
    }

    @Test
    void namesThatWouldShareAFolderAreRefusedAndTheSameOneIsNot() {
        var names = new TaskNames();
        assertEquals("a_b", names.folder("a/b"));
        assertEquals("a_b", names.folder(" a/b "));
        for (var other : List.of("a_b", "A/B", "a:b")) {
            assertThrows(KarutaException.class, () -> names.folder(other), other);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "..", "/", "\uD83D\uDE00", "---"})
    void aNameWithoutLettersIsRefused(String said) {
        assertThrows(KarutaException.class, () -> new TaskNames().folder(said));
    }

    @Test
    void aNameThatIsTooLongIsRefusedInFewWords() {
        var refused = assertThrows(KarutaException.class, () -> new TaskNames().folder("x".repeat(5000)));
        assertTrue(refused.getMessage().contains("too long"), refused.getMessage());
        assertTrue(refused.getMessage().length() < 300, refused.getMessage());
    }

    @Test
    void whatHasNoAnswersIsRefusedPlainly() throws IOException {
        var table = desk.text("t.csv", "image,question", "pics/0.png,What?");
        assertTrue(assertThrows(KarutaException.class, () -> desk.take(table))
                .getMessage()
                .contains("has no column with answers"));
        assertTrue(assertThrows(KarutaException.class, () -> desk.take(Desk.asking("What?"), desk.at("pics")))
                .getMessage()
                .contains("have no answers"));
    }

    @Test
    void whatIsATaskAlreadyOrNoDataIsTold() throws IOException {
        desk.take(desk.text("t.csv", "question,answer", "A?,a", "B?,b"));
        for (var again : List.of(desk.out(), desk.out().resolve("t"))) {
            var refused = assertThrows(KarutaException.class, () -> desk.take(Desk.asking("What?"), again));
            assertTrue(refused.getMessage().contains("is a task's already"), refused.getMessage());
        }
        for (var name : List.of("a.xlsx", "a.parquet", "a.what")) {
            var file = desk.text(name, "x");
            assertThrows(KarutaException.class, () -> desk.take(file), name);
        }
        var empty = Files.createFile(desk.at("empty.csv"));
        assertTrue(assertThrows(KarutaException.class, () -> desk.take(empty))
                .getMessage()
                .contains("is empty"));
    }

    @Test
    void whatNoSourceHeedsIsRefused() throws IOException {
        var lines = desk.text("t.jsonl", "{\"messages\": []}");
        var columns = assertThrows(
                KarutaException.class,
                () -> desk.take(
                        request -> with(request, java.util.Map.of(Role.ANSWER, "label"), Optional.empty()), lines));
        assertTrue(columns.getMessage().contains("t.jsonl is read as ms-swift's JSON"), columns.getMessage());
        var encoding = assertThrows(
                KarutaException.class,
                () -> desk.take(
                        request -> with(
                                request, java.util.Map.of(), Optional.of(java.nio.charset.StandardCharsets.UTF_16)),
                        lines));
        assertTrue(encoding.getMessage().contains("JSON is always UTF-8"), encoding.getMessage());
    }

    private static IntakeRequest with(
            IntakeRequest request, java.util.Map<Role, String> columns, Optional<java.nio.charset.Charset> encoding) {
        return new IntakeRequest(
                request.sources(),
                request.form(),
                columns,
                request.question(),
                request.task(),
                request.images(),
                false,
                false,
                false,
                encoding,
                request.halves(),
                request.link(),
                request.scorer());
    }

    @Test
    void aFolderThatIsInUseStaysAsItIsAndNothingIsLeftBeside() throws IOException {
        Files.createDirectories(desk.out());
        Files.writeString(desk.out().resolve("mine.txt"), "mine");
        var table = desk.text("t.csv", "question,answer", "A?,a");
        assertThrows(KarutaException.class, () -> desk.take(table));
        assertEquals("mine", Files.readString(desk.out().resolve("mine.txt")));
        try (var all = Files.list(desk.at(""))) {
            assertTrue(all.noneMatch(path -> path.getFileName().toString().endsWith(".part")));
        }
    }

    @Test
    void anImageThatVanishesWhileItIsCopiedLeavesNoFolder() throws IOException {
        var table = desk.text("t.csv", "image,question,answer", "pics/0.png,A?,a");
        var intake = new Intake(IntakeRequest.of(List.of(table)), 3, (what, number, total) -> {});
        intake.read(1);
        Files.delete(desk.at("pics/0.png"));
        assertThrows(KarutaException.class, () -> intake.write(desk.out()));
        try (var all = Files.list(desk.at(""))) {
            assertEquals(
                    List.of("pics", "t.csv"),
                    all.map(path -> path.getFileName().toString()).sorted().toList());
        }
    }
}
