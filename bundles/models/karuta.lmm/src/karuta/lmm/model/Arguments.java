package karuta.lmm.model;

import ai.djl.ndarray.NDArray;

/** Arguments of a script: some inputs in front of a layer's weights. */
final class Arguments {

    private Arguments() {}

    static NDArray[] of(NDArray input, NDArray... more) {
        var all = new NDArray[1 + more.length];
        all[0] = input;
        System.arraycopy(more, 0, all, 1, more.length);
        return all;
    }
}
