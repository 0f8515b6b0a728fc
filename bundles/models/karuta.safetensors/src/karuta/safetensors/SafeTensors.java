package karuta.safetensors;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32C;
import karuta.api.KarutaException;
import karuta.files.Seal;
import karuta.files.Sha256;

/**
 * An open safetensors file. Its header is checked when it is opened; tensors are read one at a time, when asked for.
 */
public final class SafeTensors implements AutoCloseable {

    private static final int CHUNK = 1 << 20;

    private final Path path;
    private final Content file;
    private final Header header;

    private SafeTensors(Path path, Content file, Header header) {
        this.path = path;
        this.file = file;
        this.header = header;
    }

    /**
     * Opens a file.
     *
     * @throws KarutaException if it cannot be read, or is no well-formed file of this format
     */
    public static SafeTensors open(Path path) {
        try {
            return open(path, new Content.OnDisk(FileChannel.open(path)));
        } catch (FormatException e) {
            throw FirstBytes.explain(path).orElseGet(() -> unusable(path, e));
        } catch (IOException e) {
            throw new KarutaException("Cannot read " + path + ": " + e, "Check its name and its access rights.", e);
        }
    }

    /**
     * Opens what a file held.
     *
     * @param name of the file, for messages
     * @throws KarutaException if it is not well-formed
     */
    public static SafeTensors of(Path name, byte[] bytes) {
        try {
            return open(name, Content.InMemory.of(bytes));
        } catch (IOException e) {
            throw unusable(name, e);
        }
    }

