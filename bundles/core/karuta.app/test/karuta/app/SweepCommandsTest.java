package karuta.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonParser;
import java.nio.file.Files;
import java.nio.file.Path;
import karuta.study.RunStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The plain things that a person and a script expect. */
class SweepCommandsTest {

    @TempDir
    private Path folder;

    private final Console console = new Console();

    @ParameterizedTest
    @ValueSource(strings = {"bash", "zsh"})
    void aShellCanCompleteCommandsAndOptions(String shell) throws Exception {
        assertEquals(0, console.karuta("completion", shell), console.err());
        var script = Files.writeString(folder.resolve("script"), console.out());
        assertTrue(console.out().contains("--slurm-option"), console.out());
        assertFalse(console.out().contains("--worker"), "what is not for people");
        if (shell.equals("bash")) {
            var completes = "source " + script
                    + "; COMP_WORDS=(karuta ta); COMP_CWORD=1; _complete_karuta; echo ${COMPREPLY[@]}";
            var bash = new ProcessBuilder("bash", "-c", completes)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            assertEquals("table", new String(bash.getInputStream().readAllBytes()).strip());
        }
    }

    @Test
    void whatIsNoShellIsTold() {
        assertEquals(2, console.karuta("completion", "fish"));
        assertTrue(console.err().contains("fish"), console.err());
    }

    @Test
    void whatIsListedCanBeReadByScripts() {
        assertEquals(0, console.karuta("strategies", "--json"));
        var all = JsonParser.parseString(console.out()).getAsJsonArray();
        var dual = all.get(0).getAsJsonObject();
        assertEquals("dual", dual.get("id").getAsString());
        assertEquals(
                "3",
                dual.getAsJsonArray("options")
                        .get(0)
                        .getAsJsonObject()
                        .get("default")
                        .getAsString());
        console.clear();
        assertEquals(0, console.karuta("strategies", "selector.dual", "--json"));
        assertEquals(1, JsonParser.parseString(console.out()).getAsJsonArray().size());
    }

    @Test
    void howFarAStudyIsCanBeReadByScripts() {
        SmallRun.write(folder, RunStatus.FAILED);
        assertEquals(0, console.karuta("watch", folder.toString(), "--json"));
        var state = JsonParser.parseString(console.out()).getAsJsonObject();
        assertEquals(1, state.get("failed").getAsInt());
        assertEquals(
                "failed",
                state.getAsJsonArray("runs")
                        .get(0)
                        .getAsJsonObject()
                        .get("state")
                        .getAsString());
    }

    @Test
    void optionsThatDoNotGoTogetherAreTold() {
        assertEquals(2, console.karuta("run", "x.yaml", "--launcher", "slurm", "--anew"));
        assertTrue(console.err().contains("--anew does not go with --launcher slurm"), console.err());
        assertEquals(2, console.karuta("run", "x.yaml", "--slurm-option", "time=1"));
        assertTrue(console.err().contains("--slurm-option is for --launcher slurm"), console.err());
        assertEquals(2, console.karuta("run", "x.yaml", "--retries", "-1"));
        assertTrue(console.err().contains("--retries must be at least 0"), console.err());
    }
}
