package karuta.check;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import karuta.api.Benchmark;
import karuta.api.Image;
import karuta.api.KarutaException;
import karuta.api.Sample;
import karuta.api.Task;
import karuta.check.Made.Maker;
import karuta.kit.ToyContext;

/**
 * A benchmark whose tasks are read. Of every task the texts of all samples are looked at, and the images of some.
 *
 * @param maker makes it
 * @param below makes what it goes over; empty if it is no wrapper
 */
record BenchmarkLesson(Maker<? extends Benchmark> maker, Optional<Maker<? extends Benchmark>> below) {

    private static final int IMAGES = 16;

    List<Property> properties() {
        return List.of(
                new Property("tasks have names of their own", this::names),
                new Property("samples have ids of their own", this::ids),
                new Property("the same samples at every reading", this::again),
                new Property("the same samples in every run", this::run),
                new Property("nothing is tested that is trained on", this::apart),
                new Property("images are what their fingerprints say", this::images),
                new Property("an unknown task is refused", this::unknown));
    }

    /** Runs with a started benchmark. */
    private Outcome with(Function<Benchmark, Outcome> test) {
        try (var context = new ToyContext(1)) {
            return below.map(inner -> over(inner, context, test)).orElseGet(() -> started(context, test));
        }
    }

    private Outcome over(Maker<? extends Benchmark> inner, ToyContext context, Function<Benchmark, Outcome> test) {
        try (var made = inner.make()) {
            context.<Benchmark>with(Benchmark.class, made.strategy());
            return started(context, test);
        }
    }

    private Outcome started(ToyContext context, Function<Benchmark, Outcome> test) {
        try (var made = maker.make()) {
            return test.apply(context.start(made.strategy()));
        }
    }

    private Outcome names() {
        return with(benchmark -> {
            var failure = new Failure("Give every task a name of its own, samples to test, and a scorer.");
            var names = benchmark.tasks();
            failure.require(!names.isEmpty(), "tasks()", "It has no tasks.");
            failure.require(
                    new HashSet<>(names).size() == names.size(), "tasks()", "Two tasks have one name: " + names + ".");
            names.forEach(name -> {
                var task = benchmark.task(name);
                failure.require(task.name().equals(name), name, "The task calls itself \"" + task.name() + "\".");
                failure.require(!task.scorer().isBlank(), name, "The task names no scorer.");
                failure.require(!task.test().isEmpty(), name, "The task has no test samples.");
            });
            return failure.outcome();
        });
    }

    private Outcome ids() {
        return with(benchmark -> {
            var failure = new Failure("Make ids unique within a task and split.");
            each(benchmark, (task, split, samples) -> {
                var ids = new HashSet<String>();
                samples.forEach(sample -> failure.require(
                        ids.add(sample.id()), task + ", " + split, "Two samples have the id \"" + sample.id() + "\"."));
            });
            return failure.outcome();
        });
    }

    private Outcome again() {
        return with(benchmark -> {
            var failure =
                    new Failure("Make samples of nothing but the options: no counter, clock or draw without seed.");
            var first = content(benchmark, benchmark.tasks());
            System.gc();
            var backwards = new ArrayList<>(benchmark.tasks());
            Collections.reverse(backwards);
            var second = content(benchmark, backwards);
            first.forEach((place, lines) -> failure.require(
                    lines.equals(second.get(place)), place, "The samples are others when the task is read again."));
            return failure.outcome();
        });
    }

    private Outcome run() {
        return with(benchmark -> {
            var expected = content(benchmark, benchmark.tasks());
            return with(other -> {
                var failure = new Failure("Keep nothing static, and draw by context().random or a fixed seed.");
                content(other, other.tasks())
                        .forEach((place, lines) -> failure.require(
                                lines.equals(expected.get(place)), place, "A second benchmark has other samples."));
                return failure.outcome();
            });
        });
    }

    private Outcome apart() {
        return with(benchmark -> {
            var failure = new Failure("Leave samples that are trained on out of the test.");
            benchmark.tasks().forEach(name -> {
                var task = benchmark.task(name);
                var trained = new HashMap<String, String>();
                task.train().forEach(sample -> trained.put(line(sample, true), sample.id()));
                task.test()
                        .forEach(sample -> failure.require(
                                !trained.containsKey(line(sample, true)),
                                name,
                                "The test sample \"" + sample.id() + "\" is the training sample \""
                                        + trained.get(line(sample, true)) + "\"."));
            });
            return failure.outcome();
        });
    }

    private Outcome images() {
        return with(benchmark -> {
            var failure = new Failure("Let the fingerprint be one of the pixels (Image's own is), and read them anew.");
            each(
                    benchmark,
                    (task, split, samples) -> samples.stream()
                            .limit(IMAGES)
                            .forEach(sample ->
                                    sample.query().images().forEach(image -> check(image, sample, task, failure))));
            return failure.outcome();
        });
    }

    private static void check(Image image, Sample sample, String task, Failure failure) {
        var pixels = image.pixels().fingerprint();
        failure.require(
                pixels.equals(image.pixels().fingerprint()),
                task,
                "The image of \"" + sample.id() + "\" has other pixels when it is read again.");
        failure.require(
                image.fingerprint().equals(image.fingerprint()),
                task,
                "The image of \"" + sample.id() + "\" has another fingerprint when it is asked again.");
    }

    private Outcome unknown() {
        return with(benchmark -> {
            try {
                benchmark.task("a task that nobody has");
                return new Outcome.Fails(
                        "It reads a task that it does not have.", "task()", "Throw a KarutaException that names it.");
            } catch (KarutaException refused) {
                return Outcome.holds();
            }
        });
    }

    @FunctionalInterface
    private interface Look {
        void at(String task, String split, List<Sample> samples);
    }

    private static void each(Benchmark benchmark, Look look) {
        for (var name : benchmark.tasks()) {
            Task task = benchmark.task(name);
            look.at(name, "training", task.train());
            look.at(name, "test", task.test());
        }
    }

    private static Map<String, List<String>> content(Benchmark benchmark, List<String> tasks) {
        var content = new LinkedHashMap<String, List<String>>();
        for (var name : tasks) {
            var task = benchmark.task(name);
            content.put(name + ", training", lines(task.train()));
            content.put(name + ", test", lines(task.test()));
        }
        return content;
    }

    private static List<String> lines(List<Sample> samples) {
        var lines = new ArrayList<String>();
        for (var i = 0; i < samples.size(); i++) {
            lines.add(samples.get(i).id() + " " + line(samples.get(i), i < IMAGES));
        }
        return lines;
    }

    private static String line(Sample sample, boolean images) {
        var query = sample.query();
        var seen = images ? query.images().stream().map(Image::fingerprint) : Stream.<String>empty();
        return seen.toList() + " " + query.earlier() + " " + query.instruction() + " " + sample.references() + " "
                + new TreeMap<>(sample.fields());
    }
}
