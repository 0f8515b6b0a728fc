package karuta.engine.loop;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import karuta.api.Answer;
import karuta.api.Image;
import karuta.api.Input;
import karuta.api.KarutaException;
import karuta.api.Learner;
import karuta.api.Pixels;
import karuta.api.PromptedInput;
import karuta.api.Query;
import karuta.api.RandomStream;
import karuta.api.Sample;
import karuta.api.Selection.Pick;
import karuta.api.Task;
import karuta.tensor.Autograd;
import karuta.tensor.Ops;
import karuta.tensor.Scope;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks some samples of an evaluation once more: samples of all tasks in one batch, in another order and of another size, with
 * images whose paths are those of other tasks' samples. What an arm answers then must be what it answered when each task was
 * asked alone; who knows the task by the batch, by the order, by a counter or by a file's name shows here.
 *
 * @param learner who answers
 * @param inputs what it may see
 * @param batch how many samples of a task were asked at once
 * @param random draws the samples
 * @param suspects who is to be named
 */
record Sentinel(Learner learner, InputEncoder inputs, int batch, RandomStream random, ContinualLoop.Suspects suspects) {

    private static final Logger log = LoggerFactory.getLogger(Sentinel.class);

    /** One answer of so many is asked again: with training beside it, below 1 % of a run. */
    private static final int SHARE = 100;

    /** Fewer could not be of several tasks. */
    private static final int LEAST = 2;

    /** Another size than that of a batch, whatever is evaluated. */
    private static final int MOST = 24;

    /**
     * Scores are sums of some hundred products in float32, each of vectors of length 1: another size of the product moves them
     * in the seventh digit. That moves no choice of a selector which keeps to its contract, and so cards must be the same ones.
     */
    private static final double ROUNDING = 1e-5;

    /** Mean log-likelihood of an answer's tokens: rounding moves logits of float32 by 1e-5, those of 16 bits by some 1e-2. */
    private static final double SPOKEN = 1e-3;

    private static final double SPOKEN_IN_16_BITS = 0.05;

    /**
     * An answer of the evaluation.
     *
     * @param task that was asked
     * @param place of the sample in the task
     * @param answer to it
     */
    record Asked(Task task, int place, Answer answer) {

        Sample sample() {
            return task.test().get(place);
        }
    }

    /**
     * Asks again.
     *
     * @param answers of an evaluation, at least one
     * @return how many samples
     * @throws KarutaException if something differs
     */
    int check(int stage, List<Asked> answers) {
        var started = System.nanoTime();
        var drawn = draw(stage, answers);
        try (var scope = Scope.open()) {
            var same = Autograd.noGrad(() -> compare(drawn));
            log.info(
                    "stage {}: {} of {} answers were the same when they were asked again in other company ({} ms)",
                    stage,
                    same,
                    answers.size(),
                    (System.nanoTime() - started) / 1_000_000);
            return same;
        }
    }

    /** Of one task after the other, so that they are of as many tasks as can be. */
    private List<Asked> draw(int stage, List<Asked> answers) {
        var draws = random.fork(stage);
        var byTask = answers.stream().collect(groupingBy(asked -> asked.task().name(), TreeMap::new, toList()));
        var tasks = List.copyOf(byTask.values());
        var order = draws.permutation(tasks.size());
        var most = Math.min(answers.size(), Math.min(MOST, Math.max(LEAST, answers.size() / SHARE)));
        var drawn = new LinkedHashSet<Asked>();
        for (var i = 0; drawn.size() < most; i++) {
            var task = tasks.get(order[i % order.length]);
            drawn.add(task.get(draws.below(task.size(), i)));
        }
        return List.copyOf(drawn);
    }

    private int compare(List<Asked> drawn) {
        var again = IntStream.range(0, drawn.size())
                .mapToObj(i -> inputs.encode(new TaskSample(disguised(drawn, i), Optional.empty())))
                .toList();
        var prompted = learner.prompt(again);
        var texts = inputs.frozen().backbone().generate(prompted);
        for (var i = 0; i < drawn.size(); i++) {
            choice(drawn.get(i), prompted.get(i).selection().picks());
            if (!texts.get(i).equals(drawn.get(i).answer().text())) {
                spoken(drawn.get(i), texts.get(i), prompted, i);
            }
        }
        return drawn.size();
    }

