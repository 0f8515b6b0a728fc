package karuta.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import karuta.doctor.DataReport.Answers;
import karuta.doctor.DataReport.Common;
import karuta.doctor.DataReport.Group;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ExaminationTest {

    @TempDir
    private Path folder;

    private Clinic clinic = new Clinic(Path.of(""));

    @BeforeEach
    void aCleanTree() {
        clinic = Clinic.in(folder);
    }

    /**
     * What is spoiled, and how that is told.
     *
     * @param place in which it shows, for a tree with all faults: only one fault can be in a place
     */
    private record Planted(String name, String place, Consumer<Clinic> spoil, Kind kind, String told) {

        @Override
        public String toString() {
            return name;
        }
    }

    private static final String KINDS = "texts/Kinds/test.json";

    static Stream<Planted> faults() {
        return Stream.of(
                new Planted(
                        "a training file is not there",
                        "Letters train",
                        it -> it.delete("texts/Letters/train.json"),
                        Kind.FILE,
                        "There is no "),
                new Planted(
                        "a test file is there under two names",
                        "Kinds names",
                        it -> it.copy(KINDS, "texts/Species/test.json"),
                        Kind.FILE,
                        "There is more than one file"),
                new Planted(
                        "the captions are not there",
                        "Captions side",
                        it -> it.delete("texts/Captions/coco.json"),
                        Kind.FILE,
                        "coco.json: the captions file of task Captions"),
                new Planted(
                        "broken JSON",
                        "Boxes train",
                        it -> it.write("texts/Boxes/train.json", "[{'id': 1,"),
                        Kind.BROKEN,
                        "train.json is broken JSON"),
                new Planted(
                        "no UTF-8",
                        "Boxes train",
                        it -> it.bytes("texts/Boxes/train.json", new byte[] {'[', (byte) 0xFF, ']'}),
                        Kind.BROKEN,
                        "is not UTF-8 text"),
                new Planted(
                        "an element without an id",
                        "Kinds test",
                        it -> it.change(KINDS, "'question_id': 2", "'number': 2"),
                        Kind.RECORD,
                        "element 2 has neither a"),
                new Planted(
                        "an element without a question",
                        "Kinds test",
                        it -> it.change(KINDS, "'text'", "'txt'"),
                        Kind.RECORD,
                        "lacks a text"),
                new Planted(
                        "a number among the elements",
                        "Boxes train",
                        it -> it.write("texts/Boxes/train.json", "[7]"),
                        Kind.RECORD,
                        "element 1 is no JSON object"),
                new Planted(
                        "a question without an answer",
                        "Boxes train",
                        it -> it.write(
                                "texts/Boxes/train.json",
                                "[{'id': 'a', 'conversations': [{'from': 'human', 'value': 'Where?'}]}]"),
                        Kind.RECORD,
                        "question and answer must alternate"),
                new Planted(
                        "a test id twice",
                        "Kinds test",
                        it -> it.change(KINDS, "'question_id': 2", "'question_id': 1"),
                        Kind.TWICE,
                        "element 2 has the id 1 of a sample before"),
                new Planted(
                        "fewer samples than the file's name says",
                        "Letters test",
                        it -> it.write(
                                "texts/Letters/test_2.json", "[{'question_id': 1, 'text': 'Is?', 'answer': 'A'}]"),
                        Kind.COUNT,
                        "has 1 samples, where its name says 2"),
                new Planted(
                        "a caption file for fewer images",
                        "Captions side",
                        it -> it.change("texts/Captions/coco.json", ", {'image_id': 2, 'caption': 'a cup'}", ""),
                        Kind.COUNT,
                        "has entries for 1 samples, and "),
                new Planted(
                        "captions in another order",
                        "Captions side",
                        it -> it.change("texts/Captions/coco.json", "t1.png", "t3.png"),
                        Kind.SIDE,
                        "they are not in the same order"),
                new Planted(
                        "an image that would lie elsewhere",
                        "Kinds test",
                        it -> it.change(KINDS, "kinds/t2.png", "../t2.png"),
                        Kind.PATH,
                        "../t2.png, which is outside of"),
                new Planted(
                        "a missing image",
                        "kinds/1.png",
                        it -> it.delete("images/kinds/1.png"),
                        Kind.MISSING,
                        "kinds/1.png"),
                new Planted(
                        "half an image",
                        "kinds/3.png",
                        it -> it.bytes(
                                "images/kinds/3.png", new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10, 0}),
                        Kind.UNREADABLE,
                        "ends too early"),
                new Planted(
                        "an empty image",
                        "boxes/t.png",
                        it -> it.bytes("images/boxes/t.png", new byte[0]),
                        Kind.UNREADABLE,
                        "it is empty"),
                new Planted(
                        "a web page instead of an image",
                        "captions/1.png",
                        it -> it.write("images/captions/1.png", "<!DOCTYPE html><html>404</html>"),
                        Kind.UNREADABLE,
                        "it is a web page"),
                new Planted(
                        "a pointer of Git LFS instead of an image",
                        "kinds/t1.png",
                        it -> it.write("images/kinds/t1.png", "version https://git-lfs.github.com/spec/v1\n"),
                        Kind.UNREADABLE,
                        "a pointer of Git LFS"),
                new Planted(
                        "a test sample that is trained on",
                        "Kinds train",
                        it -> it.change("texts/Kinds/train.json", "kinds/2.png", "kinds/t1.png"),
                        Kind.LEAK,
                        "Test sample 1 has image and question of"),
                new Planted(
                        "a test sample that is trained on with a copy of its image",
                        "kinds/1.png",
                        it -> it.copy("images/kinds/t1.png", "images/kinds/1.png"),
                        Kind.LEAK,
                        "Test sample 1 has image and question of"),
                new Planted(
                        "a question without an image that is trained on",
                        "Letters train",
                        it -> it.change("texts/Letters/train.json", "Is snow hot?", "Is ice hot?"),
                        Kind.LEAK,
                        "Test sample 1 has image and question of"),
                new Planted(
                        "a word where a letter should be",
                        "Letters test",
                        it -> it.change("texts/Letters/test_2.json", "'answer': 'B'", "'answer': 'no'"),
                        Kind.ANSWER,
                        "The answer \"no\" of "),
                new Planted(
                        "a letter beyond the options",
                        "Letters test",
                        it -> it.change("texts/Letters/test_2.json", "'answer': 'B'", "'answer': 'C'"),
                        Kind.ANSWER,
                        "is beyond the 2 options"),
                new Planted(
                        "words where a box should be",
                        "Boxes test",
                        it -> it.change("texts/Boxes/test.json", "[0.10,0.20,0.55,0.60]", "on the left"),
                        Kind.ANSWER,
                        "is no box"),
                new Planted(
                        "a box with its corners the wrong way round",
                        "Boxes test",
                        it -> it.change("texts/Boxes/test.json", "[0.10,0.20,0.55,0.60]", "[0.55,0.60,0.10,0.20]"),
                        Kind.ANSWER,
                        "the wrong way round"),
                new Planted(
                        "a box in pixels",
                        "Boxes test",
                        it -> it.change("texts/Boxes/test.json", "[0.10,0.20,0.55,0.60]", "[10,20,55,60]"),
                        Kind.ANSWER,
                        "lies outside of the image"),
                new Planted(
                        "an empty answer",
                        "Kinds train",
                        it -> it.change("texts/Kinds/train.json", "'no'", "' '"),
                        Kind.ANSWER,
                        "is empty"));
    }

    static Stream<Planted> warnings() {
        return Stream.of(
                new Planted(
                        "another number of samples than published",
                        "",
                        it -> it.write("texts/Letters/train.json", "[]"),
                        Kind.NOTE,
                        "has 0 samples; \"published\" is 1 (invented), and no known variant has as many."),
                new Planted(
                        "training ids twice",
                        "",
                        it -> it.change("texts/Kinds/train.json", "'id': 'b'", "'id': 'a'"),
                        Kind.NOTE,
                        "1 training samples have the id of one before (first: a)"),
                new Planted(
                        "a task under another name",
                        "",
                        it -> it.move("texts/Kinds/train.json", "texts/species/train.json"),
                        Kind.NOTE,
                        "The task Kinds lies there as "),
                new Planted(
                        "a folder of no task",
                        "",
                        it -> it.write("texts/Knds/train.json", "[]"),
                        Kind.STRANGER,
                        "Knds holds samples, and no task of Clinic is called so."),
                new Planted(
                        "an image of both splits",
                        "",
                        it -> it.copy("images/kinds/t1.png", "images/kinds/3.png"),
                        Kind.SHARED,
                        "1 of the 2 images of test samples"),
                new Planted(
                        "an image of no sample", "", it -> it.images("kinds/nobody.png"), Kind.ORPHAN, "nobody.png"));
    }

    @Test
    void inACleanTreeNothingIsFound() {
        var report = clinic.examine();
        assertEquals(List.of(), report.groups());
        assertFalse(report.isFaulty());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void aFaultIsNamed(Planted planted) {
        planted.spoil.accept(clinic);
        var report = clinic.examine();
        assertTold(planted, report);
        assertTrue(report.isFaulty());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("warnings")
    void whatMayBeMeantSoIsNoFault(Planted planted) {
        planted.spoil.accept(name(planted));
        var report = clinic.examine();
        assertTold(planted, report);
        assertFalse(report.isFaulty(), report::toString);
    }

    /** On disks that do not tell upper from lower case, an alias in lower case is the same folder. */
    private Clinic name(Planted planted) {
        return planted.name.contains("another name")
                ? clinic.change("clinic.yaml", "aliases: [Species]", "aliases: [species]")
                : clinic;
    }

    private static void assertTold(Planted planted, DataReport report) {
        assertTrue(
                report.groups().stream()
                        .filter(group -> group.kind() == planted.kind)
                        .flatMap(group -> group.findings().stream())
                        .anyMatch(finding -> finding.what().contains(planted.told)),
                () -> planted + ": " + report.groups());
    }

    /** As many as can be in one tree. */
    @Test
    void allFaultsAreToldAtOnce() {
        var places = new ArrayList<String>();
        var planted = faults().filter(fault -> !fault.place.equals("Kinds names") && !places.contains(fault.place))
                .peek(fault -> places.add(fault.place))
                .toList();
        assertTrue(planted.size() >= 12, planted::toString);
        planted.forEach(fault -> fault.spoil.accept(clinic));
        var report = clinic.examine();
        planted.forEach(fault -> assertTold(fault, report));
    }

    @Test
    void imagesAreNotDecodedWhereThatIsNotWanted() {
        clinic.write("images/kinds/1.png", "<html>");
        var quick = Examination.of(clinic.data(), false, 1, 20, (what, share) -> {});
        assertEquals(List.of(), quick.groups());
        assertFalse(quick.decoded());
    }

    @Test
    void ofAKindTheFirstAreKeptAndAllAreCounted() {
        IntStream.range(0, 30).forEach(i -> clinic.images("kinds/o" + i + ".png"));
        var group = clinic.examine().groups().get(0);
        assertEquals(Kind.ORPHAN, group.kind());
        assertEquals(30, group.count());
        assertEquals(20, group.findings().size());
    }

    @Test
    void ofSomeTasksNoImageIsAnOrphan() {
        clinic.images("kinds/nobody.png");
        assertEquals(List.of(), clinic.examine("species").groups());
        assertEquals("Kinds", clinic.examine("species").tasks().get(0).name());
    }

    @Test
    void answersAreCounted() {
        var train = clinic.examine().tasks().get(0).train();
        assertEquals(3, train.samples());
        assertEquals(3, train.published().orElseThrow());
        assertEquals(3, train.images());
        assertEquals(new Answers(3, 2, "a cat", 2 / 3.0, 2, 2, List.of(new Common("a cat", 2))), train.answers());
    }

    @Test
    void filesAreToldWithTheirHashes() {
        var files = clinic.write("texts/Kinds/test.json", Clinic.KINDS_TEST)
                .examine("Kinds")
                .tasks()
                .get(0)
                .files();
        assertEquals(
                List.of("test", "train"),
                files.stream().map(file -> file.role()).toList());
        assertEquals(64, files.get(0).sha256().length());
        assertEquals(folder.resolve("texts/Kinds/test.json"), files.get(0).file());
    }

    @Test
    void theVersionsOfUcitsCaptionsAreToldApart() {
        assertEquals("ids 1 to 2, all with captions", version());
        clinic.change("texts/Captions/coco.json", "'image_id': 2", "'image_id': 1");
        assertEquals(
                "captions for 1 ids, but 2 images (first without: 2), as in UCIT's VizWiz file before 2025-10-28",
                version());
        clinic.write("texts/Captions/coco.json", Clinic.COCO.replace("'id': 2", "'id': 3"));
        assertEquals("ids of images are not 1 to 2: the captions cannot be paired by number", version());
    }

    private String version() {
        return clinic.examine("Captions").tasks().get(0).files().stream()
                .filter(file -> file.role().equals("captions"))
                .flatMap(file -> file.about().stream())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void progressGoesFromNothingToAll() {
        var shares = new ArrayList<Double>();
        Examination.of(clinic.data(), true, 1, 20, (what, share) -> shares.add(share));
        assertEquals(shares.stream().sorted().toList(), shares);
        assertTrue(shares.get(0) > 0 && shares.get(shares.size() - 1) <= 1, shares::toString);
    }

    @Test
    void theJsonHoldsAllOfIt() {
        clinic.delete("images/kinds/1.png");
        var json = DataReportJson.of(clinic.examine(), Optional.empty());
        for (var part : List.of(
                "\"faulty\": true",
                "\"kind\": \"missing\"",
                "\"count\": 1",
                "\"published\": 3",
                "\"majority\": \"a cat\"",
                "\"sha256\": \"",
                "\"licence\": \"invented\"")) {
            assertTrue(json.contains(part), json);
        }
    }

    @Test
    void manyWorkersFindTheSame() {
        faults().filter(fault -> fault.kind == Kind.UNREADABLE).forEach(fault -> fault.spoil.accept(clinic));
        var counts = IntStream.of(1, 4)
                .mapToObj(workers ->
                        Examination.of(clinic.data(), true, workers, 20, (what, share) -> {}).groups().stream()
                                .map(Group::count)
                                .toList())
                .distinct()
                .toList();
        assertEquals(List.of(List.of(4)), counts);
    }
}
