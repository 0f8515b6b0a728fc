package karuta.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import karuta.lmm.check.Models.CheckOptions;
import karuta.lmm.check.Models.CheckRequest;
import karuta.lmm.check.Models.Prompts;
import karuta.lmm.check.Models.RandomModelSpec;
import karuta.lmm.check.Report;
import karuta.lmm.check.Report.Comparison;
import karuta.study.KarutaFactory;
import karuta.study.StrategyReference;
import karuta.study.record.RunFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands about models ask for what the line says, and say what came out. */
class ModelCommandsTest {

    @TempDir
    private Path folder;

    private final Console console = new Console();

    @Test
    void aCheckedModelIsToldTensorByTensor() {
        var close = new Comparison("hs_0", "(2, 19, 40)", 2.5e-7, true);
        console.models.report = new Report(1e-5, List.of(close), List.of("attentions"));
        assertEquals(0, console.karuta("model", "check", "folder", "--against", "ref"));
        assertEquals("""
            hs_0  (2, 19, 40)   2.5e-07  ok
            0 of 1 tensors are over the tolerance of 1.0e-05
            """, console.out());
        assertTrue(console.err().contains("not compared: attentions"), console.err());
        var request = new CheckRequest(
                Path.of("folder"), Optional.empty(), Path.of("ref"), Optional.empty(), Optional.empty());
        assertEquals(List.of(request, new CheckOptions("fp32", "cpu", OptionalDouble.empty())), console.models.asked);
    }

    @Test
    void aModelThatComputesSomethingElseFails() {
        var off = new Comparison("loss", "()", Double.NaN, false);
        console.models.report =
                new Report(0.5, List.of(off, new Comparison("logits", "(1, 2, 3)", 0, true)), List.of());
        var options = List.of(
                "--inputs",
                "in",
                "--adapter",
                "a",
                "--tower",
                "t",
                "--tolerance",
                "0.5",
                "--dtype",
                "bf16",
                "--device",
                "gpu:1");
        var line = new ArrayList<>(List.of("model", "check", "folder", "--against", "ref"));
        line.addAll(options);
        assertEquals(1, console.karuta(line.toArray(String[]::new)));
        assertTrue(console.out().contains("loss    ()              NaN  OVER\n"), console.out());
        assertTrue(console.out().contains("1 of 2 tensors are over"), console.out());
        var request = new CheckRequest(
                Path.of("folder"),
                Optional.of(Path.of("t")),
                Path.of("ref"),
                Optional.of(Path.of("in")),
                Optional.of(Path.of("a")));
        assertEquals(List.of(request, new CheckOptions("bf16", "gpu:1", OptionalDouble.of(0.5))), console.models.asked);
    }

    @Test
    void aRandomModelIsOrdered() {
        assertEquals(0, console.karuta("model", "random", "--shape", "tiny", "--layers", "1", "--seed", "7", "new"));
        assertEquals("1.00 GiB\nwrote new\n", console.out());
        assertEquals(
                List.of(new RandomModelSpec("tiny", OptionalInt.of(1), "fp32", 7, Path.of("new"))),
                console.models.asked);
    }

    @Test
    void pickledWeightsAreConverted() {
        assertEquals(0, console.karuta("model", "convert", "folder"));
        assertEquals("3 tensors\n", console.out());
        assertEquals(0, console.karuta("model", "convert", "a.bin", "b.safetensors"));
        assertEquals(
                List.of(Path.of("folder"), Optional.empty(), Path.of("a.bin"), Optional.of(Path.of("b.safetensors"))),
                console.models.asked);
    }

    @Test
    void promptsAreImported() {
        assertEquals(0, console.karuta("model", "import", "a.bin", "new"));
        assertEquals("found 2 task(s)\nwrote new\n", console.out());
        assertEquals(
                0,
                console.karuta(
                        "model", "import", "a.bin", "new", "--tasks", "x,y", "--length", "2", "--vocabulary", "40"));
        assertEquals(
                List.of(
                        new Prompts(Path.of("a.bin"), Path.of("new"), List.of(), 10, 32000),
                        new Prompts(Path.of("a.bin"), Path.of("new"), List.of("x", "y"), 2, 40)),
                console.models.asked);
    }

