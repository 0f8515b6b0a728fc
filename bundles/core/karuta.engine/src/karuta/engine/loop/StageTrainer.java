package karuta.engine.loop;

import ai.djl.ndarray.NDArray;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import karuta.api.KarutaException;
import karuta.api.Learner;
import karuta.api.Parameter;
import karuta.api.RandomStream;
import karuta.api.Stage;
import karuta.api.TrainingStep;
import karuta.study.Training;
import karuta.tensor.AdamW;
import karuta.tensor.Autograd;
import karuta.tensor.CosineSchedule;
import karuta.tensor.GradientClipping;
import karuta.tensor.Scope;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trains the stages of a run: AdamW, a cosine schedule with warm-up, gradients clipped by their norm.
 *
 * @param learner who learns
 * @param inputs what it may see
 * @param training complete settings
 * @param seed of the run
 * @param listener is told
 */
record StageTrainer(Learner learner, InputEncoder inputs, Training training, long seed, RunListener listener) {

    private static final Logger log = LoggerFactory.getLogger(StageTrainer.class);

    /** The number of steps of a stage that trains something. */
    static int steps(Training training, int examples) {
        if (training.isSetSteps()) {
            return training.getSteps();
        }
        var steps = (long) training.getEpochs() * BatchSampler.batches(examples, training.getBatch());
        if (steps > Integer.MAX_VALUE) {
            throw new KarutaException(
                    "\"epochs\": " + training.getEpochs() + " over " + examples + " examples would be " + steps
                            + " steps",
                    "choose a smaller number");
        }
        return (int) steps;
    }

    /** Opens, trains and closes a stage. */
    StageResult learn(Stage stage, List<TaskSample> examples) {
        var started = System.nanoTime();
        var parameters = open(stage);
        var steps = parameters.isEmpty() ? 0 : steps(training, examples.size());
        if (steps > 0 && examples.isEmpty()) {
            throw new KarutaException(
                    "stage " + stage.number() + " has nothing to learn from: " + stage.tasks()
                            + " has no training examples",
                    "give the task training examples");
        }
        var meter = new LossMeter(steps);
        var samples = steps > 0 ? train(stage, parameters, examples, steps, meter) : 0;
        close(stage, parameters, examples);
        return new StageResult(
                stage, steps, samples, (System.nanoTime() - started) / 1e9, meter.means(), learner.footprint());
    }

    private List<Parameter> open(Stage stage) {
        try (var scope = Scope.open()) {
            var parameters = Autograd.noGrad(() -> {
                learner.beginStage(stage);
                return learner.trainable();
            });
            parameters.forEach(parameter -> parameter.value().setRequiresGradient(true));
            return parameters;
        }
    }

    private void close(Stage stage, List<Parameter> parameters, List<TaskSample> examples) {
        parameters.forEach(parameter -> parameter.value().setRequiresGradient(false));
        try (var scope = Scope.open()) {
            Autograd.noGrad(() -> {
                learner.endStage(stage, new StageExamples(examples, inputs));
                return stage;
            });
        }
    }

    private long train(Stage stage, List<Parameter> parameters, List<TaskSample> examples, int steps, LossMeter meter) {
        var values = parameters.stream().map(Parameter::value).toList();
        var rates = parameters.stream().map(Parameter::rate).toList();
        var config = new AdamW.Config(
                training.getBeta1(), training.getBeta2(), AdamW.Config.DEFAULT.eps(), training.getDecay());
        var schedule = new CosineSchedule(steps, training.getWarmup());
        var sampler = new BatchSampler(
                examples, training.getBatch(), RandomStream.of(seed, "order").fork(stage.number()));
        var samples = 0L;
        try (var optimiser = new AdamW(values, rates, config)) {
            for (var number = 0; number < steps; number++) {
                listener.proceed();
                var step = new TrainingStep(
                        stage,
                        number,
                        steps,
                        RandomStream.of(seed, "step").fork(stage.number()).fork(number));
                var batch = sampler.batch(number);
                var losses = step(
                        step, batch, values, () -> optimiser.step(training.getRate() * schedule.rate(step.step())));
                samples += batch.size();
                meter.add(number, losses);
                if (number % Math.max(1, steps / 10) == 0 || number == steps - 1) {
                    log.info("stage {}, step {} of {}: {}", stage.number(), number + 1, steps, losses);
                }
                listener.trained(stage.number(), number, steps, losses);
            }
        }
        return samples;
    }

    private Map<String, Double> step(
            TrainingStep step, List<TaskSample> examples, List<NDArray> values, Runnable update) {
        try (var scope = Scope.open()) {
            var terms = Autograd.withGrad(() -> {
                // by name, so that equal runs look alike whatever map a learner uses
                var computed = new TreeMap<>(learner.loss(inputs.batch(examples), step));
                Autograd.backward(
                        computed.values().stream().reduce(NDArray::add).orElseThrow());
                return computed;
            });
            var losses = new LinkedHashMap<String, Double>();
            terms.forEach(
                    (name, term) -> losses.put(name, finite(step, "loss term \"" + name + "\"", term.getFloat())));
            var gradients = values.stream()
                    .flatMap(value -> Autograd.find(value).stream())
                    .toList();
            var limit = training.getClip() > 0 ? training.getClip() : Double.POSITIVE_INFINITY;
            finite(step, "gradient's norm", GradientClipping.norm(gradients, limit));
            update.run();
            Autograd.zero(values);
            return losses;
        }
    }

    private static double finite(TrainingStep step, String what, double value) {
        if (!Double.isFinite(value)) {
            throw new KarutaException(
                    "the " + what + " is " + value + " in stage "
                            + step.stage().number() + " " + step.stage().tasks() + ", step " + (step.step() + 1)
                            + " of " + step.steps(),
                    "try a lower rate, a longer warmup or a smaller clip in the study's training section");
        }
        return value;
    }
}
