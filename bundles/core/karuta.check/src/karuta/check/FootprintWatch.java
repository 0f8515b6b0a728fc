package karuta.check;

import ai.djl.ndarray.NDArray;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import karuta.api.Parameter;
import karuta.api.Stage;
import karuta.check.Outcome.Fails;

/** What is said to be trained and stored is what is declared and saved. */
final class FootprintWatch implements Watch {

    private Optional<Fails> found = Optional.empty();
    private final Set<NDArray> declared = Collections.newSetFromMap(new IdentityHashMap<>());

    @Override
    public void begun(Trial trial, Stage stage) {
        declared.clear();
    }

    @Override
    public void declared(List<Parameter> parameters) {
        parameters.forEach(parameter -> declared.add(parameter.value()));
    }

    @Override
    public void ended(Trial trial, Stage stage) {
        var footprint = trial.learner().footprint();
        var trained = declared.stream().mapToLong(NDArray::size).sum();
        if (footprint.trained() != trained) {
            fail(
                    "It says that " + footprint.trained() + " numbers were trained, but " + trained + " were declared.",
                    stage,
                    "Count in footprint() what the stage trained, of all phases, every array once.");
        }
        var saved = trial.save().values().stream()
                .flatMap(state -> state.tensors().values().stream())
                .mapToLong(NDArray::size)
                .sum();
        if (footprint.samples() > 0 ? footprint.stored() > saved : footprint.stored() != saved) {
            fail(
                    "It says that " + footprint.stored() + " numbers are stored, but " + saved + " are saved.",
                    stage,
                    "Count in footprint() all that later stages or answers need, and save nothing else.");
        }
    }

    private void fail(String what, Stage stage, String remedy) {
        found = found.or(() -> Optional.of(new Fails(what, "after stage " + stage.number(), remedy)));
    }

    @Override
    public Outcome verdict() {
        return Outcome.of(found);
    }
}
