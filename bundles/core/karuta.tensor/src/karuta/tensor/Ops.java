package karuta.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Functions with gradients that DJL does not offer, or only in several operations. */
public final class Ops {

    /** PyTorch's numbers of data types. */
    private static final Map<DataType, Integer> TYPES = Map.of(
            DataType.UINT8,
            0,
            DataType.INT8,
            1,
            DataType.INT32,
            3,
            DataType.INT64,
            4,
            DataType.FLOAT16,
            5,
            DataType.FLOAT32,
            6,
            DataType.FLOAT64,
            7,
            DataType.BOOLEAN,
            11,
            DataType.BFLOAT16,
            15);

    private static final Script SCRIPT = Script.of("""
        def silu(self, x: Tensor) -> Tensor:
          return torch.silu(x)
        def gelu(self, x: Tensor) -> Tensor:
          return torch.gelu(x)
        def quick_gelu(self, x: Tensor) -> Tensor:
          return x * torch.sigmoid(x * 1.702)
        def softmax(self, x: Tensor) -> Tensor:
          return torch.softmax(x, -1)
        def log_softmax(self, x: Tensor) -> Tensor:
          return torch.log_softmax(x, -1)
        def linear(self, x: Tensor, w: Tensor) -> Tensor:
          return torch.linear(x, w)
        def affine(self, x: Tensor, w: Tensor, b: Tensor) -> Tensor:
          return torch.linear(x, w, b)
        def rows(self, table: Tensor, ids: Tensor) -> Tensor:
          return torch.embedding(table, ids)
        def attention(self, q: Tensor, k: Tensor, v: Tensor) -> Tensor:
          return torch.scaled_dot_product_attention(q, k, v)
        def masked_attention(self, q: Tensor, k: Tensor, v: Tensor, mask: Tensor) -> Tensor:
          return torch.scaled_dot_product_attention(q, k, v, mask)
        def cross_entropy(self, logits: Tensor, labels: Tensor) -> Tensor:
          return torch.cross_entropy_loss(torch.to(logits, 6, False, False), labels)
        def cosine(self, a: Tensor, b: Tensor) -> Tensor:
          return torch.cosine_similarity(a, b, -1)
        def unit(self, x: Tensor) -> Tensor:
          return x / torch.sqrt(torch.sum(x * x, [-1], True))
        def copy(self, x: Tensor) -> Tensor:
          return torch.clone(x)
        def write(self, x: Tensor, numbers: Tensor) -> Tensor:
          return x.copy_(numbers)
        def scale(self, x: Tensor, factor: Tensor) -> Tensor:
          return x * float(factor)
        def plus(self, x: Tensor, number: Tensor) -> Tensor:
          return x + float(number)
        """);

    /** A function {@code f} with a number in the place of {@code @}. */
    private record Baked(String text, Number number) {}

    private static final Map<Baked, Script> BAKED = new ConcurrentHashMap<>();

    private Ops() {}

    /** {@code x sigmoid(x)}. */
    public static NDArray silu(NDArray x) {
        return SCRIPT.call("silu", x);
    }

    /** {@code x Phi(x)} with the exact normal distribution function, as PyTorch's default. */
    public static NDArray gelu(NDArray x) {
        return SCRIPT.call("gelu", x);
    }

    /** {@code x sigmoid(1.702 x)}, CLIP's activation. */
    public static NDArray quickGelu(NDArray x) {
        return SCRIPT.call("quick_gelu", x);
    }

    /** Over the last axis. */
    public static NDArray softmax(NDArray x) {
        return SCRIPT.call("softmax", x);
    }

    /** Over the last axis. */
    public static NDArray logSoftmax(NDArray x) {
        return SCRIPT.call("log_softmax", x);
    }

    /**
     * {@code x W^T}.
     *
     * @param x {@code [..., in]}
     * @param weight {@code [out, in]}
     */
    public static NDArray linear(NDArray x, NDArray weight) {
        return SCRIPT.call("linear", x, weight);
    }

    /**
     * {@code x W^T + b}.
     *
     * @param x {@code [..., in]}
     * @param weight {@code [out, in]}
     * @param bias {@code [out]}
     */
    public static NDArray linear(NDArray x, NDArray weight, NDArray bias) {
        return SCRIPT.call("affine", x, weight, bias);
    }

    /**
     * Rows of a table.
     *
     * @param table {@code [rows, size]}
     * @param ids any shape, int64
     * @return {@code [ids' shape..., size]}
     */
    public static NDArray rows(NDArray table, NDArray ids) {
        return SCRIPT.call("rows", table, ids);
    }

