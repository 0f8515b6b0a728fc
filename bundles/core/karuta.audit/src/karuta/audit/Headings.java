package karuta.audit;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import karuta.metrics.Metric;

/** What the headings of published tables mean. */
final class Headings {

    static final Set<String> TASK_COUNT = Set.of("t", "tasks", "#tasks");
    static final Set<String> STAGE = Set.of("after", "stage");

    private static final List<Definition> LAST = plain(Metric.LAST);
    private static final List<Definition> MFT = plain(Metric.MFT);
    private static final List<Definition> MAA = plain(Metric.MAA);
    private static final List<Definition> MEANS =
            plain(Metric.LAST, Metric.MAA, Metric.MFT, Metric.AREA, Metric.AVERAGE);
    private static final List<Definition> BACKWARD =
            eitherSign(Metric.BWT, Metric.BWT_COIN, Metric.BWT_DIAZ, Metric.BWT_LIBCONTINUAL);
    private static final List<Definition> FORGETTING = eitherSign(
            Metric.FORGETTING, Metric.FORGETTING_MAX, Metric.FORGETTING_FIRST, Metric.FORGETTING_LIBCONTINUAL);
    private static final List<Definition> FORWARD = plain(Metric.FWT, Metric.FWT_CONTINUUM);

    private static final Map<String, List<Definition>> WORDS = Map.ofEntries(
            Map.entry("last", LAST),
            Map.entry("mfn", LAST),
            Map.entry("acc", LAST),
            Map.entry("ap", LAST),
            Map.entry("final", LAST),
            Map.entry("mft", MFT),
            Map.entry("newacc", MFT),
            Map.entry("immediate", MFT),
            Map.entry("maa", MAA),
            Map.entry("avg", MEANS),
            Map.entry("avgacc", MEANS),
            Map.entry("average", MEANS),
            Map.entry("mean", MEANS),
            Map.entry("bwt", BACKWARD),
            Map.entry("forgetting", FORGETTING),
            Map.entry("forget", FORGETTING),
            Map.entry("fm", FORGETTING),
            Map.entry("fwt", FORWARD),
            Map.entry("transfer", plain(Metric.TRANSFER)));

    private Headings() {}

    /** A heading without arrows, stars and brackets: {@code "**Avg.** (%) ↑"} is {@code "avg"}. */
    static String word(String heading) {
        return heading.toLowerCase(Locale.ROOT).replaceAll("\\(.*?\\)", "").replaceAll("[^\\p{L}\\p{N}_/+#-]", "");
    }

    /** What a heading may mean; nothing if it is no word for a figure. */
    static Optional<List<Definition>> meanings(String heading) {
        var word = word(heading);
        return Optional.ofNullable(WORDS.get(word))
                .or(() -> Definition.of(word.equals("acc_a") ? Metric.AREA.id() : word)
                        .map(List::of));
    }

    private static List<Definition> plain(Metric... metrics) {
        return Stream.of(metrics).map(Definition::of).toList();
    }

    private static List<Definition> eitherSign(Metric... metrics) {
        return Definition.eitherSign(Stream.of(metrics).map(Definition::of));
    }
}
