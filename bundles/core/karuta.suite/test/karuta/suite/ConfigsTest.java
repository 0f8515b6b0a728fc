package karuta.suite;

import static karuta.suite.Tree.test;
import static karuta.suite.Tree.train;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import karuta.api.KarutaException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Configurations of MCITlib and Prism as a way in. */
class ConfigsTest {

    private static final String CAPTIONS =
            "{'images': [{'id': 1, 'file_name': '2.png'}], 'annotations': [{'image_id': 1, 'caption': 'a dog'}]}";

    private final Path root;
    private final Tree tree;

    ConfigsTest(@TempDir Path root) {
        this.root = root;
        this.tree = new Tree(root)
                .images("pictures/2.png", "some/where/1.png")
                .list("some/train.json", train("1", "1.png", "What is it?", "a cat"))
                .list("some/test.json", test("7", "2.png", "What is it?", "a dog"))
                .file("some/captions.json", CAPTIONS);
    }

    private SuiteData data(String suite, String config) {
        return new SuiteData(Suite.named(suite), root, SuiteOptions.STRICT.by(root.resolve(config)));
    }

    private void assertRefused(String suite, String config, String task, String part) {
        var message = assertThrows(
                        KarutaException.class, () -> data(suite, config).task(task), part)
                .getMessage();
        assertTrue(message.contains(part), message);
    }

    @Test
    void mcitlibsFirstVersion() {
        tree.file(
                        "c/CLEVR-Math.json",
                        "{'train_path': 'some/train.json', 'test_path': '%s/some/test.json', 'image_folder': 'pictures'}"
                                .formatted(root))
                .file(
                        "c/VizWiz.json",
                        "{'train_path': 'some/train.json', 'test_path': 'some/test.json', 'image_folder': 'pictures'}");
        var data = data("ucit", "c");
        var task = data.task("CLEVR");
        assertEquals("a dog", task.test().get(0).answer());
        assertEquals(1, task.test().get(0).query().images().get(0).pixels().width());
        assertEquals("configuration " + root.resolve("c"), data.layout());
        assertRefused(
                "ucit", "c", "VizWiz", "Nobody says where the file \"captions\" of task VizWiz-caption is: without it");
        assertRefused("ucit", "c", "IconQA", "says nothing of task IconQA");
    }

    @Test
    void mcitlibsThirdVersion() {
        tree.file(
                "c/VizWiz.json",
                "{'train_path': 'some/train.json', 'replay_path': 'r', 'router_path': 'r', 'test_path': 'some/test.json',"
                        + " 'anno_path': 'some/captions.json', 'train_folder': 'some/where', 'router_folder': '.',"
                        + " 'test_folder': 'pictures'}");
        var task = data("ucit", "c").task("VizWiz");
        assertEquals(List.of("a dog"), task.test().get(0).references());
        assertEquals(1, task.train().get(0).query().images().get(0).pixels().width());
        assertEquals(1, task.test().get(0).query().images().get(0).pixels().width());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "IconQA.json | {'train_pat': 'x'} | has the unknown key \"train_pat\" (did you mean \"train_path\"?)",
                "IconQA.json | {'train_path': 'x'} | has no \"test_path\"",
                "IconQA.json | {'test_q_path': 'x'} | is of a task of videos, which is out of scope",
                "IconQA.json | [] | is no JSON object",
                "IconQA.json | {'train_path': '\\u0000', 'test_path': 'x', 'image_folder': 'x'} | has a path that no file can have",
                "movie.json | {'train_path': 'x', 'test_path': 'x', 'image_folder': 'x'} | is of task \"movie\", which UCIT does not have",
                "IconQA.json | {'train_path': '/your_path/a', 'test_path': '/your_path/b', 'image_folder': 'x'} | There is no /your_path/b",
                "notes.txt | hello | has neither JSON files, as MCITlib's, nor a UCIT.py, as Prism's",
            })
    void whatIsWrongWithAConfigurationIsNamed(String file, String text, String part) {
        tree.file("c/" + file, text);
        assertRefused("ucit", "c", "IconQA", part);
    }

    @Test
    void prismsListsOfDicts() {
        tree.file("q/problems.json", "{'7': {'choices': ['a', 'b'], 'answer': 1}}")
                .file("q/pid_splits.json", "{'test': ['7']}")
                .list("q/test.json", test("7", "2.png", "Which?", "B"))
                .raw("c/CoIN.py", """
                        '''All of it is invented.'''
                        from ..paths.common import CHECKPOINT_DIR
                        from other import (
                            one,
                            two,
                        )
                        ROOT = "some"  # edit
                        COIN_DIR = f"{ROOT}"
                        COIN_TASKS = [
                            {
                                "cur_task": 0,
                                "name": "ScienceQA",
                                "train_data_path": f"{COIN_DIR}/train.json",
                                "test_data_path": 'q/' "test.json",
                                "eval_annotation_path": "q",
                                "output_dir": f"{CHECKPOINT_DIR}/CoIN/Task0",
                                "image_folder": "pictures",
                                "previous_task": None,
                                "eval": {"inference_args": ["--n", "-1"], "needs_conversion": False, "rate": -1.5e-3},
                            },
                            {"name": "VizWiz", "train_data_path": "some/train.json", "test_data_path": "some/test.json",
                             "eval_annotation_path": "some/test.json", "image_folder": "pictures"},
                        ]
                        """);
        for (var config : List.of("c", "c/CoIN.py")) {
            var data = data("coin", config);
            var science = data.test("ScienceQA");
            assertEquals(List.of("a", "b"), science.samples().get(0).fields().get("choices"));
            assertEquals(List.of("7"), science.split());
            assertEquals(1, data.task("ScienceQA").train().size());
            assertEquals("a dog", data.task("VizWiz").test().get(0).answer());
        }
    }

    @Test
    void aFileThatWasMadeToBreakTheReaderIsRefused() {
        tree.raw("c/CoIN.py", "T = " + "[".repeat(100_000));
        assertRefused("coin", "c", "VizWiz", "no list or dict so deep in others");
        var doubling = new StringBuilder("A0 = 'aaaaaaaaaa'\n");
        for (var i = 1; i < 100; i++) {
            doubling.append("A%d = f'{A%d}{A%d}'%n".formatted(i, i - 1, i - 1));
        }
        tree.raw("c/CoIN.py", doubling.toString());
        assertRefused("coin", "c", "VizWiz", "a text of at most 4096 characters");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "TASKS = [dict(name='x')] | CoIN.py:1: here should be a literal or a name that was assigned before",
                "import os\\nTASKS = os.listdir('.') | CoIN.py:2: here should be a literal or a name",
                "for x in y: pass | CoIN.py:1: here should be \"=\"",
                "TASKS = [{'name': 'a' | CoIN.py:1: here should be \"}\"",
                "TASKS = 'a | CoIN.py:1: here should be the end of a text",
                "TASKS = 'a' + 'b' | CoIN.py:1: here should be nothing but a value",
                "TASKS = [] | has 0 lists of tasks, where one is expected",
                "T = [{'name': 'VizWiz', 'test_data_path': 'x'}] | has a task without the text \"image_folder\"",
                "T = [{'name': 'VizWiz', 'test_data_path': f'{HOME}/x', 'image_folder': 'x'}] | has a \"test_data_path\" with HOME, which it does not define",
            })
    void pythonIsReadAndNeverExecuted(String text, String part) {
        tree.raw("c/CoIN.py", text.replace("\\n", "\n"));
        assertRefused("coin", "c", "VizWiz", part);
    }
}
