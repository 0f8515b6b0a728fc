package karuta.engine.loop;

import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import karuta.api.Parameter;
import karuta.api.TrainingStep;
import karuta.engine.features.Hash;
import karuta.study.record.TraceRow;

/**
 * Makes the trace of a run: what two runs must have in common to be the same, at every step. All of it is there already, or
 * is a hash of some kilobytes; only what is trained is hashed whole, once per phase. The row of a stage's
 * end is added by whoever keeps the stage.
 *
 * @param listener gets the rows
 * @param rehearsal whether nobody asks for them
 */
record StepTrace(RunListener listener, boolean rehearsal) {

    /** A step is about to be taken: with the first one of a phase, what it begins with is kept. */
    void begin(TrainingStep step, List<Parameter> parameters) {
        if (step.step() == 0 && !rehearsal) {
            var numbers = parameters.stream()
                    .mapToLong(parameter -> parameter.value().size())
                    .sum();
            listener.traced(
                    new TraceRow.Begin(step.stage().number(), step.phase().name(), StateHash.of(parameters), numbers));
        }
    }

    /**
     * A step's gradient is known.
     *
     * @param losses by term, each a float of PyTorch
     * @param gradient its norm, before it was clipped
     */
    void step(TrainingStep step, List<TaskSample> batch, Map<String, Double> losses, double gradient, double rate) {
        if (!rehearsal) {
            var floats = new HashMap<String, Float>();
            losses.forEach((name, value) -> floats.put(name, value.floatValue()));
            listener.traced(new TraceRow.Step(
                    step.stage().number(), step.phase().name(), step.step(), ids(batch), floats, gradient, rate));
        }
    }

    private static String ids(List<TaskSample> batch) {
        var texts = batch.stream()
                .flatMap(each -> Stream.of(each.task().orElse(""), each.sample().id()))
                .toArray(String[]::new);
        return HexFormat.of().toHexDigits(Hash.of(texts).bits());
    }
}
