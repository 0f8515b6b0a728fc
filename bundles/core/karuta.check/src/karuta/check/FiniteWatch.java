package karuta.check;

import ai.djl.ndarray.NDArray;
import java.util.Map;
import java.util.Optional;
import karuta.api.Forward;
import karuta.api.Stage;
import karuta.api.TrainingStep;
import karuta.check.Outcome.Fails;

/** No loss term, and no number that is kept, is infinite or none at all. */
final class FiniteWatch implements Watch {

    private Optional<Fails> found = Optional.empty();

    @Override
    public void scored(Trial trial, Forward forward, TrainingStep step, Map<String, NDArray> terms) {
        terms.forEach((name, term) -> check(
                "loss term \"" + name + "\"", term, "stage " + step.stage().number() + ", step " + step.step()));
    }

    @Override
    public void ended(Trial trial, Stage stage) {
        trial.save()
                .forEach((member, state) -> state.tensors()
                        .forEach((name, tensor) -> check(
                                "tensor \"" + name + "\" that the " + member + " keeps",
                                tensor,
                                "after stage " + stage.number())));
    }

    private void check(String what, NDArray array, String where) {
        if (array.getDataType().isFloating() && array.size() > 0 && !finite(array)) {
            found = found.or(() -> Optional.of(new Fails(
                    "The " + what + " is not finite.",
                    where,
                    "Look for a division by zero, a root or a logarithm of 0, and what became of a feature that is"
                            + " all zero.")));
        }
    }

    private static boolean finite(NDArray array) {
        for (var number : array.toFloatArray()) {
            if (!Float.isFinite(number)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public Outcome verdict() {
        return Outcome.of(found);
    }
}
