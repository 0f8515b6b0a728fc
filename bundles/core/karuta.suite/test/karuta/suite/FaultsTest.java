package karuta.suite;

import static karuta.suite.CoinTree.ORIGINAL;
import static karuta.suite.Tree.test;
import static karuta.suite.Tree.train;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import karuta.api.KarutaException;
import karuta.suite.Fault.Kind;
import karuta.suite.SuiteOptions.Leaks;
import karuta.suite.SuiteOptions.Twice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Damaged copies: each fault is named with file and place, and nothing is guessed. */
class FaultsTest {

    private static final String VIZWIZ = ORIGINAL + "VizWiz/val.json";

    private final Path root;
    private final Tree tree;

    FaultsTest(@TempDir Path root) {
        this.root = root;
        this.tree = CoinTree.in(root);
    }

    private SuiteData data(UnaryOperator<SuiteOptions> change) {
        return new SuiteData(Suite.named("coin"), root, change.apply(SuiteOptions.STRICT.in("Original")));
    }

    private void assertFault(String task, String... parts) {
        var message = assertThrows(
                        KarutaException.class, () -> data(it -> it).task(task), () -> String.join(" ", parts))
                .getMessage();
        for (var part : parts) {
            assertTrue(message.contains(part), message);
        }
    }

    @Test
    void noFolder() {
        var message = assertThrows(
                        KarutaException.class,
                        () -> new SuiteData(Suite.named("coin"), root.resolve("nowhere"), SuiteOptions.STRICT))
                .getMessage();
        assertTrue(message.contains("There is no folder ") && message.contains("nowhere with CoIN"), message);
    }

    @Test
    void anUnknownTaskOrLayoutOrOrder() {
        assertFault("VisWiz", "CoIN has no task \"VisWiz\" (did you mean \"VizWiz\"?)");
        var layout = assertThrows(KarutaException.class, () -> data(it -> it.in("Orignal")));
        assertTrue(layout.getMessage().contains("no layout \"Orignal\" (did you mean \"Original\"?)"));
        var order =
                assertThrows(KarutaException.class, () -> Suite.named("coin").order("alphabetic"));
        assertTrue(order.getMessage().contains("no order \"alphabetic\" (did you mean \"alphabetical\"?)"));
    }

    @Test
    void missingFiles() {
        tree.delete(VIZWIZ).delete(ORIGINAL + "GQA/train.json");
        assertFault("VizWiz", "There is no", "VizWiz/val.json: the test file of task VizWiz of CoIN (layout Original)");
        assertFault("GQA", "There is no", "GQA/train.json: the training file of task GQA of CoIN (layout Original)");
    }

    @Test
    void aFolderUnderTwoNames() {
        tree.list(ORIGINAL + "OCR-VQA/test.json", test("1", "x.png", "Who?", "me"));
        assertFault(
                "OCR-VQA",
                "more than one file for the test file of task OCR-VQA",
                "OCR-VQA/test.json",
                "OCRVQA/test.json");
    }

    @Test
    void aFileThatIsCutOffOrNoJsonOrNoText() {
        tree.file(
                VIZWIZ, "[{'question_id': 1, 'image': 'VizWiz/VizWiz2.png', 'text': 'What?', 'answer': 'a'}, {'quest");
        assertFault("VizWiz", "val.json is broken JSON at line 1");
        tree.raw(VIZWIZ, "");
        assertFault("VizWiz", "val.json is broken JSON");
        tree.raw(VIZWIZ, "version https://git-lfs.github.com/spec/v1\noid sha256:1\n");
        assertFault("VizWiz", "val.json (no JSON list, so one sample a line), line 1 is broken JSON");
    }

    @Test
    void elementsThatAreNoSamples() {
        tree.list(
                VIZWIZ,
                "7",
                "{'image': 'VizWiz/VizWiz2.png', 'text': 'What?', 'answer': 'a'}",
                "{'question_id': 3, 'answer': 'a'}",
                "{'question_id': 4, 'text': 'What?'}",
                "{'question_id': 5, 'text': 'What?', 'answer': []}",
                "{'question_id': 6, 'text': '<image>\\nWhat?', 'answer': 'a'}",
                "{'question_id': 7, 'image': 8.5, 'text': 'What?', 'answer': 'a'}",
                "{'question_id': 8, 'image': [], 'text': 'What?', 'answer': 'a'}");
        assertFault(
                "VizWiz",
                "element 1 is no JSON object",
                "element 2 has neither a \"id\" nor a \"question_id\"",
                "element 3 (id 3) lacks a text \"text\"",
                "element 4 (id 4) lacks a text \"answer\"",
                "element 5 (id 5) has an \"answer\" that is an empty list",
                "element 6 (id 6) speaks of 1 images",
                "element 8 (id 8) has an \"image\" that is an empty list");
    }

