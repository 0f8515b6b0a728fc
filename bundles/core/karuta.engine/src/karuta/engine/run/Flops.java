package karuta.engine.run;

import karuta.api.BackboneSpec;

/**
 * Floating-point operations of the decoder by the formula of Kaplan et al. ("Scaling laws for neural language models", 2020,
 * section 2.1): a token that is read costs {@code 2 N + 2 L n d} forward, N numbers in the linear layers, L layers, n tokens in
 * the context, d the size of a state. Backward costs twice that, once for the states and once for the weights. The decoder's
 * weights are frozen here, so the second half falls away: a token through which a gradient flows costs two forward passes in
 * all, not three. What inserts compute themselves, the output head and the vision tower are not counted.
 *
 * @param parameters N
 * @param layers L
 * @param hidden d
 */
record Flops(long parameters, int layers, int hidden) {

    static Flops of(BackboneSpec spec) {
        return new Flops(
                spec.linears().stream()
                        .mapToLong(linear -> (long) linear.in() * linear.out())
                        .sum(),
                spec.layers(),
                spec.hidden());
    }

    /** Of a sample that is read once. */
    double forward(long tokens) {
        return tokens * (2.0 * parameters + 2.0 * layers * tokens * hidden);
    }

    /** Of a sample through which a gradient flows to its inserts. */
    double withGradient(long tokens) {
        return 2 * forward(tokens);
    }
}
