package karuta.fidelity;

import ai.djl.ndarray.NDArray;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import karuta.api.Batch;
import karuta.api.PromptedInput;
import karuta.kit.ReferenceArrays;
import karuta.kit.ToyTasks;
import karuta.tensor.Autograd;
import karuta.tensor.Ops;
import karuta.tensor.ParameterGradients;

/**
 * Plays an arm with the definition's settings from given numbers, and compares it with what {@code
 * releng/methods/modalprompt.py} has computed: four stages of two steps each, then ten questions of five tasks. What is
 * trained is told by its shape, terms are compared as a sum, so that nothing need be called as in the pool that ships.
 */
final class Golden {

    /** What the definition fixes. */
    static final Map<String, Object> SETTINGS =
            Map.of("k", 3, "lambda", 0.5, "length", 10, "lossImage", 1.0, "lossText", 1.0, "transformRate", 1.0);

    private static final int STAGES = 4;
    private static final int ASKED = 5;
    private static final double RATE = 1e-3;
    private static final double TOLERANCE = 1e-5;

    private final Play play;
    private final Map<String, NDArray> golden;
    private int compared;

    private Golden(Play play) {
        this.play = play;
        golden = ReferenceArrays.read(lines(), play.context().manager());
    }

    private static List<String> lines() {
        try (var file = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(Golden.class.getResourceAsStream("golden.txt")), StandardCharsets.UTF_8))) {
            return file.lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Plays an arm.
     *
     * @param findings gets the first number that differs
     * @return how many numbers were the same
     */
    static int compare(Arm arm, Findings findings) {
        try (var play = new Play(arm, SETTINGS, 1)) {
            var golden = new Golden(play);
            golden.run().ifPresent(difference -> findings.add(Deviation.GOLDEN, difference + "."));
            return golden.compared;
        }
    }

    private Optional<String> run() {
        for (var stage = 1; stage <= STAGES; stage++) {
            var difference = stage(stage);
            if (difference.isPresent()) {
                return difference;
            }
        }
        return Play.scoped(this::answers);
    }

    private Optional<String> stage(int number) {
        var name = "stage" + number + ".";
        var parameters = play.open(number);
        var card = play.prompts().orElseThrow().get(number - 1);
        var own = OpenPrompt.prompt(parameters, card.tokens()).flatMap(prompt -> OpenPrompt.of(parameters, prompt));
        if (own.isEmpty()
                || !sameShape(name + "start.prompt", own.get().prompt().value())) {
            return Optional.of("the open prompt has other shapes than with M = 10");
        }
        own.get().named().forEach((key, value) -> get(name + "start." + key).copyTo(value));
        var before = Play.scoped(() -> losses(number, name, own.get()));
        if (before.isPresent()) {
            return before;
        }
        play.train(number, RATE);
        var after = own.get().named().entrySet().stream()
                .flatMap(each -> differs(name + "end." + each.getKey(), Vectors.of(each.getValue())).stream())
                .findFirst();
        play.close(number);
        return after.or(() -> differs(
                name + "key", play.prompts().orElseThrow().get(number - 1).image()));
    }

    private boolean sameShape(String name, NDArray array) {
        return get(name).getShape().equals(array.getShape());
    }

    private Optional<String> losses(int number, String name, OpenPrompt own) {
        var batch = play.batch(number);
        var step = play.training().step(Play.stage(number));
        var terms = Autograd.withGrad(() -> play.training().losses(batch, step));
        var sum = terms.values().stream().mapToDouble(NDArray::getFloat).sum();
        var expected = golden.entrySet().stream()
                .filter(each -> each.getKey().startsWith(name + "loss."))
                .mapToDouble(each -> each.getValue().getFloat())
                .sum();
        if (!Vectors.near(sum, expected, TOLERANCE)) {
            return Optional.of("the loss of stage " + number + " is " + sum + " instead of " + expected);
        }
        compared++;
        var gradients = ParameterGradients.of(
                () -> ParameterGradients.sum(play.training().losses(batch, step).values()), own.all());
        for (var i = 0; i < gradients.size(); i++) {
            var difference = differs(name + "gradient." + OpenPrompt.NAMES.get(i), Vectors.of(gradients.get(i)));
            if (difference.isPresent()) {
                return difference;
            }
        }
        return golden.containsKey(name + "chosen")
                ? chosen(name + "chosen", play.prompted(batch.inputs(), number))
                : Optional.empty();
    }

    private Optional<String> answers() {
        var samples = IntStream.rangeClosed(1, ASKED)
                .boxed()
                .flatMap(task -> ToyTasks.samples(task, 2).stream())
                .toList();
        var batch = play.training().batch(samples);
        var prompted = play.prompted(batch.inputs());
        return chosen("answer.chosen", prompted)
                .or(() -> differs("answer.losses", losses(batch, prompted)))
                .or(() -> said(play.context().backbone().generate(prompted)));
    }

    private Optional<String> chosen(String name, List<PromptedInput> prompted) {
        var sequences = Sequence.of(prompted, play.prompts().orElseThrow());
        return sequences.isEmpty()
                ? Optional.of("prompts are not put in whole")
                : differs(
                        name,
                        sequences.get().stream()
                                .flatMap(sequence -> sequence.places().stream())
                                .mapToDouble(place -> place)
                                .toArray());
    }

    private double[] losses(Batch batch, List<PromptedInput> prompted) {
        var output = play.context().backbone().score(prompted, batch.answers());
        var said = Ops.logSoftmax(output.logits());
        var labels = output.labels().toLongArray();
        return IntStream.range(0, labels.length)
                .mapToDouble(i -> -said.getFloat(i, labels[i]))
                .toArray();
    }

    /** Token numbers of the toy backbone; -1 for a place that is left. */
    private Optional<String> said(List<String> answers) {
        var width = (int) get("answer.said").getShape().get(1);
        var tokens = new ArrayList<Double>();
        for (var answer : answers) {
            for (var i = 0; i < width; i++) {
                tokens.add(i < answer.length() ? answer.charAt(i) - ' ' + 2.0 : -1);
            }
        }
        return differs("answer.said", tokens.stream().mapToDouble(each -> each).toArray());
    }

    private NDArray get(String name) {
        return Objects.requireNonNull(golden.get(name), name);
    }

    private Optional<String> differs(String name, double[] actual) {
        var expected = Vectors.of(get(name));
        if (actual.length != expected.length) {
            return Optional.of(name + " has " + actual.length + " numbers instead of " + expected.length);
        }
        for (var i = 0; i < actual.length; i++) {
            if (!Vectors.near(actual[i], expected[i], TOLERANCE)) {
                return Optional.of(name + " is " + actual[i] + " at place " + i + " instead of " + expected[i]);
            }
        }
        compared += actual.length;
        return Optional.empty();
    }

    /** Its numbers, for who counts them. */
    static int size() {
        return (int) IntStream.range(0, lines().size())
                .filter(i -> i % 2 == 1)
                .mapToLong(i -> Arrays.stream(lines().get(i).split(" ")).count())
                .sum();
    }
}
