package karuta.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
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
    void spansOfTimeAreTold() {
        assertEquals("45 s", Durations.words(45.2));
        assertEquals("2 min", Durations.words(100));
        assertEquals("2 h 10 min", Durations.words(7800));
    }
}
