package karuta.kit;

import ai.djl.ndarray.NDArray;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import karuta.api.Answer;
import karuta.api.Batch;
import karuta.api.Forward;
import karuta.api.Learner;
import karuta.api.Parameter;
import karuta.api.Phase;
import karuta.api.Sample;
import karuta.api.Stage;
import karuta.api.StrategyContext;
import karuta.api.TrainingStep;
import karuta.tensor.AdamW;
import karuta.tensor.Autograd;
import karuta.tensor.ParameterGradients;
import karuta.tensor.Scope;

/**
 * Trains a learner as the engine does, one stage after the other, small enough for a test.
 *
 * @param learner started in the setting
 * @param context the run
 */
public record ToyTraining(Learner learner, StrategyContext context) {

    private static final int BATCH = 4;

    /**
     * A whole stage of one toy task: all its phases, one after the other.
     *
     * @param steps of the stage, which phases may share
     * @return the loss terms of the last steps, by name; of a term that several phases have, the last phase's
     */
    public Map<String, Double> stage(int number, String task, List<Sample> samples, int steps, double rate) {
        return stage(number, task, samples, steps, rate, Break.NONE);
    }

    /**
     * A place within the first phase of a stage.
     *
     * @param first the step that the phase begins with
     * @param before the step before which something happens
     * @param what happens
     */
    record Break(int first, int before, BiConsumer<List<NDArray>, AdamW> what) {

        static final Break NONE = new Break(0, -1, (values, optimiser) -> {});
    }

    Map<String, Double> stage(int number, String task, List<Sample> samples, int steps, double rate, Break place) {
        var stage = new Stage(number, List.of(task));
        begin(stage, samples);
        var last = new LinkedHashMap<String, Double>();
        var within = place;
        for (var phase : learner.phases(stage)) {
            begin(phase);
            var examples = phase.data().isEmpty() ? samples : phase.data();
            last.putAll(train(stage, phase, examples, steps(phase, steps, examples.size()), rate, within));
            within = Break.NONE;
        }
        close(stage, samples);
        return last;
    }

    private static int steps(Phase phase, int whole, int examples) {
        if (phase.length() instanceof Phase.Length.Steps fixed) {
            return fixed.steps();
        }
        if (phase.length() instanceof Phase.Length.Epochs epochs) {
            return epochs.epochs() * ((examples + BATCH - 1) / BATCH);
        }
        return Math.max(1, (int) Math.round(((Phase.Length.Share) phase.length()).share() * whole));
    }

    /** Begins a stage and its first phase, with what that trains ready for gradients. */
    public List<Parameter> open(Stage stage, List<Sample> samples) {
        begin(stage, samples);
        return begin(learner.phases(stage).get(0));
    }

    /** Begins a stage whose start does not depend on its data. */
    public List<Parameter> open(Stage stage) {
        return open(stage, List.of());
    }

    private void begin(Stage stage, List<Sample> samples) {
        try (var scope = Scope.open()) {
            Autograd.noGrad(() -> {
                learner.beginStage(stage, new ToyStageData(context, samples));
                return stage;
            });
        }
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

    /** Ends a stage. */
    public void close(Stage stage, List<Sample> samples) {
        learner.trainable().forEach(parameter -> parameter.value().setRequiresGradient(false));
        try (var scope = Scope.open()) {
            Autograd.noGrad(() -> {
                learner.endStage(stage, new ToyStageData(context, samples));
                return stage;
            });
        }
    }

    /**
     * Trains the first phase of the open stage.
     *
     * @return the loss terms of the last step
     */
    public Map<String, Double> train(Stage stage, List<Sample> samples, int steps, double rate) {
        return train(stage, learner.phases(stage).get(0), samples, steps, rate, Break.NONE);
    }

    private Map<String, Double> train(
            Stage stage, Phase phase, List<Sample> samples, int steps, double rate, Break place) {
        var parameters = learner.trainable();
        var values = parameters.stream().map(Parameter::value).toList();
        var rates = parameters.stream().map(Parameter::rate).toList();
        var last = new LinkedHashMap<String, Double>();
        if (parameters.isEmpty()) {
            return last;
        }
        try (var optimiser = new AdamW(values, rates, AdamW.Config.DEFAULT)) {
            for (var number = place.first(); number < steps; number++) {
                if (number == place.before()) {
                    place.what().accept(values, optimiser);
                }
                try (var scope = Scope.open()) {
                    var step = step(stage, phase, number, steps, samples.size());
                    var forward = Autograd.withGrad(() -> forward(draw(samples, step), step));
                    var terms = Autograd.withGrad(() -> learner.losses(forward, step));
                    var gradients = learner.gradients(
                            ParameterGradients.of(ParameterGradients.sum(terms.values()), parameters), step);
                    terms.forEach((name, term) -> last.put(name, (double) term.getFloat()));
                    optimiser.step(rate * phase.rate(), ParameterGradients.inOrder(gradients, parameters));
                    Autograd.noGrad(() -> {
                        learner.afterStep(forward, step);
                        return step;
                    });
                }
            }
        }
        return last;
    }

    /** The loss terms of a batch, with what was recorded of them. */
    public Map<String, NDArray> losses(Batch batch, TrainingStep step) {
        return learner.losses(forward(batch, step), step);
    }

    /** A forward pass as in a training step. */
    public Forward forward(Batch batch, TrainingStep step) {
        return Forward.of(context.backbone(), learner, batch, step);
    }

    /** The first step of a stage. */
    public TrainingStep step(Stage stage) {
        return step(stage, learner.phases(stage).get(0), 0, 1, 1);
    }

    /** The samples as the learner sees them in training. */
    public Batch batch(List<Sample> samples) {
        return new ToyStageData(context, samples).batch(0, samples.size());
    }

    /**
     * The largest gradient that a batch sends into each parameter of the open stage, by its name; 0 where none arrives.
     */
    public Map<String, Double> gradients(Stage stage, List<Sample> samples) {
        var parameters = learner.trainable();
        var largest = new HashMap<String, Double>();
        try (var scope = Scope.open()) {
            var gradients = Autograd.gradients(
                    () -> ParameterGradients.sum(
                            losses(batch(samples), step(stage)).values()),
                    parameters.stream().map(Parameter::value).toList());
            for (var i = 0; i < parameters.size(); i++) {
                largest.put(parameters.get(i).name(), (double)
                        gradients.get(i).abs().max().getFloat());
            }
        }
        return largest;
    }

    /** Answers without recording gradients. */
    public List<Answer> answer(List<Sample> samples) {
        return Autograd.noGrad(() -> {
            try (var scope = Scope.open()) {
                return Answer.of(context.backbone(), learner, batch(samples).inputs());
            }
        });
    }

    private TrainingStep step(Stage stage, Phase phase, int step, int steps, int examples) {
        var random = context.random("lesson").fork(stage.number());
        var own = phase.name().isEmpty() ? random : random.fork(phase.name());
        return new TrainingStep(stage, phase, step * BATCH / examples, step, steps, own.fork(step));
    }

    private Batch draw(List<Sample> samples, TrainingStep step) {
        var order = step.random().fork("batch").permutation(samples.size());
        return batch(IntStream.of(order).limit(BATCH).mapToObj(samples::get).toList());
    }
}