    @Test
    void adaptersAreImportedFromFolders() {
        assertEquals(0, console.karuta("model", "import", folder.toString(), "new"));
        assertEquals("found a LoRA\nwrote new\n", console.out());
        assertEquals(List.of(folder, Path.of("new")), console.models.asked);
        assertEquals(2, console.karuta("model", "import", folder.toString(), "new", "--tasks", "x"));
        assertTrue(console.err().contains("--tasks is for files of ModalPrompt"), console.err());
    }

    @Test
    void theNewestCheckpointOfARunIsExported() throws IOException {
        var model = Files.createDirectory(folder.resolve("model"));
        var run = run("llava", model);
        Files.createFile(run.resolve("checkpoint-2.safetensors"));
        var newest = Files.createFile(run.resolve("checkpoint-10.safetensors"));
        assertEquals(0, console.karuta("model", "export", run.toString(), "new"));
        assertEquals("a LoRA\n", console.out());
        assertEquals(0, console.karuta("model", "export", "a.safetensors", "new", "--model", "m"));
        assertEquals(
                List.of(newest, model, Path.of("new"), Path.of("a.safetensors"), Path.of("m"), Path.of("new")),
                console.models.asked);
    }

    @Test
    void whatCannotBeExportedIsTold() throws IOException {
        assertEquals(2, console.karuta("model", "export", folder.toString(), "new"));
        assertTrue(console.err().contains("holds no checkpoint"), console.err());
        assertEquals(
                2,
                console.karuta(
                        "model", "export", folder.resolve("a.safetensors").toString(), "new"));
        assertTrue(console.err().contains("lies in no folder of a run"), console.err());
        var run = run("tiny", folder.resolve("gone"));
        assertEquals(
                2,
                console.karuta("model", "export", run.resolve("a.safetensors").toString(), "new"));
        assertTrue(console.err().contains("backbone \"tiny\" names no folder of a model that is there"), console.err());
        assertTrue(console.models.asked.isEmpty());
    }

    /** The folder of a run with no more than a record. */
    private Path run(String backbone, Path model) {
        var word = KarutaFactory.eINSTANCE.createWord();
        word.setText(model.toString());
        var option = KarutaFactory.eINSTANCE.createOption();
        option.setKey("path");
        option.getValues().add(word);
        var run = KarutaFactory.eINSTANCE.createRun();
        run.setStudy("study");
        run.setOrder("default");
        run.setStarted("2025-01-01T00:00:00Z");
        run.getTasks().add("task");
        run.setTraining(KarutaFactory.eINSTANCE.createTraining());
        run.setArm(KarutaFactory.eINSTANCE.createArm());
        run.getArm().setName("lora");
        run.getArm().setLearner(reference("baseline", "lora"));
        run.setBackbone(reference("backbone", backbone));
        run.getBackbone().getOptions().add(option);
        run.setEncoder(reference("encoder", "clip"));
        run.setBenchmark(reference("benchmark", "folder"));
        var made = RunFolder.create(folder, run);
        made.writeRun(run);
        return made.path();
    }

    private static StrategyReference reference(String kind, String id) {
        var reference = KarutaFactory.eINSTANCE.createStrategyReference();
        reference.setKind(kind);
        reference.setId(id);
        return reference;
    }

    @Test
    void modelCommandsNeedTheirArguments() {
        assertEquals(2, console.karuta("model"));
        assertEquals(2, console.karuta("model", "check", "folder"));
        assertTrue(console.err().contains("Missing required option: '--against=REF'"), console.err());
        assertEquals(2, console.karuta("model", "check", "folder", "--against", "ref", "--tolerance", "-1"));
        assertTrue(console.err().contains("--tolerance must be at least 0"), console.err());
        assertEquals(2, console.karuta("model", "random", "new"));
        assertEquals(2, console.karuta("model", "convert"));
        assertEquals(2, console.karuta("model", "import", "a.bin"));
        assertEquals(2, console.karuta("model", "export", "run"));
        assertTrue(console.models.asked.isEmpty());
    }
}
