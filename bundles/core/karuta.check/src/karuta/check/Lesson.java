package karuta.check;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import karuta.api.Input;
import karuta.api.KarutaException;
import karuta.api.Sample;
import karuta.api.Stage;
import karuta.check.Outcome.Fails;
import karuta.check.Property.Result;

/** An ensemble that learns the exercises while others look at it, and is asked afterwards. */
final class Lesson implements AutoCloseable {

    private static final int CROWD = 33;

    /** The choice of cards must be the same to the last bit; what is computed of them for a whole batch may be rounded. */
    private static final double ROUNDING = 1e-4;

    private final Ensemble ensemble;
    private final Ground ground;
    private final Optional<Ground> small;
    private final boolean analysis;
    private final Map<String, Watch> watches = new LinkedHashMap<>();
    private final Trial trial;
    private final List<Sample> samples = Exercises.mixed();

    /**
     * @param ground where it learns
     * @param small a model that reads batches
     */
    Lesson(Ensemble ensemble, Ground ground, Optional<Ground> small) {
        this.ensemble = ensemble;
        this.ground = ground;
        this.small = small;
        analysis = onlyWithTheTruth(ensemble, ground);
        watches.put("shapes of what goes into the backbone", new ShapeWatch());
        watches.put("finite values", new FiniteWatch());
        watches.put("names of parameters", new ParameterNames());
        watches.put("names of loss terms", new TermNames());
        watches.put("gradients where they are declared", new GradientWatch());
        watches.put("closed cards stay as they are", new ClosedCards());
        watches.put("footprint is what is stored", new FootprintWatch());
        if (ensemble.plays()) {
            watches.put("choices among cards", new ChoiceWatch());
        }
        trial = new Trial(ensemble, ground, analysis, List.copyOf(watches.values()));
    }

    /** Whether it refuses to answer as long as nobody tells it the true task. */
    private static boolean onlyWithTheTruth(Ensemble ensemble, Ground ground) {
        try (var blind = new Trial(ensemble, ground, false, List.of())) {
            blind.learn(1).ask(Exercises.of(1, 2));
            return false;
        } catch (RuntimeException failed) {
            return failed instanceof KarutaException && answersWithTheTruth(ensemble, ground);
        }
    }

    private static boolean answersWithTheTruth(Ensemble ensemble, Ground ground) {
        try (var told = new Trial(ensemble, ground, true, List.of())) {
            told.learn(1).ask(Exercises.of(1, 2));
            return true;
        } catch (RuntimeException failed) {
            return false;
        }
    }

    /** All that is found in it. */
    List<Result> results() {
        var results = new ArrayList<Result>();
        var learns = new Property("learns and answers", () -> {
                    trial.learn(Exercises.TASKS).ask(samples);
                    return Outcome.holds();
                })
                .check();
        results.add(learns);
        var through = learns.outcome() instanceof Outcome.Holds;
        watches.forEach((name, watch) -> results.add(
                through || watch.verdict() instanceof Fails ? new Result(name, watch.verdict()) : aside(name)));
        questions().forEach((name, test) -> results.add(through ? new Property(name, test::get).check() : aside(name)));
        return results;
    }

    private static Result aside(String name) {
        return new Result(name, new Outcome.NotApplicable("it does not get through its lesson"));
    }

    private Map<String, Supplier<Outcome>> questions() {
        var questions = new LinkedHashMap<String, Supplier<Outcome>>();
        questions.put("the same answers whenever it is asked", this::again);
        questions.put("a sample is answered as if it were alone", this::company);
        questions.put("no access to the task", this::task);
        questions.put("the same bits in every run", this::run);
        questions.put("goes on from what it saved", this::resumes);
        questions.put("answers leave nothing behind", this::leavesNothing);
        questions.put("disposal frees native memory", this::frees);
        questions.put("what stores nothing changes nothing", this::nothing);
        questions.put("kept samples are counted", () -> new KeptSamples(ensemble, ground, analysis).outcome());
        questions.put("padding does not count", this::padding);
        return questions;
    }

    private Outcome padding() {
        if (small.isEmpty()) {
            return new Outcome.NotApplicable("there is no model here that reads batches");
        }
        try {
            return new Padding(ensemble, small.get(), analysis).outcome();
        } catch (KarutaException refused) {
            return new Outcome.NotApplicable("on the small model it refuses its options: "
                    + refused.getMessage().replaceAll("\\s+", " "));
        }
    }

    private Outcome again() {
        var first = trial.ask(samples);
        System.gc();
        return compare(
                first,
                trial.ask(samples),
                all(),
                "when it is asked again",
                "Keep no counter, clock or random state, static ones above all: draw from the call's random numbers.");
    }

    private Outcome company() {
        var together = trial.ask(samples);
        for (var company : companies().entrySet()) {
            var order = company.getValue();
            var said = trial.ask(order.stream().map(samples::get).toList());
            var outcome = compare(
                    together,
                    said,
                    order,
                    ROUNDING,
                    company.getKey(),
                    "Compute for every sample from that sample alone; karuta.tensor.CardSimilarity and Ops.rows do.");
            if (outcome instanceof Fails) {
                return outcome;
            }
        }
        return Outcome.holds();
    }

