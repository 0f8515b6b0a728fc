package karuta.method.sefe;

import ai.djl.ndarray.NDArray;
import karuta.tensor.LoraLayer;
import karuta.tensor.Script;
import karuta.tensor.Tensors;

/** Which elements of an adapter's product {@code B A} matter. */
final class KeyElements {

    private static final Script SCRIPT = Script.of("""
        def largest(self, a: Tensor, b: Tensor, k: Tensor) -> Tensor:
          values, places = torch.topk(torch.abs(torch.flatten(torch.matmul(b, a))), int(k), -1, True, True)
          return places
        def size(self, a: Tensor, b: Tensor, places: Tensor) -> Tensor:
          return torch.mean(torch.abs(torch.index_select(torch.flatten(torch.matmul(b, a)), 0, places)))
        """);

    private KeyElements() {}

    /**
     * The places of the elements that are largest in size.
     *
     * @param share how many of all elements, rounded down, at least one
     * @return {@code [k]}, int64, row by row in {@code [out, in]}
     */
    static NDArray largest(LoraLayer pair, double share) {
        var all = pair.b().getShape().get(0) * pair.a().getShape().get(1);
        NDArray k = Tensors.scalar(pair.a().getManager(), Math.max(1, Math.floor(share * all)));
        return SCRIPT.call("largest", pair.a(), pair.b(), k);
    }

    /**
     * The mean size of a product's elements at some places; one that is named twice counts twice.
     *
     * @param places {@code [n]}, int64
     * @return scalar
     */
    static NDArray size(LoraLayer pair, NDArray places) {
        return SCRIPT.call("size", pair.a(), pair.b(), places);
    }
}
