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
import karuta.model.Training;
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
 * @param eyes what it may see
 * @param training complete settings
 * @param seed of the run
 * @param watch is told
 */
record StageTrainer(Learner learner, InputEncoder eyes, Training training, long seed, RunListener watch) {

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
            var parameters = Autograd.frozen(() -> {
                learner.open(stage);
                return learner.trainable();
            });
            parameters.forEach(parameter -> parameter.value().setRequiresGradient(true));
            return parameters;
        }
    }

    private void close(Stage stage, List<Parameter> parameters, List<TaskSample> examples) {
        parameters.forEach(parameter -> parameter.value().setRequiresGradient(false));
        try (var scope = Scope.open()) {
            Autograd.frozen(() -> {
                learner.close(stage, new StageExamples(examples, eyes));
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
        var deck = new BatchSampler(
                examples, training.getBatch(), RandomStream.of(seed, "order").at(stage.number()));
        var samples = 0L;
        try (var optimiser = new AdamW(values, rates, config)) {
            for (var step = 0; step < steps; step++) {
                watch.proceed();
                var moment = new TrainingStep(
                        stage,
                        step,
                        steps,
                        RandomStream.of(seed, "step").at(stage.number()).at(step));
                var dealt = deck.deal(step);
                var losses = step(
                        moment, dealt, values, () -> optimiser.step(training.getRate() * schedule.rate(moment.step())));
                samples += dealt.size();
                meter.add(step, losses);
                if (step % Math.max(1, steps / 10) == 0 || step == steps - 1) {
                    log.info("stage {}, step {} of {}: {}", stage.number(), step + 1, steps, losses);
                }
                watch.trained(stage.number(), step, steps, losses);
            }
        }
        return samples;
    }

    private Map<String, Double> step(
            TrainingStep moment, List<TaskSample> examples, List<NDArray> values, Runnable update) {
        try (var scope = Scope.open()) {
            var terms = Autograd.recorded(() -> {
                // by name, so that equal runs look alike whatever map a learner uses
                var computed = new TreeMap<>(learner.loss(eyes.batch(examples), moment));
                Autograd.backward(
                        computed.values().stream().reduce(NDArray::add).orElseThrow());
                return computed;
            });
            var losses = new LinkedHashMap<String, Double>();
            terms.forEach(
                    (name, term) -> losses.put(name, finite(moment, "loss term \"" + name + "\"", term.getFloat())));
            var gradients = values.stream()
                    .flatMap(value -> Autograd.find(value).stream())
                    .toList();
            var limit = training.getClip() > 0 ? training.getClip() : Double.POSITIVE_INFINITY;
            finite(moment, "gradient's norm", GradientClipping.norm(gradients, limit));
            update.run();
            Autograd.zero(values);
            return losses;
        }
    }

    private static double finite(TrainingStep moment, String what, double value) {
        if (!Double.isFinite(value)) {
            throw new KarutaException(
                    "the " + what + " is " + value + " in stage "
                            + moment.stage().number() + " " + moment.stage().tasks() + ", step " + (moment.step() + 1)
                            + " of " + moment.steps(),
                    "try a lower rate, a longer warmup or a smaller clip in the study's training section");
        }
        return value;
    }
}
