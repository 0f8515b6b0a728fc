package karuta.check;

import ai.djl.ndarray.NDArray;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import karuta.api.Forward;
import karuta.api.Learner;
import karuta.api.TrainingStep;
import karuta.check.Outcome.Fails;

/**
 * Loss terms have names of their own: parts of one learner give no two of one name and none that is called {@code lm}, and a
 * wrapper leaves those of the learner below as they are in the first stage, in which nothing has been learned that it could
 * weigh them by.
 */
final class TermNames implements Watch {

    private Optional<Fails> found = Optional.empty();

    @Override
    public void scored(Trial trial, Forward forward, TrainingStep step, Map<String, NDArray> terms) {
        if (step.step() > 0) {
            return;
        }
        var owners = new HashMap<>(Map.of("lm", "learner"));
        trial.members().forEach((name, member) -> {
            if (member instanceof Learner) {
                return;
            }
            member.losses(forward, step).keySet().forEach(term -> {
                Optional.ofNullable(owners.put(term, name))
                        .ifPresent(other -> fail(
                                "The loss term \"" + term + "\" of the " + name + " overwrites that of the " + other
                                        + ": one of the two is never learned.",
                                name,
                                "Name a term after the strategy that gives it."));
                if (!terms.containsKey(term)) {
                    fail("The loss term \"" + term + "\" of the " + name + " gets lost.", name, "Pass on all terms.");
                }
            });
        });
        if (step.stage().number() == 1 && trial.members().get("over") instanceof Learner below) {
            below.losses(forward, step).forEach((term, value) -> {
                if (!terms.containsKey(term)) {
                    fail("The loss term \"" + term + "\" of the learner below gets lost.", term, "Pass on all terms.");
                } else if (terms.get(term).getFloat() != value.getFloat()) {
                    fail(
                            "The loss term \"" + term + "\" of the learner below is overwritten: "
                                    + terms.get(term).getFloat() + " instead of " + value.getFloat() + ".",
                            term,
                            "Put your own term under a name of its own.");
                }
            });
        }
    }

    private void fail(String what, String where, String remedy) {
        found = found.or(() -> Optional.of(new Fails(what, where, remedy)));
    }

    @Override
    public Outcome verdict() {
        return Outcome.of(found);
    }
}
