package karuta.safetensors;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import karuta.api.KarutaException;

/**
 * Tells by its first bytes what a file is that came in place of another: where a model was fetched wrongly, the names of
 * its files are right and their contents are something else.
 */
public final class FirstBytes {

    private static final int LENGTH = 512;
    private static final String AGAIN = "Fetch the file again, as a file: from the model's repository, whole.";

    /**
     * @param start that such files have, in ISO 8859-1
     * @param name what they are
     * @param remedy what to do about it
     */
    private record Kind(String start, String name, String remedy) {}

    private static final List<Kind> KINDS = List.of(
            new Kind(
                    "version https://git-lfs",
                    "a Git LFS pointer, which stands for the file until that is fetched",
                    "Run `git lfs install` and `git lfs pull` in the folder, or fetch the file from the model's"
                            + " repository."),
            new Kind("<!doctype html", "an HTML page", AGAIN),
            new Kind("<html", "an HTML page", AGAIN),
            new Kind("<?xml", "an XML page", AGAIN),
            new Kind("{\"error\"", "a server's error message", AGAIN),
            new Kind("entry not found", "a server's error message", AGAIN),
            new Kind("invalid username or password", "a server's error message", AGAIN),
            new Kind("access to model", "a server's error message", "Ask for access to the model, and fetch it again."),
            new Kind(
                    "PK\3\4",
                    "a zip archive or a file of torch.save",
                    "Unpack the archive; a file of torch.save (.bin, .pt, .pth) becomes safetensors by `karuta model"
                            + " convert FILE`."),
            new Kind(
                    "\u0080\2",
                    "a pickle",
                    "`karuta model convert FILE` makes safetensors out of what torch.save wrote, and runs nothing that"
                            + " is in it."),
            new Kind("\u001f\u008b", "a gzip archive", "Unpack it."),
            new Kind("\u00fd7zXZ", "an xz archive", "Unpack it."),
            new Kind("7z\u00bc\u00af", "a 7z archive", "Unpack it."),
            new Kind("\u0028\u00b5\u002f\u00fd", "a zstd archive", "Unpack it."),
            new Kind("BZh", "a bzip2 archive", "Unpack it."),
            new Kind("GGUF", "a GGUF file", "Fetch the model's safetensors; GGUF is not read."),
            new Kind(
                    "\u0089HDF", "an HDF5 file of Keras", "Fetch the model's safetensors or its files of torch.save."));

    private static final String TAR = "ustar";
    private static final int TAR_AT = 257;

    private FirstBytes() {}

    /**
     * What a file is that cannot be read as what it should be.
     *
     * @param file that could not be read
     * @return nothing, if its first bytes do not tell
     */
    public static Optional<KarutaException> explain(Path file) {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try (var in = Files.newInputStream(file)) {
            return explain(file, in.readNBytes(LENGTH));
        } catch (IOException e) {
            return Optional.empty(); // whoever failed to read it says why
        }
    }

    private static Optional<KarutaException> explain(Path file, byte[] bytes) {
        if (bytes.length == 0) {
            return Optional.of(unusable(file, "it has 0 bytes", AGAIN));
        }
        if (bytes.length == LENGTH && allZero(bytes)) {
            return Optional.of(unusable(
                    file, "it starts with " + LENGTH + " zero bytes: it was set aside, but not filled", AGAIN));
        }
        var start = new String(bytes, StandardCharsets.ISO_8859_1);
        if (start.length() > TAR_AT + TAR.length() && start.startsWith(TAR, TAR_AT)) {
            return Optional.of(unusable(file, "it is a tar archive", "Unpack it."));
        }
        var lower = start.strip().toLowerCase(Locale.ROOT);
        return KINDS.stream()
                .filter(kind -> start.startsWith(kind.start) || lower.startsWith(kind.start))
                .findFirst()
                .map(kind -> unusable(file, "it is " + kind.name, kind.remedy));
    }

    private static KarutaException unusable(Path file, String why, String remedy) {
        return new KarutaException("Cannot use " + file + ": " + why + ".", remedy);
    }

    private static boolean allZero(byte[] bytes) {
        return Arrays.equals(bytes, new byte[bytes.length]);
    }
}
