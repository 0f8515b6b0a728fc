package karuta.fidelity;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import karuta.api.Parameter;
import karuta.kit.ToyContext;

/** Plays an arm's stages and looks at what it does in each. */
final class Examination {

    /** Tasks that are looked at closely: more than are used at once, so that there is something to choose. */
    private static final int CLOSELY = 5;

    /** Tasks that are opened in all: a code that counts them by a digit has no room for so many. */
    private static final int OPENED = 12;

    private static final double RATE = 0.01;
    private static final double TOLERANCE = 1e-4;
    private static final int D = ToyContext.HIDDEN;

    private final Play play;
    private final Findings findings;
    private final Objective objective;
    private final Choices choices;

    /** Of finished tasks, as they were when they were last looked at. */
    private final List<Prompt> finished = new ArrayList<>();

    private Optional<List<double[]>> lastTransform = Optional.empty();
    private Optional<Likeness> likeness = Optional.empty();

    Examination(Play play, Findings findings, Objective objective, Choices choices) {
        this.play = play;
        this.findings = findings;
        this.objective = objective;
        this.choices = choices;
    }

    /** Looks at everything, as far as it gets. */
    void examine() {
        for (var stage = 1; stage <= CLOSELY; stage++) {
            if (!closely(stage)) {
                return;
            }
        }
        for (var stage = CLOSELY + 1; stage <= OPENED; stage++) {
            var number = stage;
            if (!roomy(number, () -> play.open(number))) {
                return;
            }
            stand(number, "when it is opened");
            play.train(number, RATE);
            stand(number, "while task " + number + " is learned");
            play.close(number);
            stand(number, "when task " + number + " ends");
            play.prompts().ifPresent(prompts -> finished.add(prompts.get(prompts.size() - 1)));
        }
    }

    /** Whether the arm can be looked at further. */
    private boolean closely(int stage) {
        if (!roomy(stage, () -> play.open(stage))) {
            return false;
        }
        var prompts = play.prompts()
                .filter(all -> all.size() == stage && all.get(stage - 1).open());
        if (prompts.isEmpty()) {
            findings.add(
                    Deviation.NO_PROTOTYPE_PROMPT,
                    "after " + stage + " tasks the pool has not " + stage
                            + " cards with one prompt and a key for image and text each, the last one in training.");
            return false;
        }
        stand(stage, "when it is opened");
        var parameters = play.training().learner().trainable();
        var open = prompts.get().get(stage - 1);
        start(open);
        var prompt = OpenPrompt.prompt(parameters, open.tokens());
        if (prompt.isEmpty()) {
            findings.add(Deviation.PROMPT_NOT_TRAINED, "the prompt of the open card is not among what is trained.");
            return false;
        }
        var own = OpenPrompt.of(parameters, prompt.get());
        if (own.isEmpty()) {
            findings.add(
                    Deviation.TRANSFORM_FORM,
                    "beside the prompt " + shapes(parameters, prompt.get()) + " are trained.");
        }
        own.ifPresent(mine -> transform(mine, open));
        Play.scoped(() -> {
            objective.examine(stage, open);
            if (!findings.has(Deviation.ALIGNMENT_DROPPED)) {
                own.ifPresent(mine -> objective.examineGradients(stage, mine));
            }
            if (stage == CLOSELY) {
                choices.inTraining(stage, prompts.get(), likeness);
            }
            return stage;
        });
        play.train(stage, RATE);
        moved(prompt.get(), open);
        stand(stage, "while task " + stage + " is learned");
        more(parameters, own);
        var expected = own.map(OpenPrompt::prototype);
        lastTransform = own.map(OpenPrompt::weights);
        var trained = Vectors.of(prompt.get().value());
        play.close(stage);
        stand(stage, "when task " + stage + " ends");
        closed(stage, trained, expected);
        if (stage == CLOSELY - 1) {
            likeness = Play.scoped(() -> choices.atInference(List.copyOf(finished)));
        }
        return true;
    }

    private boolean roomy(int stage, Runnable open) {
        try {
            open.run();
            return true;
        } catch (RuntimeException full) {
            if (stage == 1) {
                throw full;
            }
            findings.add(Deviation.TASKS_KNOWN, "task " + stage + " cannot be opened: " + full.getMessage());
            return false;
        }
    }

    private static List<String> shapes(List<Parameter> parameters, Parameter prompt) {
        return parameters.stream()
                .filter(parameter -> parameter != prompt)
                .map(parameter -> parameter.value().getShape().toString())
                .toList();
    }

    private void start(Prompt open) {
        var vocabulary = new HashSet<List<Double>>();
        var table = Play.scoped(() -> Vectors.of(play.context().backbone().embeddings()));
        for (var row = 0; row < table.length; row += D) {
            vocabulary.add(row(table, row));
        }
        var tokens = open.tokens();
        var outside = 0;
        for (var row = 0; row < tokens.length; row += D) {
            outside += vocabulary.contains(row(tokens, row)) ? 0 : 1;
        }
        if (outside > 0) {
            findings.add(
                    Deviation.START_OUTSIDE_VOCABULARY,
                    outside + " of " + tokens.length / D + " rows are no token's embedding.");
        }
    }

    private static List<Double> row(double[] rows, int from) {
        return Arrays.stream(rows, from, from + D).boxed().toList();
    }

    private void transform(OpenPrompt own, Prompt open) {
        var weights = own.weights();
        lastTransform
                .filter(last -> same(last, weights))
                .ifPresentOrElse(
                        last -> findings.add(
                                Deviation.TRANSFORM_SHARED, "a task goes on with the transform of the one before."),
                        () -> within(weights));
        var p = own.prototype();
        if (!Vectors.near(open.image(), p, TOLERANCE) || !Vectors.near(open.text(), p, TOLERANCE)) {
            findings.add(
                    Deviation.PROTOTYPE_FORM,
                    "p is " + shown(open.image()) + ", the mean over the rows of h(P) " + shown(p) + ".");
        }
    }

