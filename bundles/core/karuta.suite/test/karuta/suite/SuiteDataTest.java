package karuta.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import karuta.api.Sample;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SuiteDataTest {

    private final Path root;
    private final Tree tree;

    SuiteDataTest(@TempDir Path root) {
        this.root = root;
        this.tree = CoinTree.in(root);
    }

    private SuiteData data() {
        return new SuiteData(Suite.named("coin"), root, SuiteOptions.STRICT);
    }

    @Test
    void everyTaskOfCoinIsReadWithItsPublishedRule() {
        var rules = Map.of(
                "ScienceQA", "choice.coin",
                "TextVQA", "m4c.textvqa",
                "ImageNet", "contain.coin",
                "GQA", "gqa.coin",
                "VizWiz", "equal.coin-upper",
                "Grounding", "box.coin",
                "VQAv2", "equal.coin-upper",
                "OCR-VQA", "equal.coin-lower");
        var order = data().suite().order("");
        assertEquals(8, order.size());
        for (var name : order) {
            var task = data().task(name);
            assertEquals(rules.get(name), task.scorer());
            assertTrue(!task.train().isEmpty() && !task.test().isEmpty(), name);
            task.test()
                    .forEach(sample -> sample.query()
                            .images()
                            .forEach(image -> assertEquals(1, image.pixels().width())));
        }
    }

    @Test
    void filesBesideTheSamplesGiveWhatTheRulesNeed() {
        var science = data().test("ScienceQA");
        assertEquals(
                List.of("cat", "dog", "owl"), fields(science.samples().get(0)).get("choices"));
        assertEquals(List.of("11", "12"), science.split());
        var text = data().test("TextVQA").samples().get(0);
        assertEquals(10, fields(text).get("answers").size());
        assertEquals("Go!", fields(text).get("answers").get(3));
        var gqa = data().test("GQA").samples();
        assertEquals(List.of("true"), fields(gqa.get(0)).get("isBalanced"));
        assertEquals(List.of("query"), fields(gqa.get(1)).get("structural"));
        var box = data().test("Grounding").samples().get(0);
        assertEquals("[0.10,0.20,0.55,0.60]", box.answer());
        assertEquals(List.of("640", "480"), fields(box).get("size"));
    }

    @Test
    void scoringNeedsNoImageAndNoTrainingFile() throws IOException {
        tree.delete(CoinTree.ORIGINAL + "VizWiz/train.json");
        try (var images = Files.walk(root.resolve("cl_dataset/VizWiz"))) {
            for (var image : images.filter(Files::isRegularFile).toList()) {
                Files.delete(image);
            }
        }
        var sample = data().test("vizwiz").samples().get(0);
        assertEquals("7", sample.id());
        assertEquals("VizWiz/VizWiz2.png", sample.query().images().get(0).path().orElseThrow());
    }

    private static Map<String, List<String>> fields(Sample sample) {
        return sample.fields();
    }
}
