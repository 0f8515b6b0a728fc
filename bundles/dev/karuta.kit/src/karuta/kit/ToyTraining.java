package karuta.kit;

import ai.djl.ndarray.NDArray;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import karuta.api.Answer;
import karuta.api.Batch;
import karuta.api.Learner;
import karuta.api.Parameter;
import karuta.api.Sample;
import karuta.api.Stage;
import karuta.api.StrategyContext;
import karuta.api.TrainingStep;
import karuta.tensor.AdamW;
import karuta.tensor.Autograd;
import karuta.tensor.Scope;

/**
 * Trains a learner as the engine does, one stage after the other, small enough for a test.
 *
 * @param learner started in the setting
 * @param context the run
 */
public record ToyTraining(Learner learner, StrategyContext context) {

    private static final int BATCH = 4;

    /** Opens, trains and closes a stage of one toy task. */
    public Map<String, Double> stage(int number, String task, List<Sample> samples, int steps, double rate) {
        var stage = new Stage(number, List.of(task));
        open(stage);
        var losses = train(stage, samples, steps, rate);
        close(stage, samples);
        return losses;
    }

    /** Opens a stage, with what it trains ready for gradients. */
    public List<Parameter> open(Stage stage) {
        learner.beginStage(stage);
        var parameters = learner.trainable();
        parameters.forEach(parameter -> parameter.value().setRequiresGradient(true));
        return parameters;
    }

    /** Closes a stage. */
    public void close(Stage stage, List<Sample> samples) {
        learner.trainable().forEach(parameter -> parameter.value().setRequiresGradient(false));
        try (var scope = Scope.open()) {
            learner.endStage(stage, new ToyStageData(context, samples));
        }
    }

    /**
     * Trains the open stage.
     *
     * @return the loss terms of the last step
     */
    public Map<String, Double> train(Stage stage, List<Sample> samples, int steps, double rate) {
        var parameters = learner.trainable();
        var values = parameters.stream().map(Parameter::value).toList();
        var rates = parameters.stream().map(Parameter::rate).toList();
        var last = new LinkedHashMap<String, Double>();
        try (var optimiser = new AdamW(values, rates, AdamW.Config.DEFAULT)) {
            for (var number = 0; number < steps; number++) {
                try (var scope = Scope.open()) {
                    var step = step(stage, number, steps);
                    var terms = Autograd.withGrad(() -> {
                        var computed = learner.loss(draw(samples, step), step);
                        Autograd.backward(sum(computed));
                        return computed;
                    });
                    terms.forEach((name, term) -> last.put(name, (double) term.getFloat()));
                    optimiser.step(rate);
                    Autograd.zero(values);
                }
            }
        }
        return last;
    }

    /** The first step of a stage. */
    public TrainingStep step(Stage stage) {
        return step(stage, 0, 1);
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
                    () -> sum(learner.loss(batch(samples), step(stage))),
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
                return learner.answer(batch(samples).inputs());
            }
        });
    }

    private TrainingStep step(Stage stage, int step, int steps) {
        return new TrainingStep(
                stage,
                step,
                steps,
                context.random("lesson").fork(stage.number()).fork(step));
    }

    private Batch draw(List<Sample> samples, TrainingStep step) {
        var order = step.random().fork("batch").permutation(samples.size());
        return batch(IntStream.of(order).limit(BATCH).mapToObj(samples::get).toList());
    }

    private static NDArray sum(Map<String, NDArray> terms) {
        return terms.values().stream().reduce(NDArray::add).orElseThrow();
    }
}
