package karuta.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandLinesTest {

    @TempDir
    private Path folder;

    private final Console console = new Console();

    @Test
    void strategiesAreListed() {
        assertEquals(0, console.karuta("strategies", "selector"));
        assertEquals("""
            KIND      ID    BUNDLE    VERSION  WHAT IT IS
            selector  dual  a.bundle  1.2.3    Both.
            """, console.out());
    }

    @Test
    void aStrategyIsDescribed() {
        assertEquals(0, console.karuta("strategies", "selector.dual"));
        assertEquals("""
            selector.dual  (bundle a.bundle 1.2.3)
            Both.
            From: A paper
            Needs: a feature of images, a feature of texts

            OPTION  DEFAULT  ALLOWED                   MEANING
            k       3        whole number, at least 1  How many.
            """, console.out());
    }

    @Test
    void theNearestStrategyIsToldWhereThereIsNone() {
        assertEquals(2, console.karuta("strategies", "selector.duel"));
        assertTrue(
                console.err().startsWith("error: there is no selector \"duel\" (did you mean \"dual\"?)\n"),
                console.err());
        assertEquals(2, console.karuta("strategies", "selectr"));
        assertTrue(console.err().contains("there is no kind \"selectr\" (did you mean \"selector\"?)"), console.err());
    }

    @Test
    void whatIsNoCommandIsToldInOneLine() {
        assertEquals(2, console.karuta("rum"));
        assertTrue(
                console.err().startsWith("error: there is no command \"rum\" (did you mean \"run\"?)\n"),
                console.err());
        assertEquals(2, console.karuta("tabel"));
        assertTrue(console.err().contains("(did you mean \"table\"?)"), console.err());
        assertEquals(2, console.karuta("model", "chek"));
        assertTrue(console.err().contains("there is no command \"chek\" (did you mean \"check\"?)"), console.err());
        assertEquals(2, console.karuta("run", "x.yaml", "--job", "2"));
        assertTrue(console.err().contains("there is no option \"--job\" (did you mean \"--jobs\"?)"), console.err());
        assertEquals(2, console.karuta("run", "x.yaml", "--jobs", "two"));
        assertTrue(console.err().contains("error: --jobs takes a whole number, not \"two\"\n"), console.err());
        assertEquals(2, console.karuta("cards", "folder"));
        assertTrue(
                console.err().contains("error: the command \"cards\" is called \"export-tasks\" now\n"), console.err());
        assertEquals(2, console.karuta("rnu"));
        assertTrue(console.err().contains("there is no command \"rnu\" (did you mean \"run\"?)"), console.err());
        assertEquals(2, console.karuta("version", "please"));
        assertTrue(console.err().contains("`karuta version` does not know what to do with \"please\""), console.err());
        assertEquals(2, console.karuta());
        assertTrue(console.err().contains("Usage: karuta"), console.err());
        assertEquals(2, console.karuta("run"));
        assertTrue(console.err().contains("Missing required parameter: 'STUDY'"), console.err());
        assertEquals(2, console.karuta("run", "x.yaml", "--jobs", "0"));
        assertTrue(console.err().contains("--jobs must be at least 1"), console.err());
        assertEquals(2, console.karuta("run", "x.yaml", "--anew", "--resume"));
        assertTrue(console.err().contains("--anew and --resume exclude each other"), console.err());
    }

    @Test
    void mistakesInAStudyAreToldWithTheirPlace() throws IOException {
        var study = folder.resolve("study.yaml");
        Files.writeString(
                study, "study: s\nseeds: [1]\nbackbone: b\nencoder: e\nbenchmark: x\narms:\n  a: {learner: l}\n");

        assertEquals(2, console.karuta("validate", study.toString()));
        assertTrue(console.err().contains(study + ":3: there is no backbone \"b\""), console.err());
        assertTrue(console.err().contains(study + ":7: there is no learner \"l\""), console.err());
        assertEquals(2, console.karuta("run", folder.resolve("none.yaml").toString()));
        assertTrue(console.err().contains("none.yaml: there is no such file"), console.err());
    }

    @Test
    void aFolderWithoutRunsHasNoTable() {
        assertEquals(2, console.karuta("table", folder.toString()));
        assertTrue(console.err().contains("is no run folder and holds none"), console.err());
    }

    @Test
    void aMetricThatIsNotThereIsTold() {
        assertEquals(2, console.karuta("table", folder.toString(), "--metrics", "maa,bwt/gam"));
        assertTrue(console.err().contains("there is no metric \"bwt/gam\" (did you mean \"bwt/gem\"?)"), console.err());
        console.clear();
        assertEquals(2, console.karuta("table", folder.toString(), "--json", "--markdown"));
        assertTrue(console.err().contains("--json and --markdown exclude each other"), console.err());
    }

    @Test
    void everyDefinitionIsListedWithFormulaAndSource() {
        assertEquals(0, console.karuta("metrics"));
        var bwt = "* bwt/gem BWT higher 1/(T-1) sum_{j<T} (R[T][j] - R[j][j]) Lopez-Paz & Ranzato, GEM, NeurIPS 2017";
        assertTrue(
                console.out()
                        .lines()
                        .anyMatch(line -> line.replaceAll(" +", " ").equals(bwt)),
                console.out());
        console.clear();
        assertEquals(0, console.karuta("metrics", "--json"));
        assertTrue(console.out().contains("\"id\": \"bwt/diaz\""), console.out());
    }

    @Test
    void aDamagedRecordIsNamed() throws IOException {
        var record = Files.createDirectories(folder.resolve("run")).resolve("run.json");
        Files.writeString(record, "{");
        assertEquals(2, console.karuta("table", folder.toString()));
        assertTrue(console.err().startsWith("error: " + record + " is damaged: "), console.err());
    }

    @Test
    void aBenchmarkThatIsNotThereIsNamed() {
        var out = folder.resolve("out").toString();
        assertEquals(2, console.karuta("export-tasks", out, "--benchmark", "cards16"));
        assertTrue(console.err().contains("there is no benchmark \"cards16\""), console.err());
        console.clear();
        assertEquals(2, console.karuta("export-tasks", out));
        assertTrue(console.err().contains("there is no benchmark \"cards\""), console.err());
    }

    @Test
    void theSchemaKnowsTheOptionsOfTheStrategies() {
        assertEquals(0, console.karuta("schema"));
        assertTrue(console.out().contains("\"How many.\""), console.out());
    }

    @Test
    void everyCommandExplainsItself() {
        for (var command : List.of(
                "run",
                "validate",
                "plan",
                "strategies",
                "scorers",
                "compare",
                "schema",
                "table",
                "metrics",
                "score",
                "audit",
                "data",
                "export-tasks",
                "new",
                "build-strategy",
                "model",
                "cache",
                "version")) {
            console.clear();
            assertEquals(0, console.karuta(command, "--help"), command);
            assertTrue(console.out().startsWith("Usage: karuta " + command), console.out());
            console.clear();
            assertEquals(0, console.karuta("help", command), command);
            assertTrue(console.out().startsWith("Usage: karuta " + command), console.out());
        }
    }
}
