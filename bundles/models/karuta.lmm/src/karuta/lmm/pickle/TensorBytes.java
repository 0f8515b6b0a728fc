package karuta.lmm.pickle;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The bytes of a tensor, row by row. Where they lie in the file like that, they are passed on piece by piece; otherwise
 * the part of the storage that the tensor spans is held in memory.
 */
record TensorBytes(TorchTensor tensor, InputStream storage) {

    private static final int PIECE = 1 << 18;

    /** Takes pieces, each of whole elements, little-endian. */
    @FunctionalInterface
    interface Sink {

        void put(ByteBuffer piece) throws IOException;
    }

    /** @throws PickleException if they cannot be read; all other exceptions are the sink's */
    void writeTo(Sink sink) throws IOException {
        var view = tensor.view();
        if (view.size() == 0) {
            return;
        }
        skip(view.offset() * width());
        if (view.contiguous()) {
            pass(view.size() * width(), sink);
        } else {
            gather(span(view.span() * width()), sink);
        }
    }

    private int width() {
        return tensor.dtype().bytes();
    }

    private void pass(long bytes, Sink sink) throws IOException {
        var piece = new byte[(int) Math.min(PIECE, bytes)];
        for (var left = bytes; left > 0; left -= piece.length) {
            var count = (int) Math.min(piece.length, left);
            fill(piece, count);
            sink.put(ByteBuffer.wrap(piece, 0, count).order(ByteOrder.LITTLE_ENDIAN));
        }
    }

    private byte[] span(long bytes) throws PickleException {
        if (bytes > Integer.MAX_VALUE - 8) {
            throw PickleException.foreign(
                    "a tensor that is not contiguous spans " + bytes + " bytes; up to 2 GiB can be put in order");
        }
        var span = new byte[(int) bytes]; // the archive was checked to have them
        fill(span, span.length);
        return span;
    }

    private void gather(byte[] span, Sink sink) throws IOException {
        var view = tensor.view();
        var piece = ByteBuffer.allocate(PIECE).order(ByteOrder.LITTLE_ENDIAN);
        var index = new long[view.shape().size()];
        var at = 0L;
        for (var left = view.size(); left > 0; left--) {
            piece.put(span, (int) at * width(), width());
            if (!piece.hasRemaining() || left == 1) {
                sink.put(piece.flip());
                piece.clear();
            }
            for (var axis = index.length - 1; axis >= 0; axis--) {
                at += view.strides().get(axis);
                if (++index[axis] < view.shape().get(axis)) {
                    break;
                }
                at -= view.strides().get(axis) * view.shape().get(axis);
                index[axis] = 0;
            }
        }
    }

    private void skip(long bytes) throws PickleException {
        try {
            storage.skipNBytes(bytes);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private void fill(byte[] target, int count) throws PickleException {
        try {
            if (storage.readNBytes(target, 0, count) < count) {
                throw new EOFException("it ends too early");
            }
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private PickleException unreadable(IOException e) {
        return PickleException.broken("storage "
                + PickleException.shown(tensor.storage().key()) + " cannot be read (" + e.getMessage() + ")");
    }
}
