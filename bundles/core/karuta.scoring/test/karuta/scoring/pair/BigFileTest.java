package karuta.scoring.pair;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.Gson;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import karuta.api.Query;
import karuta.api.Sample;
import karuta.scoring.file.PredictionFile;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A file is much larger than the memory that it is paired in; {@code releng/scoring/big.sh} does it with 500 MB. */
class BigFileTest {

    private static final int SAMPLES = 5_000;

    @TempDir
    private Path folder = Path.of("");

    /** What the other process does: pairs a file with as many samples. */
    public static void main(String[] arguments) {
        var samples = IntStream.range(0, SAMPLES)
                .mapToObj(i -> new Sample(Integer.toString(i), new Query(Optional.empty(), "q"), "yes"))
                .toList();
        var source = AnswerSource.of(PredictionFile.open(Path.of(arguments[0])));
        var paired = new Pairer(source, new Gold("a task", samples)).pair(Pairing.MATCHED);
        if (paired.responses().size() != SAMPLES || paired.unknown().count() != SAMPLES) {
            throw new AssertionError(paired.responses().size() + " and " + paired.unknown());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void fiftyMegabytesPairInSixteen(boolean array) throws IOException, InterruptedException {
        var file = folder.resolve("merge.jsonl");
        var ballast = "x".repeat(5_000);
        try (var out = Files.newBufferedWriter(file)) {
            out.write(array ? "[" : "");
            for (var i = 0; i < 2 * SAMPLES; i++) {
                out.write("{\"question_id\": " + i + ", \"prompt\": \"q\", \"text\": \"yes\", \"metadata\": {\"of\": \""
                        + ballast + "\"}}" + (array && i < 2 * SAMPLES - 1 ? ",\n" : "\n"));
            }
            out.write(array ? "]" : "");
        }
        var path = Stream.of(BigFileTest.class, PredictionFile.class, Sample.class, Gson.class)
                .map(each -> Path.of(URI.create(each.getProtectionDomain()
                                .getCodeSource()
                                .getLocation()
                                .toString()))
                        .toString())
                .collect(Collectors.joining(File.pathSeparator));
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var other = new ProcessBuilder(List.of(
                        java, "-Xmx16m", "-XX:+UseSerialGC", "-cp", path, BigFileTest.class.getName(), file.toString()))
                .inheritIO()
                .start();
        assertEquals(0, other.waitFor());
    }
}
