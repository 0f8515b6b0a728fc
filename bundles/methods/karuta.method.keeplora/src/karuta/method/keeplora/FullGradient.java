package karuta.method.keeplora;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import karuta.api.BackboneSpec.Linear;
import karuta.api.Batch;
import karuta.api.Forward;
import karuta.api.Input;
import karuta.api.Insert;
import karuta.api.KarutaException;
import karuta.api.Parameter;
import karuta.api.PromptedInput;
import karuta.api.StageData;
import karuta.api.StrategyContext;
import karuta.tensor.Ops;
import karuta.tensor.Scope;

/**
 * The mean gradient {@code G = dL_LM / dW} of frozen linear layers. A probe adds {@code x P^T} with {@code P = 0} to a layer's
 * output {@code x W^T}, so that the derivative by P is the one by W.
 *
 * @param context of the run
 * @param prompt what else is put into the backbone
 */
record FullGradient(StrategyContext context, Function<List<Input>, List<PromptedInput>> prompt) {

    /**
     * A share of a stage's examples, evenly spaced from the first to the last; at least one.
     *
     * @throws KarutaException if the stage has none
     */
    static int[] examples(StageData data, double share) {
        if (data.size() == 0) {
            throw new KarutaException(
                    "KeepLoRA starts from the gradient of a stage's examples, and the stage has none.",
                    "Give every task training examples.");
        }
        var count = Math.max(1, (int) (data.size() * share));
        return IntStream.range(0, count)
                .map(i -> (int) ((long) i * (data.size() - 1) / Math.max(1, count - 1)))
                .toArray();
    }

    /**
     * The mean over single examples.
     *
     * @param linears whose gradients are taken together
     * @param examples places in the data
     * @return one per layer, {@code [out, in]}
     */
    List<NDArray> of(List<Linear> linears, StageData data, int[] examples) {
        var manager = context.manager();
        var probes = linears.stream()
                .map(linear -> new Parameter(linear.name(), manager.zeros(new Shape(linear.out(), linear.in()))))
                .toList();
        var sums = new ArrayList<NDArray>();
        probes.forEach(probe -> sums.add(probe.value().zerosLike()));
        for (var example : examples) {
            try (var scope = Scope.open()) {
                var gradients = context.gradients(() -> loss(data.batch(example, example + 1), probes), probes);
                for (var i = 0; i < sums.size(); i++) {
                    sums.get(i).addi(gradients.get(i));
                }
            }
        }
        return sums.stream().map(sum -> Ops.scale(sum, 1.0 / examples.length)).toList();
    }

    private NDArray loss(Batch batch, List<Parameter> probes) {
        var inserts = probes.stream()
                .<Insert>map(probe -> new Insert.Adapter(probe.name(), (x, tokens) -> Ops.linear(x, probe.value())))
                .toList();
        var prompted = prompt.apply(batch.inputs()).stream()
                .map(sample -> new PromptedInput(
                        sample.input(),
                        Stream.concat(sample.inserts().stream(), inserts.stream())
                                .toList()))
                .toList();
        return Forward.of(context.backbone(), batch, prompted).output().loss();
    }
}
