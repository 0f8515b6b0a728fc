package karuta.serve.monitor;

import com.google.gson.JsonObject;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** One card: how like it is to what it is asked. */
final class CardMonitor {

    /** Chance that a card to which nothing happens ever gives an alarm. */
    private static final double FALSE_ALARMS = 0.01;

    /** A few dozen questions show a large drop soon, a few hundred a small one. */
    private static final List<Integer> WINDOWS = List.of(40, 400);

    private static final int SHOWN = 400;

    /**
     * What is known of a card, to be kept.
     *
     * @param validation scores of its own validation samples
     * @param lately the newest scores of answers that took it first
     * @param tests where each stands
     */
    record Known(List<Double> validation, List<Double> lately, List<DriftTest.Stand> tests) {

        Known {
            validation = List.copyOf(validation);
            lately = List.copyOf(lately);
            tests = List.copyOf(tests);
        }
    }

    private final double[] validation;
    private final List<DriftTest> tests;
    private final Recent lately = new Recent(SHOWN);

    /** @param validation scores of the card's own validation samples, in any order; none if they were not kept */
    CardMonitor(double[] validation) {
        this.validation = validation.clone();
        Arrays.sort(this.validation);
        tests = DriftTest.canTest(validation)
                ? WINDOWS.stream()
                        .map(size -> new DriftTest(this.validation, size, FALSE_ALARMS / WINDOWS.size()))
                        .toList()
                : List.of();
    }

    /**
     * Goes on where another one was.
     *
     * @throws IllegalArgumentException if that one tested otherwise
     */
    static CardMonitor of(Known known) {
        var card = new CardMonitor(
                known.validation().stream().mapToDouble(Double::doubleValue).toArray());
        if (card.tests.size() != known.tests().size()) {
            throw new IllegalArgumentException(known.tests().size() + " tests of drift");
        }
        known.lately().forEach(card.lately::add);
        for (var i = 0; i < card.tests.size(); i++) {
            card.tests.get(i).goOn(known.tests().get(i));
        }
        return card;
    }

    Known known() {
        return new Known(
                Arrays.stream(validation).boxed().toList(),
                lately.inOrder(),
                tests.stream().map(DriftTest::stand).toList());
    }

    void add(double score) {
        lately.add(score);
        tests.forEach(test -> test.add(score));
    }

    /** What an alarm says, while there is reason for one. */
    Optional<String> drift() {
        return tests.stream()
                .filter(DriftTest::drifted)
                .findFirst()
                .flatMap(DriftTest::last)
                .map(look -> String.format(
                        Locale.ROOT,
                        "The last %d different questions that took this card are less like it than its validation samples were"
                                + " (Kolmogorov-Smirnov %.2f, p = %.1e). Look at what is asked; learn from feedback, or"
                                + " roll back.",
                        look.size(),
                        look.distance(),
                        look.p()));
    }

    private String state() {
        if (validation.length == 0) {
            return "unknown";
        }
        if (tests.isEmpty()) {
            return "untestable";
        }
        if (drift().isPresent()) {
            return "drift";
        }
        return tests.stream().anyMatch(test -> test.last().isPresent()) ? "steady" : "waiting";
    }

    /** Whether these are other scores than it compares with: then the card was learned anew. */
    boolean isOf(double[] other) {
        var sorted = other.clone();
        Arrays.sort(sorted);
        return Arrays.equals(validation, sorted);
    }

    JsonObject json() {
        var json = new JsonObject();
        json.addProperty("drift", state());
        tests.stream()
                .map(DriftTest::last)
                .flatMap(Optional::stream)
                .findFirst()
                .ifPresent(look -> {
                    json.addProperty("looks", look.number());
                    json.addProperty("distance", look.distance());
                    json.addProperty("p", look.p());
                    json.addProperty("level", look.level());
                });
        json.add("likeness", new Likeness(validation, lately.sorted()).json());
        return json;
    }
}
