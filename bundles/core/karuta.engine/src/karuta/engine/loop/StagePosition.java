package karuta.engine.loop;

import ai.djl.ndarray.NDArray;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import karuta.api.KarutaException;
import karuta.api.State;
import karuta.tensor.AdamW;
import karuta.tensor.Autograd;
import karuta.tensor.Ops;

/**
 * Where a run stands in the training of a stage. As random numbers and batches are functions of the step, this and the values
 * of what is trained, the optimiser's state and what strategies change in steps decide over all the rest of the stage.
 *
 * @param stage its number
 * @param phase from 0
 * @param step the next one of the phase, from 0
 * @param done steps of the stage
 * @param samples that went through training
 * @param seconds of training
 * @param losses what the {@link LossMeter} has added up
 */
record StagePosition(int stage, int phase, int step, int done, long samples, double seconds, String losses) {

    private static final String OPTIMISER = "optimiser.";

    /**
     * With what belongs to it.
     *
     * @param ended values at the end of earlier phases, by {@link #name}
     * @param values of the phase, in the order of its parameters
     */
    State with(Map<String, NDArray> ended, List<NDArray> values, AdamW optimiser) {
        var tensors = new HashMap<>(ended);
        tensors.putAll(named(phase, values));
        optimiser.state().forEach((name, array) -> tensors.put(OPTIMISER + name, array));
        return new State(
                tensors,
                Map.of(
                        "stage", String.valueOf(stage),
                        "phase", String.valueOf(phase),
                        "step", String.valueOf(step),
                        "done", String.valueOf(done),
                        "samples", String.valueOf(samples),
                        "seconds", String.valueOf(seconds),
                        "losses", losses));
    }

    static StagePosition of(State state) {
        var notes = state.metadata();
        return new StagePosition(
                Integer.parseInt(notes.get("stage")),
                Integer.parseInt(notes.get("phase")),
                Integer.parseInt(notes.get("step")),
                Integer.parseInt(notes.get("done")),
                Long.parseLong(notes.get("samples")),
                Double.parseDouble(notes.get("seconds")),
                notes.get("losses"));
    }

    /** The values of a phase, by the names that they are kept by. */
    static Map<String, NDArray> named(int phase, List<NDArray> values) {
        return IntStream.range(0, values.size()).boxed().collect(Collectors.toMap(i -> name(phase, i), values::get));
    }

    private static String name(int phase, int value) {
        return "phase." + phase + ".value." + value;
    }

    /**
     * Writes the values of a phase into its parameters.
     *
     * @throws KarutaException if they are of other parameters
     */
    static void restore(State state, int phase, List<NDArray> values) {
        for (var i = 0; i < values.size(); i++) {
            NDArray value = values.get(i);
            var kept = state.tensors().get(name(phase, i));
            if (kept == null || !kept.getShape().equals(value.getShape())) {
                throw unfit(
                        "has no numbers of shape " + value.getShape() + " for parameter " + i + " of phase " + phase);
            }
            Autograd.noGrad(() -> {
                Ops.write(value, kept);
                return value;
            });
        }
        if (state.tensors().containsKey(name(phase, values.size()))) {
            throw unfit("has more than the " + values.size() + " parameters of phase " + phase);
        }
    }

    /**
     * Lets a fresh optimiser go on.
     *
     * @throws KarutaException if it was one of other parameters
     */
    static void restore(State state, AdamW optimiser) {
        var kept = new HashMap<String, NDArray>();
        state.tensors().forEach((name, array) -> {
            if (name.startsWith(OPTIMISER)) {
                kept.put(name.substring(OPTIMISER.length()), array);
            }
        });
        try {
            optimiser.load(kept);
        } catch (IllegalArgumentException other) {
            throw unfit("has another optimiser: " + other.getMessage());
        }
    }

    private static KarutaException unfit(String what) {
        return new KarutaException(
                "What was kept within the stage does not fit what it trains: it " + what + ".",
                "Remove progress-*.safetensors from the run's folder; the run then begins the stage again.");
    }
}
