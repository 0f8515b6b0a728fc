package karuta.check;

import java.util.Optional;
import java.util.function.Function;
import karuta.api.Backbone;
import karuta.api.GuidanceEncoder;
import karuta.api.Query;
import karuta.kit.ToyContext;

/** The frozen models that strategies are checked on. */
@FunctionalInterface
public interface Ground {

    /** Layers of the toy backbone: what the published methods that act at some layers ask for. */
    int LAYERS = 5;

    /**
     * A run that owns nothing yet.
     *
     * @param truth the task of a query, for strategies that are for analysis only
     */
    ToyContext open(Function<Query, Optional<String>> truth);

    /** Toys, which compute sample by sample: what comes out for a sample is the same to the last bit in any company. */
    static Ground toys() {
        return truth -> new ToyContext(1, LAYERS, truth);
    }

    /** Models that somebody else closes. */
    static Ground of(Backbone backbone, GuidanceEncoder encoder) {
        return truth -> new ToyContext(1, backbone, encoder, truth);
    }
}
