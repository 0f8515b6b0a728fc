package karuta.lmm.pickle;

import java.util.ArrayList;
import java.util.List;

/**
 * Which elements of a storage a tensor has, as PyTorch says it.
 *
 * @param offset of the first one
 * @param shape sizes
 * @param strides how many elements on the next one of each axis is
 */
record StridedView(long offset, List<Long> shape, List<Long> strides) {

    private static final int MAX_RANK = 8;
    private static final long MAX_SIZE = 1L << 40;

    /**
     * Checks what a pickle says.
     *
     * @param elements of the storage
     * @throws PickleException if a tensor cannot be like that, or does not lie within its storage
     */
    static StridedView of(long offset, List<Long> shape, List<Long> strides, long elements) throws PickleException {
        var view = new StridedView(offset, List.copyOf(shape), List.copyOf(strides));
        if (shape.size() > MAX_RANK || shape.size() != strides.size()) {
            throw view.unfit("of up to " + MAX_RANK + " axes, with a stride each, can be read");
        }
        if (offset < 0
                || shape.stream().anyMatch(n -> n < 0)
                || strides.stream().anyMatch(n -> n < 0)) {
            throw view.unfit("of sizes, strides and offsets from 0 on can be read");
        }
        try {
            if (view.size() > MAX_SIZE) {
                throw view.unfit("of up to 2^40 elements can be read");
            }
            if (view.size() > 0 && Math.addExact(offset, view.span()) > elements) {
                throw view.unfit("within their storage can be read; this one has " + elements + " elements");
            }
        } catch (ArithmeticException e) {
            throw view.unfit("without overflow can be read");
        }
        return view;
    }

    private PickleException unfit(String only) {
        return PickleException.broken("a tensor has shape " + shape + ", strides " + strides + " and offset " + offset
                + "; only tensors " + only);
    }

    /** How many elements there are; an element of the storage may count more than once. */
    long size() {
        return shape.contains(0L) ? 0 : shape.stream().reduce(1L, Math::multiplyExact);
    }

    /** How many elements of the storage there are from the first to the last one, both included. */
    long span() {
        var last = 0L;
        for (var axis = 0; axis < shape.size(); axis++) {
            last = Math.addExact(last, Math.multiplyExact(shape.get(axis) - 1, strides.get(axis)));
        }
        return Math.addExact(last, 1);
    }

    /** Whether the elements lie in the storage as they do in the tensor, row by row. */
    boolean contiguous() {
        var next = 1L;
        for (var axis = shape.size() - 1; axis >= 0; axis--) {
            if (shape.get(axis) > 1 && strides.get(axis) != next) {
                return size() == 0;
            }
            next *= shape.get(axis);
        }
        return true;
    }

    /** The rows from one on. */
    StridedView from(long row) {
        var sizes = new ArrayList<>(shape);
        sizes.set(0, shape.get(0) - row);
        return new StridedView(offset + row * strides.get(0), List.copyOf(sizes), strides);
    }
}
