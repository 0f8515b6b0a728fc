package karuta.samples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import karuta.api.Image;
import karuta.api.KarutaException;
import karuta.api.Pixels;
import karuta.picture.ImageFiles;

/** An image file of a kind that {@link ImageFiles} reads. It is looked for and read whenever its pixels are needed. */
public final class ImageFile implements Image {

    private final ImageRoot root;
    private final String name;
    private Optional<String> fingerprint = Optional.empty();

    /**
     * A file that need not be there before it is asked for.
     *
     * @param file where it is
     * @param files how it is read
     */
    public ImageFile(Path file, ImageFiles files) {
        this(new ImageRoot(List.of(Path.of("")), true, files), file.toString());
    }

    /**
     * @param root where it is looked for; shared, since there may be many pictures
     * @param name as the data says it
     */
    public ImageFile(ImageRoot root, String name) {
        this.root = root;
        this.name = name;
    }

    @Override
    public Optional<String> path() {
        return Optional.of(name);
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
        return root.files().read(root.find(name));
    }

    /** SHA-256 of the file as it is. */
    public String contentHash() {
        var file = root.find(name);
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (IOException e) {
            throw unreadable(file, e);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible); // every Java platform has SHA-256
        }
    }

    /** In bytes. */
    public long size() {
        var file = root.find(name);
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static KarutaException unreadable(Path file, IOException e) {
        return new KarutaException(
                "The image " + file + " cannot be read (" + e.getMessage() + ").",
                "Is it still there, and may this user read it?",
                e);
    }
}
