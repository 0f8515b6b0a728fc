package karuta.study.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import karuta.yaml.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StudyMistakesTest {

    /** Each row changes the good example in one place; {@code |} stands for the end of a line. */
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = ';',
            value = {
                "    selector: {id: dual;     selectr: {id: dual; 12: unknown key \"selectr\" (did you mean"
                        + " \"selector\"?)",
                "backbone: tiny; backbones: tiny; 3: unknown key \"backbones\" (did you mean \"backbone\"?)",
                "backbone: tiny; ; 1: key \"backbone\" is missing in the study",
                "study: quickstart; study: 'a/b'; 1: the name of a study must be made of letters",
                "[1, 2]; [1, 2.5]; 2: a seed must be a whole number, not \"2.5\"",
                "[1, 2]; [1, 1]; 2: duplicate seed 1",
                "[1, 2]; []; 2: \"seeds\" must not be empty",
                "[1, 2]; {a: 1}; 2: \"seeds\" must be a list ([a, b]), not a mapping",
                "[1, 2]; 0; 2: \"seeds\" must be a list, or how many from 1 to 1000, not \"0\"",
                "textvqa; scienceqa; 6: duplicate task \"scienceqa\"",
                "tasks: [scienceqa, textvqa]; tasks: []; 6: \"tasks\" must not be empty",
                "tasks: [scienceqa, textvqa]; orders: {f: [a, b], g: [a]}; 6: order \"g\" must hold the same tasks",
                "tasks: [scienceqa, textvqa]; tasks: [a]|orders: {f: [a]}; 7: a study takes either \"tasks\" or"
                        + " \"orders\"",
                "tasks: [scienceqa, textvqa]; tasks: [a]|watch: [b, a]; 7: \"watch\" names the task \"a\", which the"
                        + " study learns",
                "tasks: [scienceqa, textvqa]; watch: [b, b]; 6: duplicate task \"b\"",
                "seeds: [1, 2]; slurm: {tasks: 0}; 2: \"tasks\" must be a whole number from 1 on, not \"0\"",
                "seeds: [1, 2]; slurm: {task: 4}; 2: unknown key \"task\" (did you mean \"tasks\"?)",
                "seeds: [1, 2]; slurm: {options: {--time: 4}}; 2: \"--time\" is no option of sbatch",
                "seeds: [1, 2]; slurm: {options: {time: [4]}}; 2: \"time\" must be a single value, not a list",
                "seeds: [1, 2]; slurm: gpu; 2: \"slurm\" must be a mapping (key: value), not \"gpu\"",
                "rate: 0.05; rate: fast; 7: \"rate\" must be a number above 0 and at most 1000, not \"fast\"",
                "rate: 0.05; rate: -1; 7: \"rate\" must be a number above 0 and at most 1000, not \"-1\"",
                "rate: 0.05; rate: .nan; 7: \"rate\" must be a number above 0 and at most 1000, not \".nan\"",
                "rate: 0.05; rate: NaN; 7: \"rate\" must be a number above 0 and at most 1000, not \"NaN\"",
                "steps: 80; steps: 0; 7: \"steps\" must be a whole number from 1 on, not \"0\"",
                "steps: 80; steps: 3000000000; 7: \"steps\" must be a whole number from 1 on",
                "steps: 80; steps: 80, epochs: 1; 7: \"training\" takes either \"steps\" or \"epochs\", not both",
                "warmup: 0.03; warmup: 3; 7: \"warmup\" must be a share from 0 to 1, not \"3\"",
                "[0.9, 0.95]; [0.9]; 7: \"betas\" must be two numbers, not 1",
                "[0.9, 0.95]; [0.9, 1]; 7: a beta must be a number from 0 to below 1, not \"1\"",
                "learner: prompt|    pool; pool; 10: arm \"modalprompt\" must have either a \"learner\" or a"
                        + " \"baseline\"",
                "learner: prompt|    pool; learner: a|    baseline: b|    pool; 10: arm \"modalprompt\" must have"
                        + " either",
                "fusion: concat|; fusion: concat|    fusion: best|; 14: duplicate key \"fusion\"",
                "fusion: concat|; fusion:|; 13: \"fusion\" must be an id or a mapping with an id",
                "{id: dual, k: 3}; {k: 3}; 12: key \"id\" is missing in \"selector\"",
                "{id: dual, k: 3}; {id: dual, k: {a: 1}}; 12: option \"k\" must be a single value, not a mapping",
                "{id: dual, k: 3}; {id: dual, k: }; 12: option \"k\" must be a single value, but it is empty",
                "{id: dual, k: 3}; [dual]; 12: \"selector\" must be an id or a mapping with an id",
                "analysis: true; analysis: yes; 18: \"analysis\" must be true or false, not \"yes\"",
                "over: {baseline; over: {analysis: true, baseline; 16: unknown key \"analysis\"",
                "over: {baseline; over: {from: runs/a, baseline; 16: unknown key \"from\" (known: ",
                "analysis: true; analysis: true, from: [runs/a]; 18: \"from\" must be a single value, not a list",
                "analysis: true; analysis: true, form: runs/a; 18: unknown key \"form\" (did you mean \"from\"?)",
                "  replay:|; x y:|; 14: the name of an arm must be made of letters",
                "length: 8}; length: 8; 12: not valid YAML: ",
                "  oracle: {; |  oracle: {over: *none, ; 19: not valid YAML: ",
                "fusion: concat}; fusion: !card concat}; 18: \"fusion\" must be an id or a mapping with an id",
                "  oracle: {; |  ? [a, b]|  : {}|  oracle: {; 19: a key must be a single value, not a list",
                "  oracle: {; |  oracle: &o {over: *o, ; 19: arm \"oracle\" contains itself"
            })
    void namesThePlaceAndWhatWouldBeRight(String good, String bad, String expected) {
        var from = good.replace("|", "\n");
        assertTrue(StudyReaderTest.EXAMPLE.contains(from), from);
        var text = StudyReaderTest.EXAMPLE.replace(from, bad == null ? "" : bad.replace("|", "\n"));
        var e = assertThrows(StudyException.class, () -> StudyReader.parse("s.yaml", text));
        assertTrue(e.problems().stream().anyMatch(p -> p.toString().startsWith("s.yaml:" + expected)), e.getMessage());
    }

    @Test
    void tellsAllMistakesAtOnceInTheOrderOfTheFile() {
        var text = """
            study: bad name
            seeds: [x]
            backbone: tiny
            benchmark: cards
            tasks: [a, a]
            arms:
              one:
                learner: prompt
                selectr: dual
              two: {}
            """;
        var e = assertThrows(StudyException.class, () -> StudyReader.parse("s.yaml", text));
        assertEquals("""
            s.yaml:1: key "encoder" is missing in the study
            s.yaml:1: the name of a study must be made of letters A to Z, digits, '.', '_' and '-', not "bad name"
            s.yaml:2: a seed must be a whole number, not "x"
            s.yaml:5: duplicate task "a"
            s.yaml:9: unknown key "selectr" (did you mean "selector"?)
            s.yaml:10: arm "two" must have either a "learner" or a "baseline", it has none\
            """, e.getMessage());
        assertEquals(
                new Problem("s.yaml", 5, 12, "duplicate task \"a\""),
                e.problems().get(3));
    }

    @Test
    void aPretrainingStudyTakesNoArms() {
        var text = "study: p\nseeds: [1]\npretraining: tiny\narms: {a: {learner: b}}\n";
        assertEquals(List.of("s.yaml:4: a pretraining study takes no \"arms\""), mistakes(text));
    }

    @Test
    void aFileMayBeEmptyOrNoMapping() {
        assertEquals(
                List.of("s.yaml: is empty: a study has at least the keys study, backbone, encoder, benchmark, arms"),
                mistakes(""));
        assertEquals(List.of("s.yaml:1: a study must be a mapping (key: value), not a list"), mistakes("- a"));
        assertEquals(1, mistakes("a: 1\n---\nb: 2\n").size());
    }

    @Test
    void aFileMustBeReadable(@TempDir Path folder) throws IOException {
        var latin = Files.write(folder.resolve("latin.yaml"), "study: é".getBytes(StandardCharsets.ISO_8859_1));
        assertMessage(folder.resolve("none.yaml"), "there is no such file");
        assertMessage(folder, "is a folder, not a study file");
        assertMessage(latin, "is not UTF-8 text");
    }

    private static void assertMessage(Path file, String expected) {
        var e = assertThrows(StudyException.class, () -> StudyReader.read(file));
        assertEquals(file + ": " + expected, e.getMessage());
    }

    private static List<String> mistakes(String text) {
        return assertThrows(StudyException.class, () -> StudyReader.parse("s.yaml", text)).problems().stream()
                .map(Problem::toString)
                .toList();
    }
}
