package karuta.safetensors;

import ai.djl.ndarray.NDArray;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import karuta.api.Contracts;
import karuta.api.KarutaException;
import karuta.files.Seal;
import karuta.files.Sha256;
import karuta.files.WholeFile;
import karuta.safetensors.SafeTensorsWriter.Source;

/**
 * Safetensors files of what was learned. They are their owner's alone, and say their own SHA-256: the metadata
 * {@code sha256} is that of the whole file in which these 64 digits are zeros. Any other reader of safetensors reads them.
 *
 * <p>All other metadata have a slash in their names, so that a file whose word {@code sha256} is damaged is not taken for one
 * without.
 */
public final class SealedTensors {

    private static final String NAME = "sha256";
    private static final String CONTRACTS = "karuta/contracts";
    private static final Seal SEAL = new Seal("\"" + NAME + "\":\"");

    private SealedTensors() {}

    /** Takes bytes and keeps nothing but their hash. */
    private record Digest(Sha256 hash) implements WritableByteChannel {

        @Override
        public int write(ByteBuffer bytes) {
            var length = bytes.remaining();
            hash.add(bytes);
            return length;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {
            // there is nothing to close
        }
    }

    /**
     * Writes a file, in place of an older one.
     *
     * @param notes texts by name; every name has a slash
     * @throws KarutaException if the file cannot be written
     */
    public static void write(Path path, Map<String, NDArray> tensors, Map<String, String> notes) {
        var sorted = sorted(tensors);
        SafeTensorsWriter.write(WholeFile.ofOwner(path), header(sorted, notes), sorted);
    }

    /** The bytes of such a file. */
    public static byte[] bytes(Map<String, NDArray> tensors, Map<String, String> notes) {
        var sorted = sorted(tensors);
        var bytes = new ByteArrayOutputStream();
        var channel = Channels.newChannel(bytes);
        try {
            channel.write(header(sorted, notes));
            for (var tensor : sorted) {
                tensor.content().writeTo(channel);
            }
        } catch (IOException impossible) {
            throw new IllegalStateException("memory is written without fail", impossible);
        }
        return bytes.toByteArray();
    }

    private static List<Source> sorted(Map<String, NDArray> tensors) {
        return SafeTensorsWriter.sorted(
                tensors.entrySet().stream().map(SafeTensorsWriter::source).toList());
    }

    private static ByteBuffer header(List<Source> sorted, Map<String, String> notes) {
        var metadata = new HashMap<>(notes);
        metadata.put(CONTRACTS, Contracts.VERSION);
        metadata.put(NAME, Seal.BLANK);
        var blank = SafeTensorsWriter.header(sorted, metadata);
        var hash = new Sha256().add(blank.duplicate());
        try {
            for (var tensor : sorted) {
                tensor.content().writeTo(new Digest(hash));
            }
        } catch (IOException impossible) {
            throw new IllegalStateException("memory is read without fail", impossible);
        }
        var sealed = SEAL.with(new String(blank.array(), StandardCharsets.ISO_8859_1), hash.hex());
        return ByteBuffer.wrap(sealed.getBytes(StandardCharsets.ISO_8859_1));
    }

    /**
     * Opens such a file.
     *
     * @throws KarutaException if it cannot be read, is not as it was written, or was written for other contracts
     */
    public static SafeTensors open(Path path) {
        return checked(SafeTensors.open(path));
    }

    /**
     * Opens what such a file held.
     *
     * @param name of the file, for messages
     * @throws KarutaException as {@link #open}
     */
    public static SafeTensors of(Path name, byte[] bytes) {
        return checked(SafeTensors.of(name, bytes));
    }

    private static SafeTensors checked(SafeTensors file) {
        try {
            check(file);
            return file;
        } catch (RuntimeException damaged) {
            file.close();
            throw damaged;
        }
    }

    private static void check(SafeTensors file) {
        var said = Optional.ofNullable(file.metadata().get(NAME));
        if (said.isPresent()) {
            var found = file.hashWithout(SEAL);
            if (!found.equals(said)) {
                throw damaged(
                        file,
                        "its SHA-256 is " + found.orElse("not where it should be") + ", and it says " + said.get());
            }
        } else if (!file.metadata().keySet().stream().allMatch(name -> name.contains("/"))) {
            throw damaged(
                    file,
                    "it has a note that no checkpoint has: " + file.metadata().keySet());
        }
        var written = file.metadata().getOrDefault(CONTRACTS, "0.1");
        if (!Contracts.fit(written)) {
            throw new KarutaException(
                    file.path() + " was written for contracts " + Contracts.line(written) + ", these are "
                            + Contracts.line(Contracts.VERSION) + ": what strategies save has changed.",
                    "Learn it again with this Karuta, or use the Karuta that wrote it.");
        }
    }

    private static KarutaException damaged(SafeTensors file, String why) {
        return new KarutaException(
                file.path() + " is damaged: " + why + ".",
                "Take a copy of it; if another program has changed it on purpose, let it drop the metadata \"" + NAME
                        + "\".");
    }

    /** What a file was written with, without what this class adds. */
    public static Map<String, String> notes(SafeTensors file) {
        var notes = new HashMap<>(file.metadata());
        notes.remove(NAME);
        notes.remove(CONTRACTS);
        return notes;
    }

    /** Whether a file says its hash. */
    public static boolean isSealed(SafeTensors file) {
        return file.metadata().containsKey(NAME);
    }
}
