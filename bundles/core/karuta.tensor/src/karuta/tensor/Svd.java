package karuta.tensor;

import ai.djl.ndarray.NDArray;

/**
 * The singular value decomposition of a matrix, {@code M = U diag(S) V^T}, thin: {@code k = min(m, n)}. Singular vectors are
 * free in their signs; here the number of a column of U that is largest in absolute value is positive, so that a matrix has
 * the same decomposition in every run. No gradients.
 *
 * @param u {@code [m, k]}, orthonormal columns
 * @param s {@code [k]}, descending
 * @param v {@code [n, k]}, orthonormal columns
 */
public record Svd(NDArray u, NDArray s, NDArray v) {

    private static final Script SCRIPT = Script.of("""
        def svd(self, m: Tensor) -> Tuple[Tensor, Tensor, Tensor]:
          u, s, h, = torch.linalg_svd(m, False)
          largest = torch.unsqueeze(torch.argmax(torch.abs(u), 0), 0)
          sign = torch.sign(torch.gather(u, 0, largest))
          return (u * sign, s, torch.transpose(h, 0, 1) * sign)
        """);

    /**
     * Decomposes a matrix, in its own data type.
     *
     * @param matrix {@code [m, n]}, float32 or float64, at least one row and column
     */
    public static Svd of(NDArray matrix) {
        var parts = Autograd.noGrad(() -> SCRIPT.callAll("svd", matrix));
        return new Svd(parts.get(0), parts.get(1), parts.get(2));
    }
}