    private Map<String, List<Integer>> companies() {
        var companies = new LinkedHashMap<String, List<Integer>>();
        all().forEach(i -> companies.put("where sample " + i + " is alone", List.of(i)));
        var backwards = new ArrayList<>(all());
        Collections.reverse(backwards);
        companies.put("where the batch is in another order", backwards);
        var crowd = new ArrayList<>(all());
        while (crowd.size() < CROWD) {
            crowd.addAll(backwards);
        }
        companies.put("in a larger batch", crowd);
        return companies;
    }

    private List<Integer> all() {
        return IntStream.range(0, samples.size()).boxed().toList();
    }

    private static Outcome compare(
            List<Said> expected, List<Said> said, List<Integer> order, String when, String remedy) {
        return compare(expected, said, order, 0, when, remedy);
    }

    private static Outcome compare(
            List<Said> expected, List<Said> said, List<Integer> order, double rounding, String when, String remedy) {
        for (var i = 0; i < order.size(); i++) {
            var sample = order.get(i);
            var difference = expected.get(sample).unlike(said.get(i), rounding);
            if (difference.isPresent()) {
                return new Fails(
                        "Sample " + sample + " gets something else " + when + ": " + difference.get() + ".",
                        "sample " + sample,
                        remedy);
            }
        }
        return Outcome.holds();
    }

    private Outcome task() {
        var expected = trial.ask(samples);
        for (var folder : List.of("task1", "other")) {
            var outcome = compare(
                    expected,
                    trial.ask(Exercises.in(folder, samples)),
                    all(),
                    "where its image lies in the folder \"" + folder + "\"",
                    "Do not read the path of an image: it names the task.");
            if (outcome instanceof Fails) {
                return outcome;
            }
        }
        var renamed = renamed(expected);
        if (renamed instanceof Fails || analysis) {
            return analysis
                    ? new Outcome.NotApplicable("it refuses to choose without the true task: for analysis only")
                    : renamed;
        }
        for (var task : List.of("task1", "task2")) {
            var told = trial.inputs(samples).stream()
                    .map(input ->
                            new Input(input.key(), input.query(), input.vision(), input.guidance(), Optional.of(task)))
                    .toList();
            var outcome = compare(
                    expected,
                    trial.ask(samples, told),
                    all(),
                    "where it is told that the true task is " + task,
                    "Do not read trueTask: it is for selectors that are for analysis only.");
            if (outcome instanceof Fails) {
                return outcome;
            }
        }
        return Outcome.holds();
    }

    private Outcome renamed(List<Said> expected) {
        try (var other = new Trial(ensemble, ground, analysis, List.of())) {
            for (var task = 1; task <= Exercises.TASKS; task++) {
                other.learn(task, "renamed" + (9 - task), Exercises.of(task, Exercises.EACH));
            }
            return compare(
                    expected,
                    other.ask(samples),
                    all(),
                    "where the tasks have other names",
                    "Make nothing of a task's name but a label; draw random numbers by the number of the stage.");
        }
    }

    /** Once more from nothing, with garbage collected in between. */
    private Outcome run() {
        var collecting = new Watch() {

            @Override
            public void begun(Trial run, Stage stage) {
                System.gc();
            }

            @Override
            public Outcome verdict() {
                return Outcome.holds();
            }
        };
        try (var other = new Trial(ensemble, ground, analysis, List.of(collecting))) {
            other.learn(Exercises.TASKS);
            var expected = trial.kept();
            var kept = other.kept();
            if (!expected.equals(kept)) {
                return new Fails(
                        "The same seed gives other numbers in a second run.",
                        IntStream.range(0, Math.min(expected.size(), kept.size()))
                                .filter(i -> !expected.get(i).equals(kept.get(i)))
                                .mapToObj(i -> name(expected.get(i)))
                                .findFirst()
                                .orElse("another number of tensors"),
                        "Draw all random numbers from context().random(...) or step.random(); use no clock and nothing"
                                + " static, and make arrays with karuta.tensor.Tensors.");
            }
            return compare(
                    trial.ask(samples),
                    other.ask(samples),
                    all(),
                    "in a second run with the same seed",
                    "Keep nothing static, and use no clock.");
        }
    }

    private static String name(String line) {
        return line.length() > 80 ? line.substring(0, 80) + "..." : line;
    }

    private Outcome resumes() {
        return new Resuming(ensemble, ground, analysis).outcome();
    }

    private Outcome leavesNothing() {
        trial.ask(samples);
        var before = LiveArrays.count();
        trial.ask(samples);
        var one = LiveArrays.count();
        trial.ask(samples);
        var two = LiveArrays.count();
        return before < one && one < two
                ? new Fails(
                        "Every batch that it answers leaves " + (two - one) + " arrays behind.",
                        "at inference",
                        "Keep (context().keep) nothing that is made for a sample, or close what it replaces.")
                : Outcome.holds();
    }

    private Outcome frees() {
        return Cycles.flat(this::cycle);
    }

    private void cycle() {
        try (var run = new Trial(ensemble, ground, analysis, List.of())) {
            run.learn(1).ask(Exercises.of(1, 2));
        }
    }

    private Outcome nothing() {
        var footprint = trial.learner().footprint();
        if (footprint.stored() > 0 || footprint.trained() > 0) {
            return new Outcome.NotApplicable("it stores " + footprint.stored() + " numbers");
        }
        return compare(
                trial.bare(samples),
                trial.ask(samples).stream()
                        .map(said -> new Said(List.of(), said.logits()))
                        .toList(),
                all(),
                "than from the bare model, although nothing is trained or stored",
                "Put nothing into the backbone, or count in footprint() what it is made of.");
    }

    @Override
    public void close() {
        trial.close();
    }
}
