package karuta.bench.score.caption;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import karuta.api.KarutaException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs({OS.LINUX, OS.MAC}) // the programs are shell scripts
@Timeout(60)
class ForeignProgramTest {

    private static final Duration LONG = Duration.ofSeconds(50);

    @TempDir
    private Path folder;

    private static List<String> shell(String script) {
        return List.of("sh", "-c", script);
    }

    private static String message(Duration patience, String script) {
        try (var program = new ForeignProgram("The toy", patience)) {
            return assertThrows(KarutaException.class, () -> program.run(shell(script)))
                    .getMessage();
        }
    }

    @Test
    void itsOutputIsGiven() {
        try (var program = new ForeignProgram("The toy", LONG)) {
            assertEquals("é\n", program.run(shell("echo é")));
        }
    }

    @Test
    void itsEndIsToldWithItsLastWords() {
        var message = message(LONG, "for i in 1 2 3 4 5 6 7; do echo line $i >&2; done; exit 3");
        assertTrue(message.startsWith("The toy ended with 3.\n  line 3\n"), message);
        assertTrue(message.contains("\n  line 7\n  "), message);
    }

    @Test
    void silenceHasALimit() {
        var message = message(Duration.ofSeconds(1), "exec sleep 40");
        assertTrue(message.startsWith("The toy was silent for 1 s.\n"), message);
    }

    @Test
    void whatIsNotUtf8IsTold() {
        var message = message(LONG, "printf '\\377'");
        assertTrue(message.contains("not UTF-8"), message);
    }

    @Test
    void whatIsNotThereIsTold() {
        try (var program = new ForeignProgram("The toy", LONG)) {
            var message = assertThrows(
                            KarutaException.class,
                            () -> program.run(List.of(folder.resolve("none").toString())))
                    .getMessage();
            assertTrue(message.startsWith("The toy cannot be started"), message);
        }
    }

    @Test
    void questionsAreAnsweredUntilItEnds() {
        try (var program = new ForeignProgram("The toy", LONG)) {
            var toy = program.open(shell("read a; echo $a; read b; echo oops >&2"), folder);
            toy.say("0.25");
            assertEquals(0.25, toy.hearNumber());
            toy.say("more");
            var message = assertThrows(KarutaException.class, toy::hear).getMessage();
            assertTrue(message.startsWith("The toy ended before it answered.\n  oops\n"), message);
        }
    }

    @Test
    void whatShouldBeANumberAndIsNotIsTold() {
        try (var program = new ForeignProgram("The toy", LONG)) {
            var toy = program.open(shell("echo Error: no; read a"), folder);
            var message = assertThrows(KarutaException.class, toy::hearNumber).getMessage();
            assertTrue(message.startsWith("The toy gave \"Error: no\" for a number.\n"), message);
        }
    }

    @Test
    void anInterruptionEndsItAndLeavesNoFile() throws InterruptedException, IOException {
        var program = new ForeignProgram("The toy", LONG);
        var input = Files.writeString(program.file("input"), "x");
        var toy = program.open(shell("echo $$; exec sleep 40"), folder);
        var process = ProcessHandle.of(Long.parseLong(toy.hear())).orElseThrow();

        Thread.currentThread().interrupt();
        var message = assertThrows(KarutaException.class, toy::hear).getMessage();

        assertTrue(Thread.interrupted());
        assertTrue(message.contains("interrupted"), message);
        ended(process);
        assertFalse(Files.exists(input.getParent()));
        program.close();
    }

    @Test
    void closingEndsItsChildrenToo() throws InterruptedException {
        long child;
        try (var program = new ForeignProgram("The toy", LONG)) {
            child = Long.parseLong(
                    program.open(shell("sleep 40 & echo $!; wait"), folder).hear());
        }
        ended(ProcessHandle.of(child));
    }

    @Test
    void theVirtualMachineTakesItAlong() throws IOException, InterruptedException {
        var classes = Stream.of(ForeignProgram.class, KarutaException.class, ForeignProgramTest.class)
                .map(type ->
                        type.getProtectionDomain().getCodeSource().getLocation().getPath())
                .distinct()
                .collect(Collectors.joining(File.pathSeparator));
        var machine = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        classes,
                        Holder.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var told = machine.inputReader()) {
            var process = ProcessHandle.of(Long.parseLong(told.readLine())).orElseThrow();
            var file = Path.of(told.readLine());
            assertTrue(process.isAlive() && Files.exists(file.getParent()));

            machine.destroy(); // as Ctrl-C does
            assertTrue(machine.waitFor(30, TimeUnit.SECONDS));

            ended(process);
            assertFalse(Files.exists(file.getParent()));
        } finally {
            machine.destroyForcibly();
        }
    }

    /** A virtual machine that never closes its program. */
    static final class Holder {

        public static void main(String[] none) {
            var program = new ForeignProgram("The toy", LONG);
            var toy = program.open(shell("echo $$; exec sleep 40"), Path.of("."));
            System.out.println(toy.hear());
            System.out.println(program.file("input"));
            toy.hear();
        }
    }

    private static void ended(Optional<ProcessHandle> process) throws InterruptedException {
        if (process.isPresent()) {
            ended(process.get());
        }
    }

    private static void ended(ProcessHandle process) throws InterruptedException {
        for (var i = 0; process.isAlive() && i < 200; i++) {
            Thread.sleep(50);
        }
        assertFalse(process.isAlive());
    }
}
