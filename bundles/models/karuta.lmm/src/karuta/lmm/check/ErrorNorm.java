package karuta.lmm.check;

import ai.djl.ndarray.NDArray;

/** How far a tensor is from the expected one, relative to the expected numbers' size. */
enum ErrorNorm {
    /** The largest difference, divided by the largest expected absolute value. */
    WHOLE {
        @Override
        double of(NDArray expected, NDArray actual) {
            return ratio(
                    expected.sub(actual).abs().max().getFloat(),
                    expected.abs().max().getFloat());
        }
    },
    /**
     * For hidden states, in which trained models have a few channels of 10^4: channel by channel (last axis), the
     * largest difference, divided by the largest expected absolute value of that channel, or by that of the median
     * channel where this is larger; and of these quotients the largest. The loud channels hide nothing, and a nearly
     * silent one need not be exact beyond the rounding of its neighbours.
     */
    CHANNELS {
        @Override
        double of(NDArray expected, NDArray actual) {
            var channels = expected.getShape().get(expected.getShape().dimension() - 1);
            NDArray rows = expected.reshape(-1, channels);
            NDArray largest = rows.abs().max(new int[] {0});
            var median = largest.sort().toFloatArray()[(int) channels / 2];
            var sizes = largest.toFloatArray();
            var errors = rows.sub(actual.reshape(-1, channels))
                    .abs()
                    .max(new int[] {0})
                    .toFloatArray();
            var worst = 0.0;
            for (var i = 0; i < channels; i++) {
                worst = Math.max(worst, ratio(errors[i], Math.max(sizes[i], median))); // of NaN it makes NaN
            }
            return worst;
        }
    };

    /**
     * @param expected float32, not empty
     * @param actual of the same shape
     * @return not a number, or infinite, if something that was computed is
     */
    abstract double of(NDArray expected, NDArray actual);

    private static double ratio(double error, double size) {
        return error == 0 ? 0 : error / size;
    }
}