    @Test
    void aSampleWithoutAnyReference() {
        tree.raw("zoo.yaml", """
            suite: zoo
            layouts:
              mine: {train: none, test: "{task}/test.json", images: .}
            tasks:
              cats: {rules: [exact], record: {answer: none}, sides: {gold: {byId: true, references: a, without: nothing}}}
            """).list("cats/test.json", test("1", "1.png", "What?", "tom"));
        var data = new SuiteData(Suite.read(root.resolve("zoo.yaml")), root, SuiteOptions.STRICT);
        var message =
                assertThrows(KarutaException.class, () -> data.test("cats")).getMessage();
        assertTrue(message.contains("test.json, element 1 (id 1) has no answer, nor has a file beside"), message);
    }

    @Test
    void twoFoldersOfImagesAreAnsweredByTheOption() {
        tree.list("RS/train.json", train("1", "1.png", "Is it wet?", "no"))
                .list("RS/test.json", test("1", "2.png", "Is it wet?", "yes"))
                .images("RemoteSensing/2.png");
        var dcl = Suite.named("mllm-dcl");
        var message = assertThrows(
                        KarutaException.class, () -> new SuiteData(dcl, root, SuiteOptions.STRICT).test("RS"))
                .getMessage();
        assertTrue(message.contains("more than one folder of images for task RS of MLLM-DCL"), message);
        var strict = SuiteOptions.STRICT;
        var chosen = new SuiteOptions(
                "",
                strict.config(),
                Optional.of(root.resolve("RemoteSensing")),
                0,
                0,
                false,
                false,
                strict.twice(),
                strict.leaks(),
                false,
                false,
                strict.files());
        var image = new SuiteData(dcl, root, chosen)
                .test("RS")
                .samples()
                .get(0)
                .query()
                .images()
                .get(0);
        assertEquals(1, image.pixels().width());
    }

    @Test
    void anIdTwice() {
        var image = "VizWiz/VizWiz2.png";
        tree.list(
                VIZWIZ, test("7", image, "What?", "a"), test("8", image, "Who?", "b"), test("'7'", image, "Why?", "c"));
        assertFault("VizWiz", "val.json, element 3 has the id 7 of a sample before");
        var renamed = data(it -> with(it, Twice.RENAME, Leaks.REFUSE, 0)).task("VizWiz");
        assertEquals("7~2", renamed.test().get(2).id());
        assertTrue(renamed.notes().stream().anyMatch(it -> it.contains("1 sample with the id of a sample before")));
    }

    @Test
    void imagesOutsideOfTheirFolder() {
        tree.list(
                VIZWIZ,
                test("1", "../secret.png", "What?", "a"),
                test("2", "/etc/secret.png", "What?", "a"),
                test("3", " ", "What?", "a"));
        assertFault(
                "VizWiz",
                "(id 1) has the image ../secret.png, which is outside of",
                "(id 2) has the image /etc/secret.png",
                "(id 3) has an image without a name");
    }

    @Test
    void anImageThatIsElsewhereIsNotSearched() {
        tree.images("cl_dataset/elsewhere/lost.png").list(VIZWIZ, test("1", "VizWiz/lost.png", "What?", "a"));
        var image = data(it -> it).task("VizWiz").test().get(0).query().images().get(0);
        var message = assertThrows(KarutaException.class, image::pixels).getMessage();
        assertTrue(message.contains("There is no image VizWiz/lost.png in") && message.contains("cl_dataset"), message);
    }

    @Test
    void aTextVqaFileWithoutTheTenAnswers() {
        var answers = "cl_dataset/TextVQA/TextVQA_0.5.1_val.json";
        tree.file(answers, "{'data': [{'question_id': 34602, 'answer': 'go'}]}");
        assertFault("TextVQA", answers + " has no \"answers\" for id 34602");
        tree.file(answers, "{'data': [{'question_id': 1, 'answers': ['go']}]}");
        assertFault("TextVQA", "val.json, element 1 (id 34602) is not in", answers);
        tree.file(answers, "{'data': [{'id': 34602, 'answers': ['go']}]}");
        assertFault("TextVQA", answers + ", element of \"data\" 1 has no \"question_id\"");
        tree.file(answers, "[{'question_id': 34602, 'answers': ['go']}]");
        assertFault("TextVQA", answers + " has no list \"data\"");
        tree.file(
                answers,
                "{'data': [{'question_id': 34602, 'answers': ['a']}, {'question_id': 34602, 'answers': ['b']}]}");
        assertFault("TextVQA", "element of \"data\" 2 has the id 34602 of an entry before");
        tree.delete(answers);
        assertFault("TextVQA", "There is no", answers + ": the answers file of task TextVQA of CoIN (layout Original)");
    }

