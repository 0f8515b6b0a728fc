package karuta.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import karuta.api.KarutaException;
import karuta.engine.catalog.Kind;
import karuta.engine.catalog.OptionType;
import karuta.engine.catalog.Strategies;
import karuta.engine.catalog.StrategyType;
import karuta.model.study.Nearest;
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

    private int karuta(String... arguments) {
        var terminal = new Terminal(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false);
        return CommandLines.of(new OneSelector(), terminal).execute(arguments);
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
        for (var command : List.of("run", "validate", "strategies", "schema", "table", "cards", "cache", "version")) {
            out.reset();
            assertEquals(0, karuta(command, "--help"), command);
            assertTrue(out().startsWith("Usage: karuta " + command), out());
        }
    }
}
