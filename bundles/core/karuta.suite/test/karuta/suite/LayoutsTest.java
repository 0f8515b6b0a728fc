package karuta.suite;

import static karuta.suite.Tree.test;
import static karuta.suite.Tree.train;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import karuta.api.KarutaException;
import karuta.api.Task;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every suite in its official layouts. */
class LayoutsTest {

    private static final SuiteOptions EXCERPT = SuiteOptions.STRICT.ofExcerpt();

    private final Path root;
    private final Tree tree;

    LayoutsTest(@TempDir Path root) {
        this.root = root;
        this.tree = new Tree(root);
    }

    private SuiteData data(String suite) {
        return new SuiteData(Suite.named(suite), root, EXCERPT);
    }

    private void sample(String train, String test) {
        if (!train.isEmpty()) {
            tree.list(train, train("1", "1.png", "What is it?", "a cat"));
        }
        tree.list(test, test("7", "2.png", "What is it?", "a dog"));
    }

    private void assertRead(Task task) {
        assertEquals(List.of("a dog"), task.test().get(0).references(), task.name());
        assertEquals("7", task.test().get(0).id());
        assertEquals("2.png", task.test().get(0).query().images().get(0).path().orElseThrow());
    }

    @ParameterizedTest
    @CsvSource({
        "instructions/, hide, VizWiz, Flickr30k, CLEVR, _3000, val_coco_type_3000",
        "instructions/, hide, Vizcap, Flickr30k, CLEVR, _3000, test_coco_type",
        "'', mcitlib, VizWiz, Flickr30k, CLEVR-Math, '', val_coco_type_3000",
        "'', mcitlib-v3, VizWiz-caption, Flickr30k-cap, CLEVR-Math, _3000, val_coco_type_3000",
    })
    void fourNamesOfUcitAreOneSuite(
            String root, String layout, String vizWiz, String flickr, String clevr, String test, String captions) {
        var old = layout.equals("mcitlib");
        sample(root + "ImageNet-R/train.json", root + "ImageNet-R/test" + test + ".json");
        sample(root + "IconQA/train.json", root + "IconQA/test" + test + ".json");
        sample(root + "ArxivQA/" + (old ? "train.json" : "train_4w.json"), root + "ArxivQA/test" + test + ".json");
        sample(root + clevr + "/" + (old ? "train.json" : "train_4w.json"), root + clevr + "/test" + test + ".json");
        sample(root + vizWiz + "/train.json", root + vizWiz + "/test" + test + ".json");
        sample(
                root + flickr + "/" + (old ? "train.json" : "train_brief_4w.json"),
                root + flickr + "/test" + test + ".json");
        for (var folder : List.of(vizWiz, flickr)) {
            tree.file(
                    root + folder + "/" + captions + ".json",
                    "{'images': [{'id': 1, 'file_name': '2.png'}], 'annotations': [{'id': 1, 'image_id': 1, 'caption':"
                            + " 'a dog.'}, {'id': 2, 'image_id': 1, 'caption': 'dogs'}]}");
        }
        var data = data("ucit");
        assertEquals("layout " + layout, data.layout());
        for (var name : List.of("ImageNet-R", "ArxivQA", "IconQA", "CLEVR", "CLEVR-Math")) {
            assertRead(data.task(name));
        }
        for (var name : List.of("VizWiz", "Vizcap", "VizWiz-caption", "Flickr30k-cap")) {
            assertEquals(
                    List.of("a dog.", "dogs"), data.test(name).samples().get(0).references());
        }
        assertEquals("VizWiz-caption", data.task("Vizcap").name());
    }

    @Test
    void aWholeCaptionFileOfUcitIsReadWithoutANote() {
        var elements = IntStream.rangeClosed(1, 3000)
                .mapToObj(i -> test(String.valueOf(i), i + ".png", "What happens?", "x"))
                .toArray(String[]::new);
        tree.list("instructions/VizWiz/test_3000.json", elements)
                .raw("instructions/VizWiz/val_coco_type_3000.json", captions(3000));
        var test = new SuiteData(Suite.named("ucit"), root, SuiteOptions.STRICT).test("VizWiz");
        assertEquals(List.of(), test.notes());
        assertEquals(List.of("caption 3000"), test.samples().get(2999).references());
    }

