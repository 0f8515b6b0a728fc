package karuta.lmm.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.util.Arrays;
import karuta.api.KarutaException;
import karuta.safetensors.Weights;
import karuta.safetensors.WrappedWeights;
import karuta.tensor.Ops;
import karuta.tensor.Scope;

/** What the frozen weights are kept in and computed with. Prompts, adapters, logits and losses are float32 always. */
public enum Precision {
    /** float32. */
    FP32(DataType.FLOAT32, DataType.FLOAT32),
    /** bfloat16. */
    BF16(DataType.FLOAT32, DataType.BFLOAT16),
    /** float16. */
    FP16(DataType.FLOAT16, DataType.FLOAT16);

    private final DataType read;
    private final DataType type;

    Precision(DataType read, DataType type) {
        this.read = read;
        this.type = type;
    }

    /**
     * The precision of a name.
     *
     * @param name fp32, bf16 or fp16
     * @throws KarutaException if there is no such precision
     */
    public static Precision named(String name) {
        return Arrays.stream(values())
                .filter(precision -> precision.name().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(
                        () -> new KarutaException("There is no dtype \"" + name + "\".", "Say fp32, bf16 or fp16."));
    }

    /** The type that is computed with. */
    public DataType type() {
        return type;
    }

    /** The type that weights must be read in; DJL has no bfloat16, see {@link #of}. */
    public DataType read() {
        return read;
    }

    /** Weights in this precision, out of weights that were read. */
    public Weights of(Weights weights) {
        return this == BF16 ? new Halved(weights) : weights;
    }

    /** Weights that are bfloat16 from the moment they are asked for. DJL calls their type unknown; scripts know it. */
    private static final class Halved extends WrappedWeights {

        Halved(Weights weights) {
            super(weights);
        }

        @Override
        public NDArray get(String name, long... shape) {
            try (var scope = Scope.open()) {
                return scope.keep(Ops.cast(weights.get(name, shape), BF16.type));
            }
        }
    }
}
