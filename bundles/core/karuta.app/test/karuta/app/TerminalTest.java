package karuta.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import karuta.app.Terminal.Abilities;
import karuta.app.Terminal.Talk;
import org.junit.jupiter.api.Test;

class TerminalTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private Terminal terminal(boolean live) {
        return new Terminal(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                live);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void aStatusLineIsRewrittenAndErasedBeforeAnythingElse() throws InterruptedException {
        var terminal = terminal(true);
        Thread.sleep(120);
        terminal.status("step 1");
        assertEquals("step 1", err());
        Thread.sleep(120);
        terminal.status("step 2");
        terminal.say("done");
        terminal.say("really");

        assertEquals("step 1\r\u001B[Kstep 2\r\u001B[K", err());
        assertEquals("done\nreally\n", out.toString(StandardCharsets.UTF_8).replace("\r\n", "\n"));
    }

    @Test
    void aStatusThatComesTooSoonIsLeftOut() throws InterruptedException {
        var terminal = terminal(true);
        Thread.sleep(120);
        terminal.status("step 1");
        terminal.status("step 2");

        assertEquals("step 1", err());
    }

    @Test
    void withoutATerminalNothingIsRewritten() throws InterruptedException {
        var terminal = terminal(false);
        Thread.sleep(120);
        terminal.status("step 1");
        terminal.warn("odd");
        terminal.fail("broken");

        assertEquals("warning: odd\nerror: broken\n", err().replace("\r\n", "\n"));
        assertTrue(out.size() == 0);
    }

    @Test
    void coloursAreForTerminalsAndForThoseWhoWantThem() {
        assertEquals(new Abilities(true, true, Talk.ALL), Abilities.of(true, Map.of("TERM", "xterm")));
        assertEquals(
                new Abilities(true, false, Talk.ALL), Abilities.of(true, Map.of("TERM", "xterm", "NO_COLOR", "1")));
        assertEquals(new Abilities(false, false, Talk.ENDS), Abilities.of(true, Map.of("TERM", "dumb")));
        assertEquals(new Abilities(false, false, Talk.ALL), Abilities.of(false, Map.of("TERM", "xterm")));
        new Terminal(new PrintStream(out, true), new PrintStream(err, true), new Abilities(true, true, Talk.ALL))
                .fail("broken");
        assertEquals("\u001B[31merror:\u001B[0m broken\n", err().replace("\r\n", "\n"));
    }

    @Test
    void aTerminalThatIsDumbGetsALineForEachRunAndWhoWantsQuietGetsResults() throws InterruptedException {
        var terminal = new Terminal(
                new PrintStream(out, true), new PrintStream(err, true), Abilities.of(true, Map.of("TERM", "dumb")));
        Thread.sleep(120);
        terminal.status("step 1");
        terminal.tell(Talk.ALL, "stage 1 is learned");
        terminal.tell(Talk.ENDS, "run 1 has finished");
        terminal.quiet();
        terminal.tell(Talk.ENDS, "run 2 has finished");
        terminal.say("a table");
        terminal.warn("odd");
        assertEquals(
                "run 1 has finished\na table\n",
                out.toString(StandardCharsets.UTF_8).replace("\r\n", "\n"));
        assertEquals("warning: odd\n", err().replace("\r\n", "\n"));
    }

    @Test
    void numbersLineUp() {
        var rows = List.of(
                List.of("arm", "runs", "takes", "state"),
                List.of("dual", "3", "45 s", "3 begun"),
                List.of("lora", "12", "2 h 10 min", ""));
        assertEquals("""
                arm   runs       takes  state
                dual     3        45 s  3 begun
                lora    12  2 h 10 min""", String.join("\n", Columns.numbers(rows)));
    }

    @Test
    void spansOfTimeAreTold() {
        assertEquals("45 s", Durations.words(45.2));
        assertEquals("2 min", Durations.words(100));
        assertEquals("2 h 10 min", Durations.words(7800));
    }
}
