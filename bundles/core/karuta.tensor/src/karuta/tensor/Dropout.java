package karuta.tensor;

import ai.djl.ndarray.NDArray;

/**
 * Dropout without a generator's state. Place i survives if a 32-bit hash of i and the seed is above p. The hash is
 * Chris Wellons' lowbias32 (github.com/skeeto/hash-prospector), taken twice with one half of the seed each, in 64-bit
 * integers because PyTorch has no unsigned ones.
 */
final class Dropout {

    /** n: both halves of the seed, and the share p in units of 2^-32. */
    private static final Script SCRIPT = Script.of("""
        def hash(self, x: Tensor) -> Tensor:
          x = torch.__and__(torch.__xor__(x, torch.__rshift__(x, 16)) * 0x7feb352d, 0xffffffff)
          x = torch.__and__(torch.__xor__(x, torch.__rshift__(x, 15)) * 0x846ca68b, 0xffffffff)
          return torch.__xor__(x, torch.__rshift__(x, 16))
        def dropout(self, x: Tensor, n: Tensor) -> Tensor:
          p = int(n[2])
          i = torch.arange(torch.numel(x), dtype=4, layout=None, device=ops.prim.device(x))
          h = self.hash(torch.__and__(i + int(n[0]), 0xffffffff))
          h = self.hash(torch.__xor__(h, int(n[1])))
          keep = torch.to(torch.view_as(torch.ge(h, p), x), ops.prim.dtype(x), False, False)
          return x * (keep / (1.0 - float(p) / 4294967296.0))
        """.replace("0x7feb352d", "2146121005")
            .replace("0x846ca68b", "2221713035")
            .replace("0xffffffff", "4294967295"));

    private Dropout() {}

    static NDArray apply(NDArray x, double p, long seed) {
        try (NDArray numbers = Tensors.numbers(seed & 0xffffffffL, seed >>> 32, Math.round(p * 0x1p32))) {
            return SCRIPT.call("dropout", x, numbers);
        }
    }
}
