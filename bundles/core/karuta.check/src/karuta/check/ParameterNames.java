package karuta.check;

import ai.djl.ndarray.NDArray;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import karuta.api.Parameter;
import karuta.check.Outcome.Fails;

/** Parameters that are trained at once have names of their own, and no array is trained twice. */
final class ParameterNames implements Watch {

    private Optional<Fails> found = Optional.empty();
    private int most;

    @Override
    public void declared(List<Parameter> parameters) {
        most = Math.max(most, parameters.size());
        var names = new HashSet<String>();
        var arrays = Collections.<NDArray>newSetFromMap(new IdentityHashMap<>());
        for (var parameter : parameters) {
            if (!names.add(parameter.name())) {
                fail(
                        "Two parameters have the name \"" + parameter.name() + "\".",
                        parameter.name(),
                        "Begin the name with that of the part, and make it unique in trainable().");
            }
            if (!arrays.add(parameter.value())) {
                fail(
                        "The parameter \"" + parameter.name() + "\" is an array that another one is, too.",
                        parameter.name(),
                        "Declare every array once: the optimiser would move it twice.");
            }
        }
    }

    private void fail(String what, String where, String remedy) {
        found = found.or(() -> Optional.of(new Fails(what, where, remedy)));
    }

    @Override
    public Outcome verdict() {
        return most == 0 ? new Outcome.NotApplicable("it trains nothing") : Outcome.of(found);
    }
}
