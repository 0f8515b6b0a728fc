package karuta.bench.cards;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import karuta.api.Benchmark;
import karuta.api.Sample;

/** What tests read from samples. */
final class Samples {

    /** The name of the eight tasks with 60 and 20 samples each, of seed 0, before there were fifteen. */
    static final String EIGHT = "2327199fa7b3899396886da542cdf6bfabb02b6d69571ef475bb560a00119905";

    private Samples() {}

    /** What is in a sample's picture. */
    static Scene scene(Sample sample) {
        return ((RenderedPicture) sample.query().images().get(0)).scene();
    }

    /** A name of all that a benchmark gives in some tasks: scorers, ids, pixels, questions, answers. */
    static String sha256(Benchmark benchmark, List<String> tasks) {
        var text = tasks.stream()
                .map(benchmark::task)
                .flatMap(task -> Stream.concat(
                        Stream.of(task.name(), task.scorer()),
                        Stream.concat(task.train().stream(), task.test().stream())
                                .flatMap(Samples::lines)))
                .collect(Collectors.joining("\n"));
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private static Stream<String> lines(Sample sample) {
        return Stream.of(
                sample.id(),
                sample.query().images().get(0).fingerprint(),
                sample.query().instruction(),
                sample.answer());
    }
}
