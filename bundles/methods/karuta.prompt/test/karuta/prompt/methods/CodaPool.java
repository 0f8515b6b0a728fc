package karuta.prompt.methods;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import karuta.api.Card;
import karuta.api.Forward;
import karuta.api.Guidance;
import karuta.api.Insert.Prefix;
import karuta.api.Parameter;
import karuta.api.PromptPool;
import karuta.api.Stage;
import karuta.api.StageData;
import karuta.api.TrainingStep;
import karuta.tensor.Ops;

/**
 * Smith et al.: CODA-Prompt, CVPR 2023. Every stage adds components; a component is a prefix, a key and an attention
 * vector. All components count, by weight; only the new ones are trained.
 */
final class CodaPool extends Example implements PromptPool {

    /** The name of a component's attention vector among its keys: no feature has it. */
    static final String ATTENTION = "attention";

    private static final int PER_STAGE = 2;
    private static final int LENGTH = 2;

    private final List<Card> components = new ArrayList<>();

    @Override
    public void beginStage(Stage stage, StageData data) {
        for (var i = 0; i < PER_STAGE; i++) {
            var draws = context().random("coda").fork(stage.number()).fork(i);
            var size = context().backbone().spec().keyValueSize();
            components.add(new Card(
                    stage.number() + "." + i,
                    Optional.empty(),
                    true,
                    Map.of(
                            Guidance.IMAGE,
                            normals(draws.fork("key"), 1, 1, features()),
                            ATTENTION,
                            normals(draws.fork("attention"), 1, 1, features())),
                    List.of(new Prefix(
                            0,
                            normals(draws.fork("prefix keys"), 1, LENGTH, size),
                            normals(draws.fork("prefix values"), 1, LENGTH, size)))));
        }
    }

    @Override
    public List<Card> cards() {
        return List.copyOf(components);
    }

    @Override
    public List<Parameter> trainable() {
        return components.stream()
                .filter(Card::trainable)
                .flatMap(CodaPool::parameters)
                .toList();
    }

    private static Stream<Parameter> parameters(Card card) {
        var prefix = (Prefix) card.inserts().get(0);
        return Stream.of(
                new Parameter(card.id() + ".key", card.keys().get(Guidance.IMAGE)),
                new Parameter(card.id() + ".attention", card.keys().get(ATTENTION)),
                new Parameter(card.id() + ".prefix.keys", prefix.keys()),
                new Parameter(card.id() + ".prefix.values", prefix.values()));
    }

    /** Keys as orthogonal as can be, old ones included. */
    @Override
    public Map<String, NDArray> losses(Forward forward, TrainingStep step) {
        var rows = new NDList(
                components.stream().map(card -> card.keys().get(Guidance.IMAGE)).toList());
        NDArray keys = NDArrays.concat(rows);
        NDArray off = keys.matMul(keys.transpose()).sub(context().manager().eye(rows.size()));
        return Map.of("orthogonality", Ops.scale(off.square().mean(), 0.1));
    }

    @Override
    public void endStage(Stage stage, StageData data) {
        components.replaceAll(
                card -> card.trainable() ? new Card(card.id(), card.task(), false, card.keys(), card.inserts()) : card);
    }
}