    @Test
    void theCaptionFileThatLacksAnImageIsNamed() {
        var elements = IntStream.rangeClosed(1, 3000)
                .mapToObj(i -> test(String.valueOf(i), i + ".png", "What happens?", "x"))
                .toArray(String[]::new);
        tree.list("instructions/VizWiz/test_3000.json", elements)
                .raw("instructions/VizWiz/val_coco_type_3000.json", captions(2999));
        var message = assertThrows(
                        KarutaException.class,
                        () -> new SuiteData(Suite.named("ucit"), root, SuiteOptions.STRICT).test("VizWiz"))
                .getMessage();
        assertTrue(message.contains("element 3000 (id 3000) is not in"), message);
        assertTrue(message.contains("has entries for 2999 samples"), message);
    }

    private static String captions(int count) {
        var images = new StringBuilder();
        var annotations = new StringBuilder();
        for (var i = 1; i <= count; i++) {
            images.append(i == 1 ? "" : ",").append("{\"id\": %d, \"file_name\": \"%d.jpg\"}".formatted(i, i));
            annotations
                    .append(i == 1 ? "" : ",")
                    .append("{\"id\": %d, \"image_id\": %d, \"caption\": \"caption %d\"}".formatted(i, i, i));
        }
        return "{\"images\": [" + images + "], \"annotations\": [" + annotations + "]}";
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Domain_data/"})
    void domains(String folder) {
        for (var task : List.of("RS", "Med", "AD", "Sci", "Fin")) {
            sample(folder + task + "/train.json", folder + task + "/test.json");
        }
        tree.images(folder + "RS/2.png");
        var data = data("mllm-dcl");
        data.suite().order("").forEach(name -> assertRead(data.task(name)));
        assertEquals(
                1,
                data.task("RemoteSensing")
                        .test()
                        .get(0)
                        .query()
                        .images()
                        .get(0)
                        .pixels()
                        .width());
    }

    @ParameterizedTest
    @ValueSource(strings = {"VP_test", "CV-Benchv2"})
    void abilities(String vp) {
        for (var task : List.of("OCR", "Math")) {
            sample(task + "/train.json", task + "_test/test.json");
        }
        tree.images(vp + "/2.png")
                .list("VP/train.json", train("1", "1.png", "How many?", "2"))
                .list(
                        vp + "/test.json",
                        "{'question_id': 7, 'image': '2.png', 'text': 'How many?', 'answer': 'a dog', 'type': '2D', 'task':"
                                + " 'Count'}");
        var data = data("mllm-acl");
        data.suite().order("").forEach(name -> assertRead(data.task(name)));
        var sample = data.test("VP").samples().get(0);
        assertEquals(List.of("Count"), sample.fields().get("task"));
        assertEquals(1, sample.query().images().get(0).pixels().width());
        var message =
                assertThrows(KarutaException.class, () -> data.task("APP")).getMessage();
        assertTrue(message.contains("out of scope: nothing but MMT-Bench's server can score it"), message);
    }

    @Test
    void trigap() {
        var files = Map.of(
                "DocVQA", List.of("train_converted_sub", "val_converted"),
                "ChartQA", List.of("train_standard_4w_sub", "test_standard_3k"),
                "IconQA", List.of("train_sub", "test_3000"),
                "InfographicVQA", List.of("infographicsVQA_train_converted_sub", "infographicsVQA_val_converted"),
                "ArxivQA", List.of("train_4w_sub", "test_3000"),
                "FloodNetVQA", List.of("train_standard_4w_sub", "test_standard_3k"),
                "CLEVR", List.of("train_4w_sub", "test_3000"));
        var data = data("trigap");
        for (var name : data.suite().order("")) {
            var file = files.getOrDefault(name, List.of("train_standard_4w", "test_standard_3k"));
            sample(
                    "instructions/" + name + "/" + file.get(0) + ".json",
                    "instructions/" + name + "/" + file.get(1) + ".json");
            assertRead(data.task(name));
        }
        assertEquals("anls.prism", data.task("DocVQA").scorer());
    }

    @Test
    void cvitWithTasksThatAreOnlyTestedAndSeveralLabels() {
        var folder = "CVIT_benchmark/Instructions_Single/";
        sample("", folder + "VizWiz/val.json");
        tree.list(folder + "Places365/train_5shot.json", train("1", "1.png", "Where?", "park"))
                .list(
                        folder + "Places365/val.json",
                        "{'question_id': 1, 'image': '2.png', 'text': 'Where?', 'answer': ['park', 'garden']}");
        var data = new SuiteData(Suite.named("cvit"), root, EXCERPT.in("5shot"));
        assertRead(data.task("VizWiz"));
        assertEquals(List.of(), data.task("VizWiz").train());
        assertEquals(
                List.of("park", "garden"), data.task("Places365").test().get(0).references());
        var message = assertThrows(KarutaException.class, () -> data("cvit")).getMessage();
        assertTrue(message.contains("in several layouts: 10shot, 5shot"), message);
    }

    @Test
    void problemsWithSolutions() {
        var sample = "{'question_id': 'a_3', 'problem': 'What is 2+2?', 'solution': '<think>easy</think> 4'}";
        tree.list(
                        "data/reasoning_train/numglue.json",
                        sample.replace("'question_id': 'a_3', ", "").replace('2', '3'))
                .list("data/reasoning_test/numglue.json", sample);
        var task = data("mllm-ctbench").task("numglue");
        assertEquals("1", task.train().get(0).id());
        assertEquals("a_3", task.test().get(0).id());
        assertEquals("<think>easy</think> 4", task.test().get(0).answer());
        assertEquals(Map.of("task", List.of("numglue")), task.test().get(0).fields());
    }

    @Test
    void messages() {
        var sample =
                "{'messages': [{'role': 'user', 'content': '<image>What is %s?'}, {'role': 'assistant', 'content': '%s'}],"
                        + " 'images': ['%s.png']}";
        tree.list("datasets/train/IconQA-train.json", sample.formatted("red", "ball", "a"))
                .list(
                        "datasets/test_data/IconQA-test.json",
                        sample.formatted("blue", "cup", "b"),
                        sample.formatted("green", "tree", "c"));
        var task = data("continual-next").task("IconQA");
        assertEquals(List.of("1", "2"), task.test().stream().map(it -> it.id()).toList());
        assertEquals("What is green?", task.test().get(1).query().instruction());
        assertEquals("ball", task.train().get(0).answer());
    }

    @Test
    void instructionsOfCoinAreChosenByName() {
        CoinTree.in(root);
        tree.list(
                        "playground/Instructions_10Type/VizWiz/train.json",
                        train("1", "VizWiz/VizWiz1.png", "Say what it is.", "cat"))
                .list(
                        "playground/Instructions_10Type/VizWiz/val.json",
                        test("7", "VizWiz/VizWiz2.png", "Say what that is.", "a dog"))
                .list(
                        "playground/Instructions_slim/OCRVQA/test_1.json",
                        test("7", "OCR-VQA/images/OCRVQA2.png", "Who?", "me"));
        var coin = Suite.named("coin");
        var message = assertThrows(KarutaException.class, () -> new SuiteData(coin, root, EXCERPT))
                .getMessage();
        assertTrue(message.contains("in several layouts: Original, 10Type, slim"), message);
        var ten = new SuiteData(coin, root, EXCERPT.in("10Type")).task("VizWiz");
        assertEquals("Say what that is.", ten.test().get(0).query().instruction());
        var slim = new SuiteData(coin, root, EXCERPT.in("slim")).task("OCR-VQA");
        assertEquals("me", slim.test().get(0).answer());
        assertEquals(2, slim.train().size());
    }

    @Test
    void modalPromptsFolders() {
        sample("instructions/VizWiz/train.json", "instructions/VizWiz/val.json");
        sample("instructions/GQA/train.json", "instructions/GQA/test.json");
        tree.images("datasets/2.png");
        var data = data("coin");
        assertEquals("layout modalprompt", data.layout());
        assertRead(data.task("VizWiz"));
        assertRead(data.task("GQA"));
        assertEquals(
                1,
                data.task("GQA").test().get(0).query().images().get(0).pixels().width());
    }
}
