package karuta.engine.loop;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import karuta.api.Forward;
import karuta.api.Gradient;
import karuta.api.KarutaException;
import karuta.api.Learner;
import karuta.api.Parameter;
import karuta.api.Phase;
import karuta.api.RandomStream;
import karuta.api.Stage;
import karuta.api.State;
import karuta.api.TrainingStep;
import karuta.tensor.AdamW;
import karuta.tensor.Autograd;
import karuta.tensor.CosineSchedule;
import karuta.tensor.GradientClipping;
import karuta.tensor.ParameterGradients;
import karuta.tensor.Scope;
import karuta.tensor.TorchEngine;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Trains the stages of a run: AdamW, a cosine schedule with warm-up, gradients clipped by their norm. */
final class StageTrainer {

    private static final Logger log = LoggerFactory.getLogger(StageTrainer.class);

    private final Learner learner;
    private final InputEncoder inputs;
    private final ContinualLoop.Plan plan;
    private final HeldOut heldOut;
    private final StepTrace trace;
    private final RunListener listener;
    private final Bookmark bookmark;

    /**
     * @param learner who learns
     * @param inputs what it may see
     * @param plan how
     * @param listener is told
     * @param bookmark keeps where the stage stands
     */
    StageTrainer(
            Learner learner, InputEncoder inputs, ContinualLoop.Plan plan, RunListener listener, Bookmark bookmark) {
        this.learner = learner;
        this.inputs = inputs;
        this.plan = plan;
        this.heldOut = new HeldOut(learner, inputs, plan, listener);
        this.trace = new StepTrace(listener, plan.rehearsal());
        this.listener = listener;
        this.bookmark = bookmark;
    }

    /** Begins, trains and ends a stage; of one in which the run ended before, it trains what is left. */
    StageResult learn(Stage stage, List<TaskSample> examples) {
        begin(stage, examples);
        var phases = learner.phases(stage).stream()
                .map(phase -> new TimedPhase(phase, data(phase, examples), plan))
                .toList();
        try (var course = new Course(stage, phases)) {
            course.train();
            end(stage, examples);
            return new StageResult(
                    stage, course.done, course.samples, course.seconds(), course.meter.means(), learner.footprint());
        }
    }

    private static List<TaskSample> data(Phase phase, List<TaskSample> examples) {
        return phase.data().isEmpty()
                ? examples
                : phase.data().stream().map(TaskSample::new).toList();
    }

    private void begin(Stage stage, List<TaskSample> examples) {
        try (var scope = Scope.open()) {
            Autograd.noGrad(() -> {
                learner.beginStage(stage, new StageExamples(examples, inputs));
                return stage;
            });
        }
    }

    private void end(Stage stage, List<TaskSample> examples) {
        try (var scope = Scope.open()) {
            Autograd.noGrad(() -> {
                learner.endStage(stage, new StageExamples(examples, inputs));
                return stage;
            });
        }
    }

    /** A stage on its way through its phases. */
    private final class Course implements AutoCloseable {

        private final long started = System.nanoTime();
        private final Stage stage;
        private final List<TimedPhase> phases;
        private final int steps;
        private final LossMeter meter;
        private final NDManager manager = TorchEngine.manager(Device.cpu());

        /** Values at the end of the phases that are done, as a later one may train others. */
        private final Map<String, NDArray> ended = new HashMap<>();

        private final Optional<StagePosition> left;
        private final double secondsBefore;
        private int done;
        private int kept;
        private long samples;

        Course(Stage stage, List<TimedPhase> phases) {
            this.stage = stage;
            this.phases = phases;
            steps = phases.stream().mapToInt(TimedPhase::steps).sum();
            meter = new LossMeter(steps);
            try (var scope = Scope.open()) {
                left = bookmark.within(stage).map(StagePosition::of);
            }
            left.ifPresent(position -> {
                done = position.done();
                kept = done;
                samples = position.samples();
                meter.restore(position.losses());
                log.info("stage {} goes on after step {} of {}", stage.number(), done, steps);
            });
            secondsBefore = left.map(StagePosition::seconds).orElse(0.0);
        }

