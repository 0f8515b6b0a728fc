package karuta.check;

import ai.djl.ndarray.NDArray;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import karuta.api.State;
import karuta.check.Outcome.Fails;
import karuta.kit.ToyTasks;
import karuta.tensor.Autograd;
import karuta.tensor.Scope;

/**
 * A fresh ensemble that takes up what another one saved answers and learns as that one does, bit for bit; and it keeps no array
 * of the state that it was given.
 *
 * @param ensemble who learns
 * @param ground where
 * @param analysis whether samples come with their true tasks
 */
record Resuming(Ensemble ensemble, Ground ground, boolean analysis) {

    private static final String REMEDY =
            "Save in save() all that the next step or answer depends on, and take it up in load().";

    Outcome outcome() {
        for (var learned = 1; learned <= 2; learned++) {
            try (var old = open();
                    var fresh = open()) {
                old.learn(learned);
                load(old, fresh);
                var outcome = same(old, fresh, learned);
                if (outcome instanceof Fails) {
                    return outcome;
                }
            }
        }
        return Outcome.holds();
    }

    private Trial open() {
        return new Trial(ensemble, ground, analysis, List.of());
    }

    /** What is loaded lives only during the call, as in the engine. */
    private static void load(Trial old, Trial fresh) {
        Autograd.noGrad(() -> {
            try (var scope = Scope.open()) {
                old.save().forEach((name, state) -> {
                    var copies = new HashMap<String, NDArray>();
                    state.tensors().forEach((key, tensor) -> copies.put(key, tensor.duplicate()));
                    fresh.members().get(name).load(new State(copies, state.metadata()));
                });
                return old;
            }
        });
    }

    private static Outcome same(Trial old, Trial fresh, int learned) {
        var stage = learned + 1;
        var where = "after stage " + learned;
        if (!old.learner().footprint().equals(fresh.learner().footprint())) {
            return new Fails(
                    "The footprint is " + fresh.learner().footprint() + " instead of "
                            + old.learner().footprint() + ".",
                    where,
                    REMEDY);
        }
        var answers = differing(old, fresh);
        if (answers) {
            return new Fails("It answers otherwise than before it was saved.", where, REMEDY);
        }
        var expected = learn(old, stage);
        var terms = learn(fresh, stage);
        if (!expected.equals(terms)) {
            return new Fails(
                    "The losses of the next stage are " + terms + " instead of " + expected + ".", where, REMEDY);
        }
        if (!old.kept().equals(fresh.kept())) {
            return new Fails("The numbers after the next stage are others.", where, REMEDY);
        }
        return differing(old, fresh)
                ? new Fails("After the next stage it answers otherwise.", where, REMEDY)
                : Outcome.holds();
    }

    private static Map<String, Double> learn(Trial trial, int stage) {
        return trial.learn(stage, ToyTasks.name(stage), Exercises.of(stage, Exercises.EACH));
    }

    private static boolean differing(Trial old, Trial fresh) {
        return !old.ask(Exercises.mixed()).equals(fresh.ask(Exercises.mixed()));
    }
}
