package karuta.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import karuta.api.KarutaException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ManifestsTest {

    private static final String OWN = """
            suite: zoo
            layouts:
              mine: {train: "{task}/train.json", test: "{task}/test.json", images: .}
            tasks:
              cats: {aliases: [kitten], about: Cats., rules: [exact]}
              dogs:
                rules: [contain.words, exact]
                counts: {train: 1, test: 1, source: counted}
                record: {id: nr, question: [ask, q], answer: gold, fields: {size: box.size}}
                adds: [{by: our script, text: " Say it in a word."}]
            """;

    private final Tree tree;

    ManifestsTest(@TempDir Path root) {
        this.tree = new Tree(root);
    }

    @Test
    void allThatShipCanBeRead() {
        for (var id : Suite.shipped()) {
            if (id.equals("cl-vista")) {
                continue;
            }
            var suite = Suite.named(id);
            assertEquals(id, suite.id());
            assertFalse(suite.sources().isEmpty(), id);
            suite.orders().forEach((name, order) -> order.forEach(suite::task));
            for (var task : suite.tasks()) {
                assertFalse(task.about().isEmpty(), task.name());
                assertTrue(task.counts().stream().noneMatch(it -> it.source().isEmpty()));
            }
        }
    }

    @Test
    void bothOrdersOfCoinHoldTheSameTasks() {
        var coin = Suite.named("coin");
        assertEquals(
                List.of("ScienceQA", "TextVQA", "ImageNet", "GQA", "VizWiz", "Grounding", "VQAv2", "OCR-VQA"),
                coin.order(""));
        assertEquals(
                coin.order("").stream().sorted(String.CASE_INSENSITIVE_ORDER).toList(), coin.order("alphabetical"));
    }

    @Test
    void videosAndJudgesAreRefusedByName() {
        var message = assertThrows(KarutaException.class, () -> Suite.named("cl-vista"))
                .getMessage();
        assertTrue(message.contains("CL-VISTA is out of scope: its tasks are videos"), message);
    }

    @Test
    void anUnknownSuiteIsRefusedWithWhatWasMeant() {
        var message =
                assertThrows(KarutaException.class, () -> Suite.named("coint")).getMessage();
        assertTrue(message.contains("no suite \"coint\" (did you mean \"coin\"?)"), message);
    }

    @Test
    void aSuiteOfOnesOwnIsNothingButAFile() {
        tree.raw("zoo.yaml", OWN)
                .list("cats/train.json", Tree.train("1", "1.png", "What?", "cat"))
                .list("kitten/test.json", Tree.test("2", "2.png", "What?", "tom"))
                .file("dogs/train.json", "[{'nr': 1, 'ask': 'Who?', 'gold': 'rex'}]")
                .file("dogs/test.json", "{'nr': 5, 'q': 'Who barks?', 'gold': 'wolf', 'box': {'size': [3, 4]}}\n");
        var suite = Suite.of(tree.root().resolve("zoo.yaml").toString());
        var data = new SuiteData(suite, tree.root(), SuiteOptions.STRICT);
        assertEquals(List.of("cats", "dogs"), suite.order(""));
        assertEquals("tom", data.task("cats").test().get(0).answer());
        var dogs = data.task("dogs");
        assertEquals("contain.words", dogs.scorer());
        assertEquals("rex", dogs.train().get(0).answer());
        assertEquals(List.of("3", "4"), dogs.test().get(0).fields().get("size"));
        assertEquals(
                List.of(
                        "The test script of our script adds \"Say it in a word.\" to questions of task dogs; it is not added"
                                + " here."),
                dogs.notes());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "suite: zoo       | sute: zoo            | z.yaml:1: unknown key \"sute\" (did you mean \"suite\"?)",
                "aliases: [kitten] | aliasses: [kitten]  | z.yaml:5: unknown key \"aliasses\" (did you mean \"aliases\"?)",
                "aliases: [kitten] | aliases: [dogs]     | z.yaml:6: \"dogs\" is a name or an alias of another task, too",
                "rules: [exact]   | aliases: []          | z.yaml:5: duplicate key \"aliases\"",
                "train: 1,        | train: many,         | z.yaml:8: \"train\" must be a whole number from 1 on, not \"many\"",
                ", source: counted | ''                  | z.yaml:8: key \"source\" is missing in \"published\" counts",
                "images: .        | pictures: .          | z.yaml:3: unknown key \"pictures\"",
                "{task}/train     | {tusk}/train         | z.yaml:3: \"train\": \"{tusk}\" stands for nothing",
                "answer: gold     | dialogue: talk       | z.yaml:9: unknown dialogue \"talk\"",
                "mine: {          | mine: {like: yours, | z.yaml:3: unknown layout before this one \"yours\"",
                "by: our script, | ''                    | z.yaml:10: key \"by\" is missing in what is added",
                "adds:            | sides: {x: {list: a}}\\n    adds: | z.yaml:10: side file \"x\" must have either",
                "adds:            | sides: {x: {id: a}}\\n    adds: | z.yaml:3: layout \"mine\" does not say in \"sides\" where \"x\"",
                "suite: zoo       | suite: zoo\\norders: {a: [cats, rats]} | z.yaml:2: unknown task \"rats\" (did you mean \"cats\"?)",
                "tasks:           | task:                | z.yaml:4: unknown key \"task\" (did you mean \"tasks\"?)",
            })
    void everyMistakeIsNamedWithItsLine(String right, String wrong, String message) {
        var text = OWN.replace(right, wrong.replace("\\n", "\n"));
        var told = assertThrows(KarutaException.class, () -> ManifestReader.parse("z.yaml", text))
                .getMessage();
        assertTrue(told.contains(message), told);
    }

    @Test
    void aManifestThatIsNotThereIsNamed() {
        var message = assertThrows(KarutaException.class, () -> Suite.of("nowhere/zoo.yaml"))
                .getMessage();
        assertTrue(message.startsWith("nowhere/zoo.yaml: there is no such file"), message);
    }
}