        double seconds() {
            return secondsBefore + (System.nanoTime() - started) / 1e9;
        }

        void train() {
            for (var i = 0; i < phases.size(); i++) {
                var parameters = begin(phases.get(i).phase());
                if (!parameters.isEmpty()) {
                    train(i, parameters);
                }
            }
        }

        private void train(int index, List<Parameter> parameters) {
            var values = parameters.stream().map(Parameter::value).toList();
            if (left.filter(position -> position.phase() > index).isPresent()) {
                restore(state -> StagePosition.restore(state, index, values));
            } else {
                train(index, phases.get(index), parameters, values);
            }
            values.forEach(value -> value.setRequiresGradient(false));
            if (index < phases.size() - 1) {
                StagePosition.named(index, values)
                        .forEach((name, value) -> ended.put(name, Scope.keep(value, manager)));
            }
        }

        private void restore(Consumer<State> what) {
            try (var scope = Scope.open()) {
                what.accept(bookmark.within(stage).orElseThrow());
            }
        }

        private void train(int index, TimedPhase phase, List<Parameter> parameters, List<NDArray> values) {
            if (phase.examples().isEmpty()) {
                throw new KarutaException(
                        "Stage " + stage.number() + " has nothing to learn from: " + stage.tasks()
                                + " has no training examples.",
                        "Give the task training examples.");
            }
            var training = plan.training();
            var config = new AdamW.Config(
                    training.getBeta1(), training.getBeta2(), AdamW.Config.DEFAULT.eps(), training.getDecay());
            var schedule = new CosineSchedule(phase.steps(), training.getWarmup());
            var sampler = new BatchSampler(phase.examples(), training.getBatch(), random("order", phase.phase()));
            var rates = parameters.stream().map(Parameter::rate).toList();
            try (var optimiser = new AdamW(values, rates, config);
                    var best = new BestValues(plan.stopping(), values)) {
                for (var number = first(index, values, optimiser); number < phase.steps(); number++) {
                    proceed(index, number, values, optimiser);
                    var step = new TrainingStep(
                            stage,
                            phase.phase(),
                            sampler.epoch(number),
                            number,
                            phase.steps(),
                            random("step", phase.phase()).fork(number));
                    trace.begin(step, parameters);
                    var batch = sampler.batch(number);
                    var rate = training.getRate() * phase.phase().rate() * schedule.rate(number);
                    take(batch.size(), step(step, batch, parameters, optimiser, rate));
                    if (plan.stopping().isDue(number + 1, phase.steps()) && best.ends(heldOutLoss(step))) {
                        break;
                    }
                    if (done < steps && bookmark.isDue(done)) {
                        keep(index, number + 1, values, optimiser);
                    }
                }
                best.restore();
            }
        }

        private double heldOutLoss(TrainingStep step) {
            var loss = heldOut.loss(step);
            log.info("stage {} after step {}: the loss of held-out samples is {}", stage.number(), done, loss);
            listener.looked(stage.number(), done, loss);
            return loss;
        }

        /** The step that a phase begins or goes on with, once everything is as it was then. */
        private int first(int index, List<NDArray> values, AdamW optimiser) {
            var position = left.filter(here -> here.phase() == index);
            position.ifPresent(here -> restore(state -> {
                StagePosition.restore(state, index, values);
                StagePosition.restore(state, optimiser);
                bookmark.restoreStrategies();
            }));
            return position.map(StagePosition::step).orElse(0);
        }

        /** Who is asked to stop keeps where he is. */
        private void proceed(int index, int number, List<NDArray> values, AdamW optimiser) {
            try {
                listener.proceed();
            } catch (RunCancelled stopped) {
                if (done > kept) {
                    keep(index, number, values, optimiser);
                }
                throw stopped;
            }
        }