    /**
     * {@code softmax(q k^T / sqrt(size)) v}.
     *
     * @param q {@code [batch, heads, queries, size]}
     * @param k {@code [batch, heads, keys, size]}
     * @param v {@code [batch, heads, keys, size]}
     * @param mask boolean (true = may attend) or added to the scores, broadcastable to {@code [batch, heads, queries,
     *     keys]}
     */
    public static NDArray attention(NDArray q, NDArray k, NDArray v, Optional<NDArray> mask) {
        return mask.isPresent()
                ? SCRIPT.call("masked_attention", q, k, v, mask.get())
                : SCRIPT.call("attention", q, k, v);
    }

    /**
     * Mean cross-entropy, computed in float32.
     *
     * @param logits {@code [n, classes]}
     * @param labels {@code [n]}, int64; rows labelled -100 do not count
     * @return scalar
     */
    public static NDArray crossEntropy(NDArray logits, NDArray labels) {
        return SCRIPT.call("cross_entropy", logits, labels);
    }

    /** Cosine of the vectors along the last axis; the other axes are broadcast. Norms below 1e-8 count as 1e-8. */
    public static NDArray cosine(NDArray a, NDArray b) {
        return SCRIPT.call("cosine", a, b);
    }

    /** Vectors along the last axis divided by their Euclidean norm, without an epsilon, as CLIP does. */
    public static NDArray unit(NDArray x) {
        return SCRIPT.call("unit", x);
    }

    /** The same numbers in memory of their own; unlike {@link NDArray#duplicate()} it keeps the gradient. */
    public static NDArray copy(NDArray x) {
        return SCRIPT.call("copy", x);
    }

    /**
     * Writes numbers into an array, in place. Unlike {@link NDArray#copyTo} it does not go by Java's memory, and PyTorch has
     * nothing to warn of. To be called without gradients.
     *
     * @param x any shape
     * @param numbers the same shape
     */
    public static void write(NDArray x, NDArray numbers) {
        SCRIPT.call("write", x, numbers).close();
    }

    /**
     * {@code factor x}. It takes the place of {@link NDArray#mul(Number)} and {@code div}, which must not be used: see
     * {@link Tensors}.
     */
    public static NDArray scale(NDArray x, double factor) {
        try (NDArray number = Tensors.number(factor)) {
            return SCRIPT.call("scale", x, number);
        }
    }

    /**
     * {@code x + number}. It takes the place of {@link NDArray#add(Number)} and {@code sub}, which must not be used: see
     * {@link Tensors}.
     */
    public static NDArray plus(NDArray x, double number) {
        try (NDArray added = Tensors.number(number)) {
            return SCRIPT.call("plus", x, added);
        }
    }

    /**
     * {@code x / sqrt(mean(x^2) + eps) * weight} over the last axis, the norm computed in float32.
     *
     * @param weight {@code [size]}
     */
    public static NDArray rmsNorm(NDArray x, NDArray weight, double eps) {
        return baked("""
            def f(self, x: Tensor, w: Tensor) -> Tensor:
              y = torch.to(x, 6, False, False)
              y = y * torch.rsqrt(torch.mean(y * y, [-1], True) + @)
              return torch.to(y, ops.prim.dtype(x), False, False) * w
            """, eps).call("f", x, weight);
    }

    /**
     * {@code (x - mean) / sqrt(variance + eps) * weight + bias} over the last axis.
     *
     * @param weight {@code [size]}
     * @param bias {@code [size]}
     */
    public static NDArray layerNorm(NDArray x, NDArray weight, NDArray bias, double eps) {
        return baked("""
            def f(self, x: Tensor, w: Tensor, b: Tensor) -> Tensor:
              return torch.layer_norm(x, torch.size(w), w, b, @)
            """, eps).call("f", x, weight, bias);
    }

    /**
     * Sets numbers to zero with probability {@code p} and divides the others by {@code 1 - p}. Which ones is a pure
     * function of the seed and the number's place, the same on every device.
     *
     * @param p from 0 to below 1
     * @param seed such as {@code draws.bits(0)}
     */
    public static NDArray dropout(NDArray x, double p, long seed) {
        if (p == 0) {
            return x;
        }
        if (!(p > 0 && p < 1)) {
            throw new IllegalArgumentException("dropout must be from 0 to below 1, not " + p);
        }
        return Dropout.apply(x, p, seed);
    }

    /** Another data type. Unlike {@link NDArray#toType} it keeps the gradient, and it can make bfloat16. */
    public static NDArray cast(NDArray x, DataType type) {
        var number = Optional.ofNullable(TYPES.get(type))
                .orElseThrow(() -> new IllegalArgumentException("PyTorch has no data type " + type));
        return baked("def f(self, x: Tensor) -> Tensor:\n  return torch.to(x, @, False, False)", number)
                .call("f", x);
    }

    private static Script baked(String text, Number number) {
        return BAKED.computeIfAbsent(new Baked(text, number), f -> Script.of(f.text.replace("@", f.number.toString())));
    }
}