    private static SafeTensors open(Path path, Content file) throws IOException {
        try {
            return new SafeTensors(path, file, Header.read(file));
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private static KarutaException unusable(Path path, IOException why) {
        return new KarutaException(
                path + " is no usable safetensors file: " + why.getMessage(), "Fetch or write the file again.", why);
    }

    /** The file. */
    public Path path() {
        return path;
    }

    /** The names of its tensors. */
    public Set<String> names() {
        return header.tensors().keySet();
    }

    /** What the header's {@code __metadata__} holds. */
    public Map<String, String> metadata() {
        return header.metadata();
    }

    /**
     * Type and shape of a tensor.
     *
     * @throws KarutaException if there is no such tensor
     */
    public TensorInfo info(String name) {
        return Optional.ofNullable(header.tensors().get(name))
                .orElseThrow(() -> new KarutaException(
                        path + " has no tensor " + name, "Check that this file belongs to the model that reads it."));
    }

    /**
     * Reads a tensor into memory of its own.
     *
     * @param name which
     * @param manager gets the array; its device is where the array will be
     * @param target element type; floating point types are converted into each other, other types only kept
     * @throws KarutaException if there is no such tensor, or its type cannot become {@code target}
     */
    public NDArray read(String name, NDManager manager, DataType target) {
        return tensor(name, manager, target, TensorReader::read);
    }

    /**
     * Reads a tensor like {@link #read}, to compute with it.
     *
     * @throws KarutaException as {@link #read}, or if one of its numbers is NaN or infinite
     */
    public NDArray readFinite(String name, NDManager manager, DataType target) {
        var info = info(name);
        if (info.bytes() > 0) {
            requireFinite(name, bytes(name, info), 0);
        }
        return read(name, manager, target);
    }

    /**
     * Reads a tensor like {@link #read}, but lets it share the file's pages where it can: where it lies in the main
     * memory and is of the file's type. Such an array is for reading only: a change in place ends the Java process.
     */
    public NDArray map(String name, NDManager manager, DataType target) {
        return tensor(name, manager, target, TensorReader::share);
    }

    @FunctionalInterface
    private interface Way {

        NDArray go(TensorReader reader, TensorInfo info, ByteBuffer bytes);
    }

    private NDArray tensor(String name, NDManager manager, DataType target, Way way) {
        var info = info(name);
        var convertible = info.dtype().type() == target || info.dtype().floating() && target.isFloating();
        if (!convertible) {
            throw new KarutaException(
                    "Tensor " + name + " of " + path + " is " + info + "; " + target + " is needed.",
                    "Check that this file belongs to the model that reads it.");
        }
        if (info.bytes() == 0) {
            return manager.create(info.shape(), target);
        }
        return way.go(new TensorReader(manager, target), info, bytes(name, info));
    }

    /**
     * A checksum (CRC-32C, hexadecimal) of a tensor's bytes in the file. Reads them without mapping them, so that a model
     * that is only checked does not fill the memory.
     *
     * @throws KarutaException if there is no such tensor, or it cannot be read
     */
    public String checksum(String name) {
        return checksum(name, (bytes, before) -> {});
    }

    /**
     * The same checksum; every byte passes by, and the numbers are looked at, too.
     *
     * @throws KarutaException as {@link #checksum}, or if one of the numbers is NaN or infinite
     */
    String checksumOfFinite(String name) {
        return checksum(name, (bytes, before) -> requireFinite(name, bytes, before));
    }

    private interface Look {

        void at(ByteBuffer bytes, long before);
    }

    private String checksum(String name, Look look) {
        var info = info(name);
        var sum = new CRC32C();
        var chunk = ByteBuffer.allocateDirect((int) Math.min(CHUNK, info.bytes()));
        try {
            for (var done = 0L; done < info.bytes(); done += chunk.limit()) {
                chunk.clear().limit((int) Math.min(chunk.capacity(), info.bytes() - done));
                while (chunk.hasRemaining()) {
                    if (file.read(chunk, header.start() + info.begin() + done + chunk.position()) < 0) {
                        throw new EOFException("it has become shorter");
                    }
                }
                look.at(chunk.flip(), done);
                sum.update(chunk);
            }
            return Long.toHexString(sum.getValue());
        } catch (IOException e) {
            throw unreadable(name, e);
        }
    }

    /** @param before bytes of the tensor before these */
    private void requireFinite(String name, ByteBuffer numbers, long before) {
        var dtype = info(name).dtype();
        FiniteNumbers.of(dtype).firstOdd(numbers).ifPresent(place -> {
            throw new KarutaException(
                    "Tensor " + name + " of " + path + " has a number that is NaN or infinite, at "
                            + (before / dtype.bytes() + place) + " of "
                            + info(name).shape().size() + ".",
                    "Nothing computed with it means anything: fetch the file again, or take an earlier one of the"
                            + " training that wrote it.");
        });
    }

    /**
     * The SHA-256 of the file with zeros in place of the digits of a seal in its header; empty if the header has none.
     *
     * @throws KarutaException if it cannot be read
     */
    Optional<String> hashWithout(Seal seal) {
        try {
            var header = new byte[Math.toIntExact(this.header.start())];
            var head = ByteBuffer.wrap(header);
            while (head.hasRemaining() && file.read(head, head.position()) >= 0) {
                continue; // until all of it is there
            }
            var text = new String(header, StandardCharsets.ISO_8859_1);
            if (seal.place(text).isEmpty()) {
                return Optional.empty();
            }
            var blank = seal.with(text, Seal.BLANK).getBytes(StandardCharsets.ISO_8859_1);
            var hash = new Sha256().add(blank);
            file.rest(header.length, hash);
            return Optional.of(hash.hex());
        } catch (IOException e) {
            throw unreadable("data", e);
        }
    }

    private KarutaException unreadable(String name, IOException why) {
        return new KarutaException(
                "Cannot read tensor " + name + " of " + path + ": " + why,
                "Check that nothing changes the file while it is read.",
                why);
    }

    private ByteBuffer bytes(String name, TensorInfo info) {
        if (info.bytes() > Integer.MAX_VALUE) {
            throw new KarutaException(
                    "Tensor " + name + " of " + path + " takes " + info.bytes() + " bytes.",
                    "Tensors up to 2 GiB can be read.");
        }
        try {
            return file.part(header.start() + info.begin(), info.bytes());
        } catch (IOException e) {
            throw unreadable(name, e);
        }
    }

    /** Closes the file; arrays that were read stay usable. */
    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
