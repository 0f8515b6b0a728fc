package karuta.lmm.pickle;

import java.util.Map;
import java.util.Optional;
import karuta.safetensors.Dtype;

/** A name that a dictionary of tensors may use. It stands for nothing but itself: nothing is looked up, or called. */
sealed interface AllowedGlobals {

    /** What a pickle may call. */
    enum Function implements AllowedGlobals {
        /** {@code collections.OrderedDict()}: a dictionary. */
        DICTIONARY,
        /** {@code torch._utils._rebuild_tensor_v2(storage, offset, shape, strides, ...)}: a tensor. */
        TENSOR,
        /** {@code torch._utils._rebuild_parameter(tensor, ...)}: that tensor. */
        PARAMETER
    }

    /**
     * The type of a storage, such as {@code torch.HalfStorage}.
     *
     * @param dtype of its elements
     */
    record Elements(Dtype dtype) implements AllowedGlobals {}

    /** All that there are. */
    Map<String, AllowedGlobals> ALL = Map.ofEntries(
            Map.entry("collections.OrderedDict", Function.DICTIONARY),
            Map.entry("torch._utils._rebuild_tensor_v2", Function.TENSOR),
            Map.entry("torch._utils._rebuild_parameter", Function.PARAMETER),
            Map.entry("torch.DoubleStorage", new Elements(Dtype.F64)),
            Map.entry("torch.FloatStorage", new Elements(Dtype.F32)),
            Map.entry("torch.HalfStorage", new Elements(Dtype.F16)),
            Map.entry("torch.BFloat16Storage", new Elements(Dtype.BF16)),
            Map.entry("torch.LongStorage", new Elements(Dtype.I64)),
            Map.entry("torch.IntStorage", new Elements(Dtype.I32)),
            Map.entry("torch.CharStorage", new Elements(Dtype.I8)),
            Map.entry("torch.ByteStorage", new Elements(Dtype.U8)),
            Map.entry("torch.BoolStorage", new Elements(Dtype.BOOL)));

    /** @throws PickleException if it is none of them */
    static AllowedGlobals of(String module, String name) throws PickleException {
        var full = module + "." + name;
        if (full.equals("torch.ShortStorage")) {
            throw PickleException.foreign("it has a tensor of int16, a type that no model here uses");
        }
        return Optional.ofNullable(ALL.get(full))
                .orElseThrow(() -> PickleException.foreign(
                        "it asks for " + PickleException.shown(full) + ", which tensors do not need"));
    }
}