    @Test
    void problemsThatAreNotThoseOfTheTest() {
        var problems = "cl_dataset/ScienceQA/problems.json";
        tree.file(
                problems,
                "{'11': {'choices': ['cat', 'dog', 'owl'], 'answer': 'C'}, '12': {'choices': ['a'], 'answer': 0}}");
        assertFault("ScienceQA", "problems.json, \"11\" has no \"answer\" that is the index of a choice");
        tree.file(problems, "{'11': {'choices': ['cat', 'dog', 'owl'], 'answer': 2}}");
        assertFault("ScienceQA", "test.json, element 2 (id 12) is not in", problems);
        tree.file(problems, "{'11': 1, '12': {'choices': ['yes', 'no'], 'answer': 1}}");
        assertFault("ScienceQA", "problems.json, \"11\" is no JSON object");
        tree.file("cl_dataset/ScienceQA/pid_splits.json", "{'train': ['1'], 'test': ['12']}");
        assertFault("ScienceQA", "element 1 (id 11) is not in", "pid_splits.json");
        tree.file("cl_dataset/ScienceQA/pid_splits.json", "{'train': ['1']}");
        assertFault("ScienceQA", "pid_splits.json has no list \"test\"");
    }

    @Test
    void anotherReferenceBesideCountsAndIsTold() {
        tree.file(
                "cl_dataset/ScienceQA/problems.json",
                "{'11': {'choices': ['cat', 'dog', 'owl'], 'answer': 0}, '12': {'choices': ['yes', 'no'], 'answer': 1}}");
        var task = data(it -> it).task("ScienceQA");
        assertEquals(List.of("A"), task.test().get(0).references());
        assertTrue(
                task.notes().stream()
                        .anyMatch(it -> it.startsWith("1 test samples of task ScienceQA have another reference")),
                task.notes().toString());
    }

    @Test
    void aFileBesideThatOneCanDoWithoutIsTold() {
        tree.delete("cl_dataset/ScienceQA/problems.json");
        var task = data(it -> it).task("ScienceQA");
        assertEquals(List.of("C"), task.test().get(0).references());
        assertTrue(
                task.notes().stream()
                        .anyMatch(it -> it.contains("problems.json: how many options a question has is not known")),
                task.notes().toString());
    }

    @Test
    void aTestSampleInTheTrainingFile() {
        tree.list(ORIGINAL + "VizWiz/train.json", train("1", "VizWiz/VizWiz2.png", "What is it?", "a dog"));
        assertFault("VizWiz", "test sample 7 has the image and the question of training sample 1");
        var dropped = data(it -> with(it, Twice.REFUSE, Leaks.DROP, 0)).task("VizWiz");
        assertEquals(List.of(), dropped.train());
        assertTrue(
                dropped.notes().stream().anyMatch(it -> it.startsWith("1 training samples of task VizWiz have image")));
        assertEquals(
                1,
                data(it -> with(it, Twice.REFUSE, Leaks.KEEP, 0))
                        .task("VizWiz")
                        .train()
                        .size());
    }

    @Test
    void countsThatAreNotThePublishedOnesAreNoted() {
        assertTrue(data(it -> it).task("ImageNet").notes().stream()
                .anyMatch(it ->
                        it.contains("ImageNet/train.json has 2 samples; \"published\" is 129833 (read in a copy of")));
        var slim = IntStream.range(0, 4000)
                .mapToObj(i -> test(String.valueOf(i), "VizWiz/VizWiz2.png", "Who?", "a"))
                .toArray(String[]::new);
        tree.list(VIZWIZ, slim);
        assertTrue(data(it -> it).test("VizWiz").notes().stream()
                .anyMatch(it -> it.contains("has 4000 samples, as the variant \"slim\"")));
        assertEquals(
                List.of(),
                data(it -> with(it, Twice.REFUSE, Leaks.REFUSE, 10))
                        .test("VizWiz")
                        .notes());
    }

