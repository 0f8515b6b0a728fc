package karuta.baseline.merge;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import karuta.api.Parameter;
import karuta.tensor.ParameterSnapshot;
import karuta.tensor.SavedNames;
import karuta.tensor.Script;
import karuta.tensor.Svd;
import karuta.tensor.Tensors;

/** What is merged: parameters as they are, or the products of adapters' factors. */
record Space(List<Part> parts) {

    private static final Script SCRIPT = Script.of("""
        def product(self, a: Tensor, b: Tensor) -> Tensor:
          return torch.matmul(b, a)
        def a(self, s: Tensor, v: Tensor, r: Tensor) -> Tensor:
          return torch.transpose(torch.narrow(v * torch.sqrt(s), 1, 0, int(r)), 0, 1)
        def b(self, u: Tensor, s: Tensor, r: Tensor) -> Tensor:
          return torch.narrow(u * torch.sqrt(s), 1, 0, int(r))
        """);

    /** One array that is merged. */
    sealed interface Part {

        NDArray of(ParameterSnapshot values);

        /** Gives the parameters numbers that come nearest to a merged array. */
        void write(NDArray merged);
    }

    /** A parameter as it is. */
    record Whole(Parameter parameter) implements Part {

        @Override
        public NDArray of(ParameterSnapshot values) {
            return values.of(parameter).orElseThrow();
        }

        @Override
        public void write(NDArray merged) {
            ParameterSnapshot.set(parameter, merged);
        }
    }

    /**
     * The product of an adapter's factors.
     *
     * @param a {@code [r, in]}
     * @param b {@code [out, r]}
     */
    record Product(Parameter a, Parameter b) implements Part {

        @Override
        public NDArray of(ParameterSnapshot values) {
            return SCRIPT.call(
                    "product", values.of(a).orElseThrow(), values.of(b).orElseThrow());
        }

        /** The nearest product of rank r, both factors of equal size. */
        @Override
        public void write(NDArray merged) {
            var svd = Svd.of(merged);
            var rank = Math.min(a.value().getShape().get(0), svd.s().size());
            NDArray r = Tensors.scalar(merged.getManager(), rank);
            set(a, SCRIPT.call("a", svd.s(), svd.v(), r), 0);
            set(b, SCRIPT.call("b", svd.u(), svd.s(), r), 1);
        }

        /** A rank above the layer's width leaves rows that add nothing. */
        private static void set(Parameter factor, NDArray value, int axis) {
            var missing = factor.value().getShape().get(axis) - value.getShape().get(axis);
            if (missing == 0) {
                ParameterSnapshot.set(factor, value);
                return;
            }
            var shape = axis == 0
                    ? new Shape(missing, value.getShape().get(1))
                    : new Shape(value.getShape().get(0), missing);
            NDArray zeros = value.getManager().zeros(shape);
            ParameterSnapshot.set(factor, value.concat(zeros, axis));
        }
    }

    /**
     * @param parameters all that is merged
     * @param products whether factors of adapters, known by PEFT's names, are merged as their product
     */
    static Space of(List<Parameter> parameters, boolean products) {
        Map<String, Parameter> byName = new LinkedHashMap<>();
        parameters.forEach(parameter -> byName.put(parameter.name(), parameter));
        var parts = new ArrayList<Part>();
        for (var parameter : parameters) {
            var name = parameter.name();
            if (products && name.endsWith(SavedNames.LORA_A)) {
                var linear = name.substring(0, name.length() - SavedNames.LORA_A.length());
                var b = Optional.ofNullable(byName.get(linear + SavedNames.LORA_B));
                parts.add(b.<Part>map(found -> new Product(parameter, found)).orElse(new Whole(parameter)));
            } else if (!products || !isFactor(name, byName)) {
                parts.add(new Whole(parameter));
            }
        }
        return new Space(parts);
    }

    private static boolean isFactor(String name, Map<String, Parameter> byName) {
        return name.endsWith(SavedNames.LORA_B)
                && byName.containsKey(
                        name.substring(0, name.length() - SavedNames.LORA_B.length()) + SavedNames.LORA_A);
    }

    /** What a stage went: one array per part. */
    List<NDArray> way(ParameterSnapshot start, ParameterSnapshot end) {
        return parts.stream().map(part -> part.of(end).sub(part.of(start))).toList();
    }

    /** Goes from the start by a merged way. */
    void write(ParameterSnapshot start, List<NDArray> way) {
        for (var i = 0; i < parts.size(); i++) {
            parts.get(i).write(parts.get(i).of(start).add(way.get(i)));
        }
    }
}
