package karuta.method.keeplora;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import karuta.api.BackboneSpec.Linear;
import karuta.api.KarutaException;
import karuta.api.State;
import karuta.api.StrategyContext;
import karuta.method.keeplora.Site.Factors;
import karuta.method.keeplora.Site.Open;
import karuta.tensor.KeptState;
import karuta.tensor.SavedNames;

/** Reads the layers of a kept state; see {@link Site#tensors}. */
final class KeptSites {

    private final StrategyContext context;
    private final KeptState state;
    private final Map<String, NDArray> left;

    /** A state of this learner. */
    static KeptState named(State state) {
        return new KeptState(
                state,
                "the learner \"keeplora\"",
                "Go on with the rank, alpha, targets and backbone that it was made with.");
    }

    private KeptSites(State state, StrategyContext context) {
        this.context = context;
        this.state = named(state);
        left = new HashMap<>(state.tensors());
    }

    /** @throws KarutaException if it is not the state of these layers */
    static List<Site> read(State state, List<Linear> linears, StrategyContext context) {
        var reader = new KeptSites(state, context);
        var sites = new ArrayList<Site>();
        linears.forEach(linear -> sites.add(reader.site(linear)));
        if (!reader.left.isEmpty()) {
            throw reader.state.unfit("holds more than this run's targets: " + reader.left.keySet());
        }
        return sites;
    }

    private Site site(Linear linear) {
        var name = linear.name();
        var m = find(name + ".M", -1, linear.in()).orElseThrow(() -> state.unfit("has no " + name + ".M"));
        var open = factors(linear, ".open")
                .map(factors -> new Open(factors.a(), factors.b(), find(name + ".open.start", linear.out(), -1)));
        return new Site(linear, new Subspace(m), factors(linear, ""), open);
    }

    private Optional<Factors> factors(Linear linear, String which) {
        var prefix = linear.name() + which;
        var a = find(prefix + SavedNames.LORA_A, -1, linear.in());
        return a.map(found -> new Factors(
                found,
                find(prefix + SavedNames.LORA_B, linear.out(), found.getShape().get(0))
                        .orElseThrow(() -> state.unfit("has no " + prefix + SavedNames.LORA_B))));
    }

    /** @param rows as columns: -1 for any number */
    private Optional<NDArray> find(String name, long rows, long columns) {
        return Optional.ofNullable(left.remove(name)).map(tensor -> {
            var shape = tensor.getShape();
            var fits = shape.dimension() == 2
                    && (rows < 0 || shape.get(0) == rows)
                    && (columns < 0 || shape.get(1) == columns);
            if (!fits) {
                throw state.unfit(
                        "has " + name + " of shape " + shape + ", but this run needs " + new Shape(rows, columns));
            }
            return context.keep(tensor);
        });
    }
}