    @Test
    void aFileThatHasLessThanItsNameSays() {
        tree.list("instructions/IconQA/test_3000.json", test("1", "1.png", "How many?", "2"))
                .list("instructions/IconQA/train.json", train("1", "2.png", "How many?", "3"));
        var ucit = Suite.named("ucit");
        var message = assertThrows(
                        KarutaException.class, () -> new SuiteData(ucit, root, SuiteOptions.STRICT).task("IconQA"))
                .getMessage();
        assertTrue(message.contains("test_3000.json has 1 samples, where its name says 3000"), message);
        var notes = new SuiteData(ucit, root, SuiteOptions.STRICT.ofExcerpt())
                .task("IconQA")
                .notes();
        assertTrue(notes.get(0).contains("where its name says 3000"), notes.toString());
    }

    @Test
    void captionsInAnotherOrderThanTheQuestions() {
        tree.list("instructions/Flickr30k/test_3000.json", test("1", "a.jpg", "?", "x"), test("2", "b.jpg", "?", "x"))
                .file(
                        "instructions/Flickr30k/val_coco_type_3000.json",
                        "{'images': [{'id': 1, 'file_name': 'b.jpg'}, {'id': 2, 'file_name': 'a.jpg'}], 'annotations':"
                                + " [{'image_id': 1, 'caption': 'b'}, {'image_id': 2, 'caption': 'a'}]}");
        var data = new SuiteData(Suite.named("ucit"), root, SuiteOptions.STRICT.ofExcerpt());
        var message = assertThrows(KarutaException.class, () -> data.test("Flickr30k"))
                .getMessage();
        assertTrue(message.contains("element 1 (id 1) has the image a.jpg, but b.jpg in"), message);
        assertTrue(message.contains("they are not in the same order"), message);
    }

    @Test
    void whatTheScriptOfFinAddsGivesTheKindOfAnswerAway() {
        tree.list("Fin/train.json", train("1", "1.png", "Does it rise?", "No"))
                .list(
                        "Fin/test.json",
                        test("1", "2.png", "Did it fall?", "Yes"),
                        test("2", "2.png", "Which one?", "B"));
        var dcl = Suite.named("mllm-dcl");
        var plain = new SuiteData(dcl, root, SuiteOptions.STRICT).task("Fin");
        assertEquals("Did it fall?", plain.test().get(0).query().instruction());
        assertTrue(
                plain.notes().get(0).contains("chosen by the right answer, whose kind it gives away; it is not added"));
        var published = new SuiteData(dcl, root, published()).task("Fin").test();
        assertEquals(
                "Did it fall? Only answer with yes or no directly.",
                published.get(0).query().instruction());
        assertEquals(
                "Which one? Answer with the given letter directly, e.g., A, B, C, D.",
                published.get(1).query().instruction());
    }

    @Test
    void aScanShowsEverythingAndEndsAtNoFault() {
        tree.list(
                        VIZWIZ,
                        test("7", "VizWiz/VizWiz2.png", "What?", "a"),
                        test("7", "VizWiz/lost.png", "What?", "a"),
                        "{'question_id': 8}",
                        test("9", "VizWiz/lost.png", "What?", "a"))
                .delete(ORIGINAL + "VizWiz/train.json");
        var seen = new ArrayList<String>();
        var faults = new ArrayList<Kind>();
        data(it -> it).scan("VizWiz", new TaskScan() {
            @Override
            public void file(String role, FileChoice file) {
                seen.add(role + " " + file.there().size());
            }

            @Override
            public void record(SuiteRecord record) {
                seen.add(record.number() + " " + root.relativize(record.images().get(0)));
            }

            @Override
            public void fault(Fault fault) {
                faults.add(fault.kind());
            }

            @Override
            public void note(String note) {
                seen.add(note.substring(note.length() - 20));
            }
        });
        assertEquals(List.of(Kind.TWICE, Kind.RECORD, Kind.FILE), faults);
        assertEquals(
                Arrays.asList(
                        "test 1",
                        "1 cl_dataset/VizWiz/VizWiz2.png",
                        "4 cl_dataset/VizWiz/lost.png",
                        "variant has as many.",
                        "train 0"),
                seen);
    }

    private static SuiteOptions with(SuiteOptions options, Twice twice, Leaks leaks, int limit) {
        return new SuiteOptions(
                options.layout(),
                options.config(),
                options.images(),
                limit,
                limit,
                options.excerpt(),
                options.additions(),
                twice,
                leaks,
                options.outside(),
                options.dropSystem(),
                options.files());
    }

    private static SuiteOptions published() {
        var strict = SuiteOptions.STRICT;
        return new SuiteOptions(
                strict.layout(),
                strict.config(),
                strict.images(),
                0,
                0,
                false,
                true,
                strict.twice(),
                strict.leaks(),
                false,
                false,
                strict.files());
    }
}
