package karuta.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import karuta.metrics.Metric;
import karuta.metrics.PairedDifference;
import karuta.metrics.statistics.Differences;
import karuta.report.Significance.Tested;

/**
 * Metrics over seeds and orders, and what arms differ in.
 *
 * @param choice which metrics, against which arm
 */
record MetricTables(TableChoice choice) {

    private static final double LEVEL = 0.05;

    /** A row per arm and order, and one over all orders: mean and deviation of the metrics, and the interval of the first. */
    Block.Table summary(List<ArmResults> groups) {
        var several = Significance.arms(groups).stream().anyMatch(arm -> runs(arm) > 1);
        var rows = new ArrayList<List<String>>();
        for (var arm : Significance.arms(groups)) {
            arm.forEach(group -> rows.add(row(List.of(group), group.order(), several)));
            if (arm.size() > 1) {
                rows.add(row(arm, "all", several));
            }
        }
        var notes = Stream.of(
                        ArmResults.notes(groups).stream(),
                        groups.stream().flatMap(group -> group.holes().stream()),
                        groups.stream().flatMap(group -> group.unchecked().stream()),
                        missing())
                .flatMap(lines -> lines)
                .toList();
        var interval = choice.main().title() + "\n95 % interval";
        var heads = Stream.concat(
                        heads("arm", "order", "runs").stream(),
                        Stream.of(interval).filter(head -> several))
                .toList();
        return new Block.Table("Results in percent, mean ± standard deviation over seeds", heads, rows, notes);
    }

    /** Of metrics that lack what they compare with. */
    private Stream<String> missing() {
        return choice.metrics().stream()
                .filter(metric -> !metric.needs().isEmpty())
                .map(metric -> metric.id() + " compares with runs that you name: "
                        + String.join(
                                ", ",
                                metric.needs().stream()
                                        .map(need -> "--" + need.name().toLowerCase(Locale.ROOT))
                                        .sorted()
                                        .toList()));
    }

    /** What the metrics mean. */
    Block.Lines definitions() {
        return new Block.Lines(choice.metrics().stream()
                .map(m -> m.id() + " = " + m.formula() + (m.higherIsBetter() ? "" : ", lower is better") + "  ["
                        + m.source() + "]")
                .toList());
    }

    /** What the other arms differ in from the reference; only those that share two seeds, or orders, or more. */
    Optional<Block> differences(List<ArmResults> groups) {
        return Significance.reference(groups, choice).flatMap(reference -> {
            var others = Significance.arms(groups).stream()
                    .filter(arm -> !arm.equals(reference)
                            && pairs(choice.main(), arm, reference).count() > 1)
                    .toList();
            return others.isEmpty() ? Optional.empty() : Optional.of(differences(reference, others));
        });
    }

    private Block differences(List<ArmResults> reference, List<List<ArmResults>> others) {
        var width = choice.metrics().size();
        var pairs = others.stream()
                .flatMap(arm -> choice.metrics().stream().map(metric -> pairs(metric, arm, reference)))
                .toList();
        var stars = stars(pairs);
        var rows = IntStream.range(0, others.size())
                .mapToObj(i -> Stream.concat(
                                Stream.of(
                                        marked(others.get(i), reference),
                                        Integer.toString(pairs.get(i * width).count())),
                                IntStream.range(i * width, (i + 1) * width)
                                        .mapToObj(cell -> points(pairs.get(cell), stars.get(cell))))
                        .toList())
                .toList();
        var shown = Stream.concat(Stream.of(reference), others.stream())
                .flatMap(List::stream)
                .toList();
        var byOrder = figures(choice.main(), others.get(0), reference).pairedByOrder();
        return new Block.Table(
                "Difference to " + reference.get(0).label() + " in points, paired by " + (byOrder ? "order" : "seed")
                        + ": mean ± half the 95 % t-interval, * where p < 0.05 by t test after Holm over this table",
                heads("arm", "pairs"),
                rows,
                Stream.concat(ArmResults.notes(shown).stream(), unmatched(others, reference))
                        .toList());
    }

    /** The arm's name, with a sign where its budget is another one than the reference's. */
    private static String marked(List<ArmResults> arm, List<ArmResults> reference) {
        return arm.get(0).label() + (Budget.differences(arm, reference).isEmpty() ? "" : Budget.MARK);
    }

    private static Stream<String> unmatched(List<List<ArmResults>> arms, List<ArmResults> reference) {
        return arms.stream()
                .filter(arm -> !Budget.differences(arm, reference).isEmpty())
                .map(arm ->
                        marked(arm, reference) + " is not matched in budget, so this compares more than methods: it "
                                + Budget.differences(arm, reference));
    }

    private Figures figures(Metric metric, List<ArmResults> arm, List<ArmResults> reference) {
        return Figures.of(arm, metric, choice).minus(Figures.of(reference, metric, choice));
    }

