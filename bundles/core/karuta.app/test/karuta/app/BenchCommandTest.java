package karuta.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonParser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import karuta.lmm.check.Models;
import karuta.speed.Comparison;
import karuta.speed.Measurement;
import karuta.speed.Report;
import karuta.speed.Speed;
import karuta.speed.Workload;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class BenchCommandTest {

    private static final String HOME = "karuta.home";
    private static final String CACHE = "karuta.cache";

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /** What is handed over instead of being measured; the other side takes twice as long and differs by a part. */
    private double difference;

    private Optional<Speed.Peer> peer = Optional.empty();

    @BeforeEach
    void setFolders() throws IOException {
        System.setProperty(HOME, folder.toString());
        System.setProperty(CACHE, folder.resolve("cache").toString());
        Files.createDirectories(folder.resolve("releng/speed"));
        Files.writeString(folder.resolve("releng/speed/peer.py"), "");
    }

    @AfterEach
    void clearFolders() {
        System.clearProperty(HOME);
        System.clearProperty(CACHE);
    }

    private Report report(Optional<Speed.Peer> asked) {
        peer = asked;
        var comparisons = Arrays.stream(Workload.values())
                .map(work -> {
                    var seconds = work == Workload.DECODE ? 0.4 : 0.08;
                    return new Comparison(
                            work,
                            List.of(new Measurement(seconds, seconds, 100 << 20, 1)),
                            asked.stream()
                                    .map(side -> new Measurement(2 * seconds, seconds, 200 << 20, 1 + difference))
                                    .toList());
                })
                .toList();
        return new Report(List.of(20, 22), comparisons, 8e9, 4e9, asked.map(side -> "torch 9"));
    }

    private int bench(String... options) {
        var terminal = new Terminal(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                false);
        var models = (Models) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Models.class}, (proxy, method, arguments) -> {
                    throw new AssertionError("no model is needed");
                });
        var command = new BenchCommand(models, (order, asked, log) -> report(asked), terminal);
        var arguments = Stream.concat(Stream.of("--model", folder.toString()), Stream.of(options));
        return new CommandLine(command).execute(arguments.toArray(String[]::new));
    }

    private String line(String start) {
        return out.toString(StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.startsWith(start))
                .findFirst()
                .orElse("");
    }

    @Test
    void timesRatiosAndMemoryStandSideBySide() {
        assertEquals(0, bench("--python", "py"));
        assertEquals("py", peer.orElseThrow().python());
        assertEquals("Python: torch 9", line("Python"));
        assertEquals(
                "prompt step 80.0 ms 160 ms 0.50 (0.50 to 0.50) 1.00 100 (200)",
                line("prompt step").replaceAll(" +", " "));
        assertEquals(
                "decode, a token 10.0 ms 20.0 ms 0.50 (0.50 to 0.50) 1.00 100 (200)",
                line("decode").replaceAll(" +", " "));
        assertTrue(line("A plain").contains("100.0 GFLOP/s"), out.toString());
        assertTrue(line("A plain").contains("reach 50 %"), out.toString());
        assertTrue(line("Both sides computed the same").contains("0.0e+00"), out.toString());
    }

    @Test
    void scriptsReadSecondsAndBytes() {
        assertEquals(0, bench("--json"));
        var report =
                JsonParser.parseString(out.toString(StandardCharsets.UTF_8)).getAsJsonObject();
        assertEquals("torch 9", report.get("python").getAsString());
        assertEquals(1, report.get("threads").getAsInt());
        var token = report.getAsJsonObject("token");
        assertEquals(0.01, token.getAsJsonObject("karuta").get("seconds").getAsDouble(), 1e-12);
        assertEquals(200 << 20, token.getAsJsonObject("peer").get("peakBytes").getAsLong());
        assertEquals(0.5, token.get("ratio").getAsDouble(), 1e-12);
        assertEquals(Workload.values().length, report.getAsJsonArray("works").size());
        assertEquals(100e9, report.get("productFlopsPerSecond").getAsDouble(), 1);
        out.reset();
        difference = 0.01;
        assertEquals(CommandLines.FAILED, bench("--json"), "what does not compute the same is a failure here, too");
    }

    @Test
    void sidesThatDoNotComputeTheSameAreAFailure() {
        difference = 0.01;
        assertEquals(CommandLines.FAILED, bench());
        assertTrue(line("error: The two sides did not compute the same").contains("9.9e-03"), out.toString());
        assertEquals(0, bench("--dtype", "bf16"), "in 16 bits that is rounding");
    }

    @Test
    void karutaCanBeMeasuredAlone() throws IOException {
        Files.delete(folder.resolve("releng/speed/peer.py"));
        assertEquals(0, bench("--alone"));
        assertEquals(Optional.empty(), peer);
        assertEquals("tower 80.0 ms 100", line("tower").replaceAll(" +", " "));
        out.reset();
        assertNotEquals(0, bench(), "without the script there is no other side");
        assertEquals("", out.toString(), "nothing is measured then");
    }

    @Test
    void nothingIsMeasuredWithoutRounds() {
        assertEquals(CommandLines.UNUSABLE, bench("--rounds", "0"));
    }
}