    /** The sample with the paths of another task's images, if there is another task. */
    private static Sample disguised(List<Asked> drawn, int place) {
        var own = drawn.get(place);
        var path = drawn.stream()
                .filter(other -> !other.task().name().equals(own.task().name()))
                .flatMap(other -> other.sample().query().images().stream())
                .flatMap(image -> image.path().stream())
                .findFirst();
        var query = own.sample().query();
        var images = query.images().stream()
                .map(image -> image.path().isPresent() && path.isPresent() ? new Disguised(image, path) : image)
                .toList();
        return own.sample().with(new Query(images, query.earlier(), query.instruction()));
    }

    /** An image that says it lies elsewhere. */
    private record Disguised(Image image, Optional<String> path) implements Image {

        @Override
        public String fingerprint() {
            return image.fingerprint();
        }

        @Override
        public Pixels pixels() {
            return image.pixels();
        }
    }

    private void choice(Asked asked, List<Pick> now) {
        var before = asked.answer().selection().picks();
        if (!ids(before).equals(ids(now)) || !near(before, now)) {
            throw told(
                    suspects.choice(),
                    asked,
                    "chose " + words(before) + " when its task was asked alone, and " + words(now)
                            + " among samples of other tasks");
        }
    }

    private static List<String> ids(List<Pick> picks) {
        return picks.stream().map(pick -> pick.card().id()).toList();
    }

    private static boolean near(List<Pick> before, List<Pick> now) {
        return IntStream.range(0, now.size())
                .allMatch(i -> near(before.get(i).score(), now.get(i).score(), ROUNDING));
    }

    private static boolean near(double a, double b, double tolerance) {
        return Double.compare(a, b) == 0 || Math.abs(a - b) <= tolerance * Math.max(1, Math.abs(a));
    }

    private static String words(List<Pick> picks) {
        return picks.stream()
                .map(pick -> pick.card().id() + (Double.isNaN(pick.score()) ? "" : " (" + pick.score() + ")"))
                .toList()
                .toString();
    }

    /**
     * A text may differ because the backbone rounds a batch of another size differently where two tokens are equally likely. Then
     * the first company gives the first text again, and that text is equally likely in both.
     */
    private void spoken(Asked asked, String now, List<PromptedInput> prompted, int place) {
        var from = asked.place() / batch * batch;
        var company = new ArrayList<Input>();
        for (var i = from; i < Math.min(from + batch, asked.task().test().size()); i++) {
            company.add(inputs.encode(new TaskSample(asked.task().test().get(i), Optional.empty())));
        }
        var text = asked.answer().text();
        var before = learner.prompt(company);
        var repeated = inputs.frozen().backbone().generate(before).get(asked.place() - from);
        var alone = likelihood(before, asked.place() - from, text);
        var mixed = likelihood(prompted, place, text);
        if (!repeated.equals(text) || !near(alone, mixed, exact() ? SPOKEN : SPOKEN_IN_16_BITS)) {
            throw told(
                    suspects.rest(),
                    asked,
                    "answered \"" + text + "\" when its task was asked alone, and \"" + now
                            + "\" among samples of other tasks");
        }
    }

    private boolean exact() {
        return inputs.frozen().backbone().embeddings().getDataType() == DataType.FLOAT32;
    }

    /** The mean log-likelihood of a text's tokens after one sample of a batch. */
    private double likelihood(List<PromptedInput> prompted, int place, String text) {
        var output = inputs.frozen()
                .backbone()
                .score(prompted, prompted.stream().map(each -> text).toList());
        var from = output.lengths().subList(0, place).stream()
                .mapToInt(length -> length)
                .sum();
        var length = output.lengths().get(place);
        NDArray said = Ops.logSoftmax(output.logits());
        var labels = output.labels().toLongArray();
        return IntStream.range(from, from + length)
                .mapToDouble(i -> said.getFloat(i, labels[i]))
                .average()
                .orElse(0);
    }

    private static KarutaException told(String who, Asked asked, String what) {
        return new KarutaException(
                who + " " + what + ": sample " + asked.sample().id() + " of \""
                        + asked.task().name() + "\". So the task is known at inference.",
                "An answer may depend on its own sample alone: look for what is taken of the batch (its first sample, a mean, a"
                        + " vote), for counters and other state, and for paths of images. Only an arm marked \"analysis: true\""
                        + " may be told the task.");
    }
}
