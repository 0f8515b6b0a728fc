package karuta.lmm.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Map;
import java.util.TreeSet;
import karuta.api.KarutaException;
import karuta.safetensors.Weights;
import karuta.safetensors.WrappedWeights;
import karuta.tensor.LoraLayer;
import karuta.tensor.Ops;

/** Weights {@code W + scale B A} of linear layers that are adapted (Hu et al.: LoRA, ICLR 2022, section 4.1). */
final class AdaptedWeights extends WrappedWeights {

    private static final String WEIGHT = ".weight";

    private final Map<String, LoraLayer> adapters;

    /**
     * @param weights of the model
     * @param adapters by the weights' names without {@code .weight}; gradients flow into them
     * @throws KarutaException if there is no such weight
     */
    AdaptedWeights(Weights weights, Map<String, LoraLayer> adapters) {
        super(weights);
        this.adapters = adapters;
        for (var module : new TreeSet<>(adapters.keySet())) {
            if (!weights.has(module + WEIGHT)) {
                throw new KarutaException(
                        weights.source() + " has no linear layer " + module + ", which the adapter belongs to.",
                        "Give the adapter of this model.");
            }
        }
    }

    @Override
    public NDArray get(String name, long... shape) {
        NDArray weight = weights.get(name, shape);
        if (!name.endsWith(WEIGHT) || !adapters.containsKey(name.substring(0, name.length() - WEIGHT.length()))) {
            return weight;
        }
        var adapter = adapters.get(name.substring(0, name.length() - WEIGHT.length()));
        var needed =
                new Shape(adapter.b().getShape().get(0), adapter.a().getShape().get(1));
        if (!weight.getShape().equals(needed)) {
            throw new KarutaException(
                    "The adapter of " + name + " is one of a layer " + needed + "; the model's has the shape "
                            + weight.getShape() + ".",
                    "Give the adapter of this model.");
        }
        NDArray delta = Ops.scale(adapter.b().matMul(adapter.a()), adapter.scale());
        return Ops.cast(Ops.cast(weight, DataType.FLOAT32).add(delta), weight.getDataType());
    }
}
