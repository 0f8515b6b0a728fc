package karuta.bench.folder;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import karuta.api.KarutaException;
import karuta.api.Picture;
import karuta.api.Pixels;
import karuta.picture.ImageFiles;

/** An image file of a kind that {@link ImageFiles} reads. It is read whenever its pixels are needed. */
public final class ImageFile implements Picture {

    private final Path file;
    private final ImageFiles files;
    private Optional<String> fingerprint = Optional.empty();

    /**
     * A file that need not be there before it is asked for.
     *
     * @param file where it is
     * @param files how it is read
     */
    public ImageFile(Path file, ImageFiles files) {
        this.file = file;
        this.files = files;
    }

    /** Where it is. */
    public Path file() {
        return file;
    }

    /** That of the pixels, remembered. */
    @Override
    public synchronized String fingerprint() {
        if (fingerprint.isEmpty()) {
            fingerprint = Optional.of(pixels().fingerprint());
        }
        return fingerprint.get();
    }

    @Override
    public Pixels pixels() {
        return files.read(file);
    }

    /** SHA-256 of the file as it is. */
    String contentHash() {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (IOException e) {
            throw new KarutaException(
                    "The image " + file + " cannot be read (" + e.getMessage() + ").",
                    "Is it still there, and may this user read it?",
                    e);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible); // every Java platform has SHA-256
        }
    }

    long size() {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
