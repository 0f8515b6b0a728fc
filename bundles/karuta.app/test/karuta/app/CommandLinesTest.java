package karuta.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Consumer;
import karuta.api.KarutaException;
import karuta.engine.catalog.Kind;
import karuta.engine.catalog.OptionType;
import karuta.engine.catalog.Strategies;
import karuta.engine.catalog.StrategyType;
import karuta.lmm.check.Models;
import karuta.lmm.check.Models.Manner;
import karuta.lmm.check.Models.Order;
import karuta.lmm.check.Models.Prompts;
import karuta.lmm.check.Models.Subject;
import karuta.lmm.check.Report;
import karuta.lmm.check.Report.Comparison;
import karuta.model.KarutaFactory;
import karuta.model.StrategyReference;
import karuta.model.run.RunFolder;
import karuta.model.study.Nearest;
import karuta.speed.Speed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandLinesTest {

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    /** One selector that cannot be made. */
    private record OneSelector() implements Strategies {

        @Override
        public List<StrategyType> types() {
            var k = new OptionType(
                    "k",
                    OptionType.Form.WHOLE,
                    false,
                    Optional.of(List.of("3")),
                    new OptionType.Limits(Optional.of(1.0), Optional.empty()),
                    List.of(),
                    "How many.");
            return List.of(new StrategyType(
                    Kind.SELECTOR, "dual", "a.bundle", "1.2.3", Optional.of("A paper"), "Both.", List.of(k)));
        }

        @Override
        public Missing missing(Kind kind, String id) {
            return new Missing(
                    "there is no " + kind.word() + " \"" + id + "\"" + Nearest.hint(id, List.of("dual")), "look");
        }

        @Override
        public Instance create(StrategyType type, Map<String, Object> options) {
            throw new KarutaException("cannot be made", "do not try");
        }
    }

    /** Finds what it is told to find. */
    private static final class Oracle implements Models {

        private final List<Object> asked = new ArrayList<>();
        private Report report = new Report(1e-5, List.of(), List.of());

        @Override
        public Report check(Subject subject, Manner manner) {
            asked.add(subject);
            asked.add(manner);
            return report;
        }

        @Override
        public List<String> shapes() {
            return List.of();
        }

        @Override
        public void random(Order order, Consumer<String> told) {
            asked.add(order);
            told.accept("1.00 GiB");
        }

        @Override
        public void convert(Path in, Optional<Path> out, Consumer<String> told) {
            asked.add(in);
            asked.add(out);
            told.accept("3 tensors");
        }

        @Override
        public void importPrompts(Prompts prompts, Consumer<String> told) {
            asked.add(prompts);
            told.accept("found 2 task(s)");
        }

        @Override
        public void importAdapter(Path adapter, Path out, Consumer<String> told) {
            asked.addAll(List.of(adapter, out));
            told.accept("found a LoRA");
        }

        @Override
        public void exportAdapters(Path checkpoint, Path model, Path out, Consumer<String> told) {
            asked.addAll(List.of(checkpoint, model, out));
            told.accept("a LoRA");
        }
    }

    private final Oracle models = new Oracle();
    private final Speed speed = (order, peer, told) -> {
        throw new AssertionError("nothing is measured here");
    };

    private int karuta(String... arguments) {
        var terminal = new Terminal(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false);
        return CommandLines.of(new OneSelector(), models, speed, terminal).execute(arguments);
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8).replace("\r\n", "\n");
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8).replace("\r\n", "\n");
    }

    @Test
    void strategiesAreListed() {
        assertEquals(0, karuta("strategies"));
        assertEquals("""
            KIND      ID    BUNDLE    VERSION  WHAT IT IS
            selector  dual  a.bundle  1.2.3    Both.
            """, out());
    }

    @Test
    void aStrategyIsDescribed() {
        assertEquals(0, karuta("strategies", "selector.dual"));
        assertEquals("""
            selector.dual  (bundle a.bundle 1.2.3)
            Both.
            From: A paper

            OPTION  DEFAULT  ALLOWED                   MEANING
            k       3        whole number, at least 1  How many.
            """, out());
    }

    @Test
    void theNearestStrategyIsToldWhereThereIsNone() {
        assertEquals(2, karuta("strategies", "selector.duel"));
        assertTrue(err().startsWith("error: there is no selector \"duel\" (did you mean \"dual\"?)\n"), err());
        assertEquals(2, karuta("strategies", "selectr"));
        assertTrue(err().contains("there is no kind \"selectr\" (did you mean \"selector\"?)"), err());
    }

    @Test
    void whatIsNoCommandIsToldInOneLine() {
        assertEquals(2, karuta("rum"));
        assertTrue(err().startsWith("error: Unmatched argument at index 0: 'rum'\n"), err());
        assertEquals(2, karuta());
        assertTrue(err().contains("Usage: karuta"), err());
        assertEquals(2, karuta("run"));
        assertTrue(err().contains("Missing required parameter: 'STUDY'"), err());
        assertEquals(2, karuta("run", "x.yaml", "--jobs", "0"));
        assertTrue(err().contains("--jobs must be at least 1"), err());
    }

    @Test
    void mistakesInAStudyAreToldWithTheirPlace() throws IOException {
        var study = folder.resolve("study.yaml");
        Files.writeString(
                study, "study: s\nseeds: [1]\nbackbone: b\nencoder: e\nbenchmark: x\narms:\n  a: {learner: l}\n");

        assertEquals(2, karuta("validate", study.toString()));
        assertTrue(err().contains(study + ":3: there is no backbone \"b\""), err());
        assertTrue(err().contains(study + ":7: there is no learner \"l\""), err());
        assertEquals(2, karuta("run", folder.resolve("none.yaml").toString()));
        assertTrue(err().contains("none.yaml: there is no such file"), err());
    }

    @Test
    void aFolderWithoutRunsHasNoTable() {
        assertEquals(2, karuta("table", folder.toString()));
        assertTrue(err().contains("is no run folder and holds none"), err());
    }

    @Test
    void theSchemaKnowsTheOptionsOfTheStrategies() {
        assertEquals(0, karuta("schema"));
        assertTrue(out().contains("\"How many.\""), out());
    }

    @Test
    void everyCommandExplainsItself() {
        for (var command :
                List.of("run", "validate", "strategies", "schema", "table", "cards", "model", "cache", "version")) {
            out.reset();
            assertEquals(0, karuta(command, "--help"), command);
            assertTrue(out().startsWith("Usage: karuta " + command), out());
        }
    }

    @Test
    void aCheckedModelIsToldTensorByTensor() {
        var close = new Comparison("hs_0", "(2, 19, 40)", 2.5e-7, true);
        models.report = new Report(1e-5, List.of(close), List.of("attentions"));
        assertEquals(0, karuta("model", "check", "folder", "--against", "ref"));
        assertEquals("""
            hs_0  (2, 19, 40)   2.5e-07  ok
            0 of 1 tensors are over the tolerance of 1.0e-05
            """, out());
        assertTrue(err().contains("not compared: attentions"), err());
        var subject =
                new Subject(Path.of("folder"), Optional.empty(), Path.of("ref"), Optional.empty(), Optional.empty());
        assertEquals(List.of(subject, new Manner("fp32", "cpu", OptionalDouble.empty())), models.asked);
    }

    @Test
    void aModelThatComputesSomethingElseFails() {
        var off = new Comparison("loss", "()", Double.NaN, false);
        models.report = new Report(0.5, List.of(off, new Comparison("logits", "(1, 2, 3)", 0, true)), List.of());
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
        assertEquals(1, karuta(line.toArray(String[]::new)));
        assertTrue(out().contains("loss    ()              NaN  OVER\n"), out());
        assertTrue(out().contains("1 of 2 tensors are over"), out());
        var subject = new Subject(
                Path.of("folder"),
                Optional.of(Path.of("t")),
                Path.of("ref"),
                Optional.of(Path.of("in")),
                Optional.of(Path.of("a")));
        assertEquals(List.of(subject, new Manner("bf16", "gpu:1", OptionalDouble.of(0.5))), models.asked);
    }

    @Test
    void aRandomModelIsOrdered() {
        assertEquals(0, karuta("model", "random", "--shape", "tiny", "--layers", "1", "--seed", "7", "new"));
        assertEquals("1.00 GiB\nwrote new\n", out());
        assertEquals(List.of(new Order("tiny", OptionalInt.of(1), "fp32", 7, Path.of("new"))), models.asked);
    }

    @Test
    void pickledWeightsAreConverted() {
        assertEquals(0, karuta("model", "convert", "folder"));
        assertEquals("3 tensors\n", out());
        assertEquals(0, karuta("model", "convert", "a.bin", "b.safetensors"));
        assertEquals(
                List.of(Path.of("folder"), Optional.empty(), Path.of("a.bin"), Optional.of(Path.of("b.safetensors"))),
                models.asked);
    }

    @Test
    void promptsAreImported() {
        assertEquals(0, karuta("model", "import", "a.bin", "new"));
        assertEquals("found 2 task(s)\nwrote new\n", out());
        assertEquals(
                0, karuta("model", "import", "a.bin", "new", "--tasks", "x,y", "--length", "2", "--vocabulary", "40"));
        assertEquals(
                List.of(
                        new Prompts(Path.of("a.bin"), Path.of("new"), List.of(), 10, 32000),
                        new Prompts(Path.of("a.bin"), Path.of("new"), List.of("x", "y"), 2, 40)),
                models.asked);
    }

    @Test
    void adaptersAreImportedFromFolders() {
        assertEquals(0, karuta("model", "import", folder.toString(), "new"));
        assertEquals("found a LoRA\nwrote new\n", out());
        assertEquals(List.of(folder, Path.of("new")), models.asked);
        assertEquals(2, karuta("model", "import", folder.toString(), "new", "--tasks", "x"));
        assertTrue(err().contains("--tasks is for files of ModalPrompt"), err());
    }

    @Test
    void theNewestCheckpointOfARunIsExported() throws IOException {
        var model = Files.createDirectory(folder.resolve("model"));
        var run = run("llava", model);
        Files.createFile(run.resolve("checkpoint-2.safetensors"));
        var newest = Files.createFile(run.resolve("checkpoint-10.safetensors"));
        assertEquals(0, karuta("model", "export", run.toString(), "new"));
        assertEquals("a LoRA\n", out());
        assertEquals(0, karuta("model", "export", "a.safetensors", "new", "--model", "m"));
        assertEquals(
                List.of(newest, model, Path.of("new"), Path.of("a.safetensors"), Path.of("m"), Path.of("new")),
                models.asked);
    }

    @Test
    void whatCannotBeExportedIsTold() throws IOException {
        assertEquals(2, karuta("model", "export", folder.toString(), "new"));
        assertTrue(err().contains("holds no checkpoint"), err());
        assertEquals(
                2, karuta("model", "export", folder.resolve("a.safetensors").toString(), "new"));
        assertTrue(err().contains("lies in no folder of a run"), err());
        var run = run("tiny", folder.resolve("gone"));
        assertEquals(2, karuta("model", "export", run.resolve("a.safetensors").toString(), "new"));
        assertTrue(err().contains("backbone \"tiny\" names no folder of a model that is there"), err());
        assertTrue(models.asked.isEmpty());
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
        assertEquals(2, karuta("model"));
        assertEquals(2, karuta("model", "check", "folder"));
        assertTrue(err().contains("Missing required option: '--against=REF'"), err());
        assertEquals(2, karuta("model", "check", "folder", "--against", "ref", "--tolerance", "-1"));
        assertTrue(err().contains("--tolerance must be at least 0"), err());
        assertEquals(2, karuta("model", "random", "new"));
        assertEquals(2, karuta("model", "convert"));
        assertEquals(2, karuta("model", "import", "a.bin"));
        assertEquals(2, karuta("model", "export", "run"));
        assertTrue(models.asked.isEmpty());
    }
}
