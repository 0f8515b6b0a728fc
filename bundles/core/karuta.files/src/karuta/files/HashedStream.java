package karuta.files;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/** Counts and hashes what goes through. */
final class HashedStream {

    private final Sha256 hash = new Sha256();
    private long bytes;

    void to(OutputStream out, WholeFile.Stream content) throws IOException {
        var through = new FilterOutputStream(out) {
            @Override
            public void write(int one) throws IOException {
                write(new byte[] {(byte) one}, 0, 1);
            }

            @Override
            public void write(byte[] some, int from, int length) throws IOException {
                hash.add(ByteBuffer.wrap(some, from, length));
                bytes += length;
                out.write(some, from, length);
            }
        };
        content.to(through);
        through.flush();
    }

    WholeFile.Written written() {
        return new WholeFile.Written(bytes, hash.hex());
    }
}