    private Differences pairs(Metric metric, List<ArmResults> arm, List<ArmResults> reference) {
        return figures(metric, arm, reference).pairs();
    }

    private static List<Boolean> stars(List<Differences> pairs) {
        return Tested.of(pairs.stream().map(Differences::studentT).toList()).stream()
                .map(tested -> tested.holm().orElse(1) < LEVEL)
                .toList();
    }

    private static String points(Differences pairs, boolean star) {
        return pairs.count() < 2
                ? Numbers.NONE
                : Numbers.points(PairedDifference.of(pairs.values())) + (star ? "*" : "");
    }

    /** Whether the arms can be told apart by the first metric; of single runs, that they cannot. */
    List<Block> tests(List<ArmResults> groups) {
        var found = Significance.of(groups, choice);
        if (found.isEmpty()) {
            return List.of();
        }
        var rows = found.get().rows();
        var pairs = rows.stream().mapToInt(Significance.Row::pairs).max().orElse(0);
        var several = pairs > 1;
        var subject = choice.main().title() + " against "
                + found.get().reference().get(0).label() + ": difference in points, ";
        return List.of(new Block.Table(
                "Is it more than chance? " + subject + (several ? "its 95 % bootstrap interval, " : "")
                        + "p after Holm over the arms",
                Stream.of(
                                Stream.of("arm", "pairs", "difference"),
                                Stream.of("95 % interval", "t test\np", "Wilcoxon\np")
                                        .filter(head -> several),
                                Stream.of("test\nsamples", "McNemar\np"))
                        .flatMap(heads -> heads)
                        .toList(),
                rows.stream()
                        .map(row -> test(row, found.get().reference(), several))
                        .toList(),
                Stream.of(
                                caveats(pairs, rows.get(0).byOrder()),
                                ArmResults.notes(groups).stream(),
                                several // then it stands below the differences
                                        ? Stream.<String>empty()
                                        : unmatched(
                                                rows.stream()
                                                        .map(Significance.Row::arm)
                                                        .toList(),
                                                found.get().reference()))
                        .flatMap(lines -> lines)
                        .toList()));
    }

    private static Stream<String> caveats(int pairs, boolean byOrder) {
        var one =
                "one seed: no table can tell whether another seed would show the same; give the study `seeds: 5`, say";
        var few = "with %d pairs Wilcoxon's p is %s at least".formatted(pairs, Numbers.p(smallest(pairs)));
        var samples = "McNemar's is about the trained models and these samples; it does not know of other seeds";
        return Stream.of(
                        Stream.of(one).filter(line -> pairs < 2),
                        Stream.of(few).filter(line -> pairs > 1 && smallest(pairs) > LEVEL),
                        Stream.of("a pair is an order, a mean over seeds").filter(line -> byOrder && pairs > 1),
                        Stream.of(samples))
                .flatMap(line -> line);
    }

    private static double smallest(int pairs) {
        return Differences.smallestSignedRank(pairs);
    }

    private static List<String> test(Significance.Row row, List<ArmResults> reference, boolean several) {
        var overPairs = Stream.of(
                row.interval().map(Numbers::points).orElse(Numbers.NONE),
                p(row.studentT().holm()),
                p(row.signedRank().holm()));
        return Stream.of(
                        Stream.of(
                                marked(row.arm(), reference),
                                Integer.toString(row.pairs()),
                                Numbers.points(row.difference())),
                        overPairs.filter(cell -> several),
                        Stream.of(
                                row.samples() == 0 ? Numbers.NONE : Numbers.count(row.samples()),
                                p(row.mcNemar().holm())))
                .flatMap(cells -> cells)
                .toList();
    }

    private static String p(OptionalDouble p) {
        return p.isPresent() ? Numbers.p(p.getAsDouble()) : Numbers.NONE;
    }

    private List<String> heads(String... labels) {
        return Stream.concat(
                        Stream.of(labels), choice.metrics().stream().map(metric -> metric.title() + "\n" + metric.id()))
                .toList();
    }

    private static int runs(List<ArmResults> arm) {
        return arm.stream().mapToInt(group -> group.results().size()).sum();
    }

    private List<String> row(List<ArmResults> arm, String order, boolean several) {
        Function<Metric, Figures> figures = metric -> Figures.of(arm, metric, choice);
        var cells = choice.metrics().stream()
                .map(metric ->
                        figures.apply(metric).spread().map(Numbers::percent).orElse(Numbers.NONE));
        var interval =
                figures.apply(choice.main()).interval().map(Numbers::percent).orElse(Numbers.NONE);
        return Stream.of(
                        Stream.of(arm.get(0).label(), order, Integer.toString(runs(arm))),
                        cells,
                        Stream.of(interval).filter(cell -> several))
                .flatMap(texts -> texts)
                .toList();
    }
}