    private static boolean same(List<double[]> a, List<double[]> b) {
        for (var i = 0; i < a.size(); i++) {
            if (!Arrays.equals(a.get(i), b.get(i))) {
                return false;
            }
        }
        return true;
    }

    private void within(List<double[]> weights) {
        var bound = 1 / Math.sqrt(D) + 1e-6;
        var names = OpenPrompt.NAMES.subList(1, OpenPrompt.NAMES.size());
        for (var i = 0; i < weights.size(); i++) {
            var largest = Arrays.stream(weights.get(i)).map(Math::abs).max().orElse(0);
            if (largest > bound || largest == 0) {
                findings.add(
                        Deviation.TRANSFORM_START,
                        String.format(
                                Locale.ROOT,
                                "%s begins with numbers up to %.3f, where 1/sqrt(d) is %.3f.",
                                names.get(i),
                                largest,
                                1 / Math.sqrt(D)));
            }
        }
    }

    private void moved(Parameter prompt, Prompt before) {
        if (Arrays.equals(Vectors.of(prompt.value()), before.tokens())) {
            findings.add(Deviation.PROMPT_NOT_TRAINED, "after steps of the optimiser the open prompt is as it began.");
        }
    }

    private void more(List<Parameter> parameters, Optional<OpenPrompt> own) {
        own.ifPresent(mine -> {
            Set<Object> known = Collections.newSetFromMap(new IdentityHashMap<>());
            mine.all().forEach(parameter -> known.add(parameter.value()));
            var others = parameters.stream()
                    .filter(parameter -> !known.contains(parameter.value()))
                    .map(Parameter::name)
                    .toList();
            if (!others.isEmpty() && !findings.has(Deviation.EARLIER_NOT_FROZEN)) {
                findings.add(Deviation.MORE_TRAINED, "beside P and h " + others + " is trained.");
            }
        });
    }

    /** Compares all finished prompts with what they were. */
    private void stand(int stage, String when) {
        var now = play.prompts().orElse(List.of());
        for (var i = 0; i < Math.min(finished.size(), now.size()); i++) {
            var before = finished.get(i);
            if (!Arrays.equals(before.tokens(), now.get(i).tokens())) {
                var opening = when.equals("when it is opened");
                findings.add(
                        opening ? Deviation.EARLIER_OVERWRITTEN : Deviation.EARLIER_NOT_FROZEN,
                        "the prompt of task " + (i + 1) + " changes "
                                + (opening ? "when task " + stage + " is opened" : when) + ".");
            }
            if (!Arrays.equals(before.image(), now.get(i).image())
                    || !Arrays.equals(before.text(), now.get(i).text())) {
                if (!findings.has(Deviation.EARLIER_NOT_FROZEN) && !findings.has(Deviation.EARLIER_OVERWRITTEN)) {
                    findings.add(
                            Deviation.PROTOTYPE_RECOMPUTED,
                            "the prototype of task " + (i + 1) + " changes "
                                    + when.replace("it is", "task " + stage + " is") + ".");
                }
            }
            finished.set(i, now.get(i)); // what changes is told once, where it changes
        }
    }

    private void closed(int stage, double[] trained, Optional<double[]> expected) {
        var all = play.prompts()
                .filter(prompts ->
                        prompts.size() == stage && !prompts.get(stage - 1).open());
        if (all.isEmpty()) {
            findings.add(
                    Deviation.NO_PROTOTYPE_PROMPT, "when task " + stage + " has ended its card is not there, frozen.");
            return;
        }
        var prompt = all.get().get(stage - 1);
        finished.add(prompt);
        if (!Arrays.equals(prompt.tokens(), trained)) {
            findings.add(
                    Deviation.PROMPT_NOT_TRAINED, "when a task ends its card has not the prompt that was trained.");
        }
        expected.filter(p -> !findings.has(Deviation.PROTOTYPE_FORM)
                        && (!Vectors.near(prompt.image(), p, TOLERANCE) || !Vectors.near(prompt.text(), p, TOLERANCE)))
                .ifPresent(p -> findings.add(
                        Deviation.PROTOTYPE_STALE,
                        "when task " + stage + " has ended its p is " + shown(prompt.image())
                                + ", of the trained P and h it is " + shown(p) + "."));
        Play.scoped(() -> {
            var once = play.pool().cards();
            var again = play.pool().cards();
            for (var i = 0; i < once.size(); i++) {
                if (once.get(i) != again.get(i)) {
                    findings.add(
                            Deviation.PROTOTYPE_NOT_CACHED,
                            "the card of a finished task is another object whenever the pool is asked.");
                }
            }
            return stage;
        });
    }

    private static String shown(double[] p) {
        return String.format(Locale.ROOT, "[%.4f, %.4f, ...]", p[0], p[1]);
    }

    /** Whether runs begin as their seed says. */
    static void seeds(Arm arm, Map<String, Object> wished, Findings findings) {
        var first = beginning(arm, wished);
        if (!Vectors.near(first, beginning(arm, wished), 0)) {
            findings.add(Deviation.START_NOT_SEEDED, "two runs of one seed begin with other numbers.");
        }
    }

    private static double[] beginning(Arm arm, Map<String, Object> wished) {
        try (var play = new Play(arm, wished, 1)) {
            return play.open(1).stream()
                    .map(Parameter::value)
                    .map(Vectors::of)
                    .flatMapToDouble(Arrays::stream)
                    .toArray();
        }
    }
}