        private void keep(int index, int next, List<NDArray> values, AdamW optimiser) {
            try (var scope = Scope.open()) {
                var position = new StagePosition(stage.number(), index, next, done, samples, seconds(), meter.lines());
                bookmark.keep(position.with(ended, values, optimiser));
            }
            kept = done;
        }

        @Override
        public void close() {
            manager.close();
        }

        /** The only phase of a stage draws as a stage without phases would. */
        private RandomStream random(String stream, Phase phase) {
            var random = RandomStream.of(plan.seed(), stream).fork(stage.number());
            return phase.name().isEmpty() ? random : random.fork(phase.name());
        }

        private List<Parameter> begin(Phase phase) {
            try (var scope = Scope.open()) {
                var parameters = Autograd.noGrad(() -> {
                    learner.beginPhase(phase);
                    return learner.trainable();
                });
                parameters.forEach(parameter -> parameter.value().setRequiresGradient(true));
                return parameters;
            }
        }

        private void take(int examples, Map<String, Double> losses) {
            samples += examples;
            meter.add(done, losses);
            if (done % Math.max(1, steps / 10) == 0 || done == steps - 1) {
                log.info("stage {}, step {} of {}: {}", stage.number(), done + 1, steps, losses);
            }
            listener.trained(stage.number(), done, steps, losses);
            done++;
        }
    }

    private Map<String, Double> step(
            TrainingStep step, List<TaskSample> examples, List<Parameter> parameters, AdamW optimiser, double rate) {
        try (var scope = Scope.open()) {
            var forward = Autograd.withGrad(
                    () -> Forward.of(inputs.frozen().backbone(), learner, inputs.batch(examples), step));
            // by name, so that equal runs look alike whatever map a learner uses
            var terms = Autograd.withGrad(() -> new TreeMap<>(learner.losses(forward, step)));
            var computed = ParameterGradients.of(ParameterGradients.sum(terms.values()), parameters);
            var losses = new LinkedHashMap<String, Double>();
            terms.forEach(
                    (name, term) -> losses.put(name, finite(step, "loss term \"" + name + "\"", term.getFloat())));
            var changed = Autograd.noGrad(() -> learner.gradients(computed, step));
            changed.forEach(gradient -> require(gradient, parameters));
            var gradients = ParameterGradients.inOrder(changed, parameters);
            var values = new ArrayList<NDArray>();
            gradients.forEach(gradient -> gradient.ifPresent(values::add));
            var clip = plan.training().getClip();
            var limit = clip > 0 ? clip : Double.POSITIVE_INFINITY;
            var norm = finite(step, "gradient's norm", GradientClipping.norm(values, limit));
            trace.step(step, examples, losses, norm, rate);
            optimiser.step(rate, gradients);
            Autograd.noGrad(() -> {
                learner.afterStep(forward, step);
                return step;
            });
            return losses;
        }
    }

    private static void require(Gradient gradient, List<Parameter> parameters) {
        var name = gradient.parameter().name();
        if (parameters.stream()
                .noneMatch(
                        parameter -> parameter.value() == gradient.parameter().value())) {
            throw new KarutaException(
                    "A learner gave a gradient for \"" + name + "\", which is not trained now.", "Mend the learner.");
        }
        if (!gradient.value().getShape().equals(gradient.parameter().value().getShape())) {
            throw new KarutaException(
                    "A learner gave a gradient of shape " + gradient.value().getShape() + " for \"" + name
                            + "\", which has the shape "
                            + gradient.parameter().value().getShape() + ".",
                    "Mend the learner.");
        }
    }

    private static double finite(TrainingStep step, String what, double value) {
        if (!Double.isFinite(value)) {
            throw new KarutaException(
                    "The " + what + " is " + value + " in stage " + step.stage().number() + " "
                            + step.stage().tasks() + ", step " + (step.step() + 1) + " of " + step.steps() + ".",
                    "Try a lower rate, a longer warmup or a smaller clip in the study's training section.");
        }
        return value;
    }
}
