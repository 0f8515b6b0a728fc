package karuta.engine.run;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import karuta.api.Query;
import karuta.engine.catalog.Strategies;
import karuta.engine.features.FrozenModels;
import karuta.engine.plan.StudyPlan;
import karuta.tensor.Autograd;
import karuta.tensor.Scope;
import karuta.tensor.TorchEngine;

/** The backbone and the encoder of a study without an arm, to see what the encoder makes of queries. One thread at a time. */
public final class Encoding implements AutoCloseable {

    private final Closer closer;
    private final FrozenModels frozen;

    private Encoding(Closer closer, FrozenModels frozen) {
        this.closer = closer;
        this.frozen = frozen;
    }

    /**
     * Loads both.
     *
     * @param cache folder where features are kept
     * @throws karuta.api.KarutaException if they cannot be loaded
     */
    public static Encoding open(Strategies strategies, StudyPlan plan, Path cache) {
        TorchEngine.start();
        var closer = new Closer();
        return closer.fill(() -> new Encoding(
                closer, StudyResources.frozen(strategies, plan.shared().orElseThrow(), closer, cache)));
    }

    /** Says which weights answer; see {@code Backbone}. */
    public String backbone() {
        return frozen.backbone().spec().fingerprint();
    }

    /** Says which weights choose. */
    public String encoder() {
        return frozen.encoder().fingerprint();
    }

    /** The guidance features of a query by name, not normalised; those of a modality that it has not are missing. */
    public Map<String, float[]> features(Query query) {
        try (var scope = Scope.open()) {
            return Autograd.noGrad(() -> {
                var features = new TreeMap<String, float[]>();
                frozen.guidance(query)
                        .features()
                        .forEach((name, feature) -> features.put(name, feature.toFloatArray()));
                return features;
            });
        }
    }

    @Override
    public void close() {
        closer.close();
    }
}
