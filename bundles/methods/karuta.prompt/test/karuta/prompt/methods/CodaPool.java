package karuta.prompt.methods;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import karuta.api.Card;
import karuta.api.Footprint;
import karuta.api.Guidance;
import karuta.api.Insert.Prefix;
import karuta.api.Parameter;
import karuta.api.PromptPool;
import karuta.api.Stage;
import karuta.api.StageData;
import karuta.tensor.Ops;

/**
 * Smith et al.: CODA-Prompt, CVPR 2023. Every stage adds components; a component is a prefix, a key and an attention
 * vector, the rows 0 and 1 of the card's keys. All components count, by weight; only the new ones are trained.
 */
final class CodaPool extends Started implements PromptPool {

    private static final int PER_STAGE = 2;
    private static final int LENGTH = 2;

    private record Component(String id, boolean open, NDArray keys, NDArray prefixKeys, NDArray prefixValues) {

        Card card() {
            return new Card(
                    id, Optional.empty(), open, Optional.of(keys), List.of(new Prefix(0, prefixKeys, prefixValues)));
        }

        List<Parameter> parameters() {
            return List.of(
                    new Parameter(id + ".keys", keys),
                    new Parameter(id + ".prefix.keys", prefixKeys),
                    new Parameter(id + ".prefix.values", prefixValues));
        }
    }

    private final List<Component> components = new ArrayList<>();

    @Override
    public void beginStage(Stage stage) {
        for (var i = 0; i < PER_STAGE; i++) {
            var draws = context().random("coda").fork(stage.number()).fork(i);
            var size = context().backbone().spec().keyValueSize();
            components.add(new Component(
                    stage.number() + "." + i,
                    true,
                    normals(draws.fork("keys"), 1, 2, features()),
                    normals(draws.fork("prefix keys"), 1, LENGTH, size),
                    normals(draws.fork("prefix values"), 1, LENGTH, size)));
        }
    }

    @Override
    public List<Card> cards() {
        return components.stream().map(Component::card).toList();
    }

    @Override
    public List<Parameter> trainable() {
        return components.stream()
                .filter(Component::open)
                .flatMap(component -> component.parameters().stream())
                .toList();
    }

    /** Keys as orthogonal as can be, old ones included. */
    @Override
    public Map<String, NDArray> losses(List<Guidance> batch) {
        var rows = new NDList(
                components.stream().map(component -> component.keys().get(0)).toList());
        NDArray keys = NDArrays.stack(rows);
        NDArray off = keys.matMul(keys.transpose()).sub(context().manager().eye(rows.size()));
        return Map.of("orthogonality", Ops.scale(off.square().mean(), 0.1));
    }

    @Override
    public void endStage(Stage stage, StageData data) {
        components.replaceAll(c -> new Component(
                c.id(),
                false,
                context().keep(c.keys()),
                context().keep(c.prefixKeys()),
                context().keep(c.prefixValues())));
    }

    @Override
    public Footprint footprint() {
        return Footprint.NONE;
    }
}
