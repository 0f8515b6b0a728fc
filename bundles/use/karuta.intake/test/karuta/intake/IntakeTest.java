package karuta.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import karuta.api.KarutaException;
import karuta.api.Sample;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class IntakeTest {

    private final Desk desk;

    IntakeTest(@TempDir Path folder) {
        desk = new Desk(folder);
    }

    /** Question and answers. */
    private List<String> said(String task) {
        return desk.samples(task).stream()
                .map(sample -> sample.query().instruction() + " " + sample.references())
                .sorted()
                .toList();
    }

    private static Map<Reason, Integer> left(IntakeReport report) {
        return report.left().stream()
                .collect(Collectors.toMap(
                        IntakeReport.Left::reason, IntakeReport.Left::count, (a, b) -> a, TreeMap::new));
    }

    private String[] rows(String head, int count) {
        return java.util.stream.Stream.concat(
                        java.util.stream.Stream.of(head),
                        IntStream.range(0, count)
                                .mapToObj(i -> "pics/" + i + ".png,\"What, \"\"exactly\"\"?\",a" + i + ","
                                        + (i % 2 == 0 ? "even" : "odd")))
                .toArray(String[]::new);
    }

    @Test
    void aTableBecomesAFolderPerTask() throws IOException {
        desk.images("pics", 10);
        var report = desk.take(desk.text("t.csv", rows("Image,Question,Label,Task", 10)));
        assertEquals(List.of("even", "odd"), desk.tasks());
        assertEquals(
                IntStream.of(0, 2, 4, 6, 8)
                        .mapToObj(i -> "What, \"exactly\"? [a" + i + "]")
                        .toList(),
                said("even"));
        assertEquals(4, desk.task("odd").train().size());
        assertEquals(1, desk.task("odd").test().size());
        assertTrue(report.left().isEmpty(), report.toString());
        assertTrue(
                report.notes().stream().anyMatch(note -> note.contains("answer = \"Label\" (guessed)")),
                report.notes().toString());
        assertEquals(
                List.of(new IntakeReport.Made("even", 4, 1, 5, 5), new IntakeReport.Made("odd", 4, 1, 5, 5)),
                report.tasks());
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16", "UTF-16LE", "windows-1252"})
    void aTableMayBeInAnyEncodingThatIsMarkedOrSaid(String name) throws IOException {
        desk.images("pics", 2);
        var charset = Charset.forName(name);
        var marked = name.equals("UTF-16LE") || name.equals("UTF-8");
        var text = (marked ? "\uFEFF" : "")
                + "image\tquestion\tanswer\r\npics/0.png\tWas?\tKäse\r\npics/1.png\tWas?\tBrot\r\n";
        var table = Files.write(desk.at("t.tsv"), text.getBytes(charset));
        desk.take(
                request -> new IntakeRequest(
                        request.sources(),
                        request.form(),
                        request.columns(),
                        request.question(),
                        request.task(),
                        request.images(),
                        false,
                        false,
                        false,
                        name.startsWith("w") ? Optional.of(charset) : Optional.empty(),
                        request.halves(),
                        request.link(),
                        request.scorer()),
                table);
        assertEquals(List.of("Was? [Brot]", "Was? [Käse]"), said("t"));
    }

    @Test
    void aTableInAnotherEncodingIsRefusedWithTheWordThatHelps() throws IOException {
        var table = Files.write(desk.at("t.csv"), "question,answer\nWas?,Käse\n".getBytes(StandardCharsets.ISO_8859_1));
        var refused = assertThrows(KarutaException.class, () -> desk.take(table));
        assertTrue(refused.getMessage().contains("is no text in UTF-8"), refused.getMessage());
        assertTrue(refused.getMessage().contains("--encoding"), refused.getMessage());
    }

    @Test
    void columnsAreTakenAsTheyAreNamed() throws IOException {
        desk.images("pics", 2);
        var table = desk.text("t.csv", "answer,text,file,q", "x,yes,pics/0.png,Is it?", "x,no,pics/1.png,Is it?");
        desk.take(
                request -> new IntakeRequest(
                        request.sources(),
                        request.form(),
                        Map.of(Role.ANSWER, "text", Role.QUESTION, "q"),
                        request.question(),
                        Optional.of("mine"),
                        request.images(),
                        false,
                        false,
                        false,
                        request.encoding(),
                        request.halves(),
                        request.link(),
                        Optional.of("contain.words")),
                table);
        assertEquals(List.of("Is it? [no]", "Is it? [yes]"), said("mine"));
        assertEquals("contain.words", desk.task("mine").scorer());
    }

    @Test
    void linesOfJsonMayListAnswersAndImagesAndNone() throws IOException {
        desk.images("pics", 3);
        desk.take(desk.text(
                "lines.jsonl",
                "{\"image\": \"pics/0.png\", \"question\": \"How many?\", \"answer\": 3, \"task\": \"count\"}",
                "{\"image\": [\"pics/1.png\", \"pics/2.png\"], \"question\": \"Same?\", \"answer\": [\"no\", \"never\"],"
                        + " \"task\": \"count\"}",
                "{\"image\": null, \"question\": \"Two and two?\", \"answer\": \"4\", \"task\": \"count\"}"));
        assertEquals(List.of("How many? [3]", "Same? [no, never]", "Two and two? [4]"), said("count"));
        assertEquals(
                Set.of(0, 1, 2),
                desk.samples("count").stream()
                        .map(sample -> sample.query().images().size())
                        .collect(Collectors.toSet()));
    }

    @Test
    void aFolderPerClassAnswersWithItsNames() throws IOException {
        for (var i = 0; i < 5; i++) {
            desk.image("animals/tabby cat/" + i + ".png", i);
            desk.image("animals/dog/deep/er/" + i + ".bmp", 10 + i);
        }
        Files.writeString(desk.at("animals/dog/.DS_Store"), "x");
        Files.writeString(desk.at("animals/dog/notes.txt"), "x");
        Files.writeString(desk.at("animals/read.me"), "x");
        var report = desk.take(Desk.asking("What is it?"), desk.at("animals"));
        assertEquals(Set.of("What is it? [dog]", "What is it? [tabby cat]"), new TreeSet<>(said("animals")));
        assertEquals(10, desk.samples("animals").size());
        assertEquals(Map.of(Reason.NO_ANSWER, 1, Reason.UNREADABLE, 1), left(report));
    }

    @Test
    void aFolderPerClassWithoutAQuestionIsRefused() throws IOException {
        desk.image("animals/cat/1.png", 1);
        var refused = assertThrows(KarutaException.class, () -> desk.take(desk.at("animals")));
        assertTrue(refused.getMessage().contains("--question"), refused.getMessage());
    }

    @Test
    void llavasConversationsKeepTheirTurns() throws IOException {
        desk.images("coco", 3);
        desk.take(desk.text("llava_v1.json", """
            [{"id": "a", "image": "coco/0.png", "conversations": [
               {"from": "human", "value": "<image>\\nWhat is it?"}, {"from": "gpt", "value": "a cat"},
               {"from": "human", "value": "Where?"}, {"from": "gpt", "value": "on a mat"}]},
             {"id": "a", "image": "coco/1.png", "conversations": [
               {"from": "human", "value": "What is it?\\n<image>"}, {"from": "gpt", "value": "a dog"}]},
             {"id": "c", "conversations": [
               {"from": "human", "value": "Two and two?"}, {"from": "gpt", "value": "4"}]}]
            """));
        assertEquals(
                List.of("Two and two? [4]", "What is it? [a cat]", "What is it? [a dog]", "Where? [on a mat]"),
                said("llava_v1"));
        var where = desk.samples("llava_v1").stream()
                .filter(sample -> sample.query().instruction().equals("Where?"))
                .findFirst()
                .orElseThrow();
        assertEquals("What is it?", where.query().earlier().get(0).question());
    }

    @Test
    void allCaptionsOfCocoAreRight() throws IOException {
        desk.images("val2017", 3);
        var report = desk.take(
                request -> new IntakeRequest(
                        request.sources(),
                        request.form(),
                        request.columns(),
                        request.question(),
                        request.task(),
                        Optional.of(desk.at("val2017")),
                        false,
                        false,
                        false,
                        request.encoding(),
                        request.halves(),
                        request.link(),
                        request.scorer()),
                desk.text("captions_val2017.json", """
                    {"info": {"year": 2017}, "licenses": [],
                     "images": [{"id": 7, "file_name": "0.png", "height": 4}, {"id": 8, "file_name": "1.png"},
                                {"id": 9, "file_name": "2.png"}],
                     "annotations": [{"image_id": 7, "id": 1, "caption": "A cat. "}, {"image_id": 8, "id": 2, "caption": "A dog."},
                                     {"image_id": 7, "id": 3, "caption": "One cat."}, {"image_id": 5, "id": 4, "caption": "?"}]}
                    """));
        assertEquals(
                List.of(
                        "Describe the image in one short sentence. [A cat., One cat.]",
                        "Describe the image in one short sentence. [A dog.]"),
                said("captions_val2017"));
        assertEquals(Map.of(Reason.BROKEN, 1, Reason.NO_ANSWER, 1), left(report));
    }

    @Test
    void swiftsMessagesAreRead() throws IOException {
        desk.images("pics", 3);
        var report = desk.take(desk.text(
                "swift.jsonl",
                "{\"messages\": [{\"role\": \"user\", \"content\": \"<image>What?\"}, {\"role\": \"assistant\","
                        + " \"content\": \"a cat\"}], \"images\": [\"pics/0.png\"]}",
                "{\"messages\": [{\"role\": \"user\", \"content\": \"<image><image>Same?\"}, {\"role\": \"assistant\","
                        + " \"content\": \"no\"}], \"images\": [{\"path\": \"pics/1.png\"}, {\"path\": \"pics/2.png\"}]}",
                "{\"messages\": [{\"role\": \"user\", \"content\": \"Hi\"}, {\"role\": \"assistant\", \"content\": \"Hello\"}],"
                        + " \"images\": []}",
                "{\"messages\": [{\"role\": \"system\", \"content\": \"Be kind.\"}, {\"role\": \"user\", \"content\": \"Hi\"},"
                        + " {\"role\": \"assistant\", \"content\": \"Ho\"}]}"));
        assertEquals(List.of("Hi [Hello]", "Same? [no]", "What? [a cat]"), said("swift"));
        assertEquals(Map.of(Reason.BROKEN, 1), left(report)); // a system turn is refused, unless it is dropped
    }

    @Test
    void noImageIsOnBothSidesHoweverItIsCalled() throws IOException {
        var lines = new ArrayList<>(List.of("image,question,answer,task"));
        for (var i = 0; i < 30; i++) {
            desk.image("a/" + i + ".png", i % 12);
            desk.image("b/" + i + ".bmp", i % 12); // the same pixels in another file
            lines.add("a/" + i + ".png,Which?," + i % 12 + ",one");
            lines.add("b/" + i + ".bmp,Where " + i + "?,there,two");
        }
        var report = desk.take(desk.text("t.csv", lines.toArray(String[]::new)));
        for (var task : List.of("one", "two")) {
            assertFalse(desk.task(task).test().isEmpty());
        }
        var trained = pixels(desk.task("one").train(), desk.task("two").train());
        var tested = pixels(desk.task("one").test(), desk.task("two").test());
        assertEquals(12, trained.size() + tested.size());
        trained.retainAll(tested);
        assertEquals(Set.of(), trained);
        assertEquals(Map.of(Reason.DUPLICATE, 18), left(report));
    }

    @SafeVarargs
    private static Set<String> pixels(List<Sample>... halves) {
        return java.util.Arrays.stream(halves)
                .flatMap(List::stream)
                .flatMap(sample -> sample.query().images().stream())
                .map(image -> image.fingerprint())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void theHalvesDependOnImagesAndSeedAlone() throws IOException {
        desk.images("pics", 10);
        var rows = new ArrayList<>(List.of(rows("image,question,answer,task", 10)));
        desk.take(desk.text("t.csv", rows.toArray(String[]::new)));
        var first = tested(desk);
        assertEquals(2, first.size());

        var same = new Desk(desk.at("same"));
        same.images("other", 10);
        java.util.Collections.reverse(rows.subList(1, rows.size()));
        same.take(same.text(
                "u.csv",
                rows.stream().map(row -> row.replace("pics/", "other/")).toArray(String[]::new)));
        assertEquals(first, tested(same));

        var drawn = new java.util.HashSet<Set<String>>();
        for (var seed : List.of(1L, 2L, 3L, 4L)) {
            var again = new Desk(desk.at("again" + seed));
            again.images("pics", 10);
            again.take(
                    request -> new Desk.Change(request).halves(0.2, seed),
                    again.text("t.csv", rows("image,question,answer,task", 10)));
            drawn.add(tested(again));
        }
        assertTrue(drawn.contains(first) && drawn.size() > 1, drawn.toString());
    }

    private static Set<String> tested(Desk desk) {
        return pixels(desk.task("even").test(), desk.task("odd").test());
    }

    @Test
    void aTaskAboutOneImageHasNoTestAndThatIsTold() throws IOException {
        desk.images("pics", 1);
        var report = desk.take(desk.text("t.csv", "image,question,answer", "pics/0.png,A?,1", "pics/0.png,B?,2"));
        assertTrue(
                report.notes().stream().anyMatch(note -> note.contains("has no test samples")),
                report.notes().toString());
        assertFalse(Files.exists(desk.out().resolve("t/test.json")));
        assertTrue(Files.exists(desk.out().resolve("t/train.json")));
    }

    @ParameterizedTest
    @EnumSource(Link.class)
    void imagesAreCopiedOrLinked(Link link) throws IOException {
        var image = desk.image("pics/0.png", 0);
        desk.take(
                request -> new Desk.Change(request).link(link),
                desk.text("t.csv", "image,question,answer", "pics/0.png,A?,1"));
        var made = Files.list(desk.out().resolve("t/images")).findFirst().orElseThrow();
        assertEquals(link == Link.SOFT, Files.isSymbolicLink(made));
        assertEquals(link != Link.COPY, Files.isSameFile(image, made));
        assertEquals(-1, Files.mismatch(image, made));
    }
}
