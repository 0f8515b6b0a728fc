package karuta.picture;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.Supplier;
import karuta.api.KarutaException;
import karuta.api.Pixels;

/**
 * Reading of PNG, JPEG, WebP, GIF, BMP and TIFF files into the same bytes as Pillow's {@code convert("RGB")}: colour
 * profiles are ignored; grey and palette colours are taken as they are stored. Of an animation, the first frame is read.
 * The kind of a file is told by its first bytes, whatever its name.
 *
 * @param upright whether a picture is turned as the camera noted in its EXIF or XMP data; TIFF always is, as by Pillow
 * @param transparency what becomes of transparent pixels
 */
public record ImageFiles(boolean upright, Transparency transparency) {

    /** Pictures as the LLaVA repository sees them: as they are stored, whatever the camera noted. */
    public static final ImageFiles STORED = new ImageFiles(false, Transparency.DROPPED);

    /** Above this a file is refused before it is decoded. Pillow warns from here on. */
    public static final long MAX_PIXELS = 89_478_485;

    /** No picture of so many pixels needs more. */
    private static final long MAX_BYTES = 1 << 30;

    /**
     * Reads a picture.
     *
     * @throws KarutaException if it cannot be read, is damaged or too large, or is of another kind
     */
    public Pixels read(Path file) {
        return read("the picture " + file, () -> content(file));
    }

    /**
     * Reads a picture that somebody else has sent.
     *
     * @param content of a file
     * @param most how many pixels it may have, at most {@link #MAX_PIXELS}; one that declares more is refused before memory is
     *     taken for them
     * @throws KarutaException if it cannot be read, is damaged or too large, or is of another kind
     */
    public Pixels read(byte[] content, long most) {
        return Size.within(Math.min(most, MAX_PIXELS), () -> read("the picture", () -> content));
    }

    private Pixels read(String called, Supplier<byte[]> content) {
        try {
            return decode(content.get());
        } catch (BadPicture e) {
            throw refused(called, e.getMessage(), e.remedy(), e);
        } catch (BufferUnderflowException e) {
            var bad = BadPicture.endsTooEarly();
            throw refused(called, bad.getMessage(), bad.remedy(), e);
        } catch (RuntimeException | StackOverflowError e) { // what a reader did not foresee in a broken file
            throw refused(called, "it is damaged", BadPicture.GIVE_A_WHOLE_FILE, e);
        } catch (OutOfMemoryError e) {
            var remedy = "Shrink the picture, or give Java more memory: KARUTA_JAVA_OPTS=-Xmx8g.";
            throw refused(called, "there is not enough memory for it", remedy, e);
        }
    }

    private Pixels decode(byte[] content) {
        var stored = Kind.readerOf(content).read(content);
        var seen = stored.seen(transparency);
        return upright ? stored.noted().apply(seen) : seen;
    }

    private static byte[] content(Path file) {
        try {
            var size = Files.size(file);
            if (size > MAX_BYTES) {
                throw new BadPicture("it has " + size + " bytes", "Pictures may have up to " + MAX_BYTES + " bytes.");
            }
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new BadPicture("it is not there", "Put it there, or correct the path.");
        } catch (IOException e) {
            var reason = Files.isDirectory(file) ? "it is a folder" : e.toString();
            throw new BadPicture(reason, "May this user read it, and is the disk all right?");
        }
    }

    private static KarutaException refused(String called, String reason, String remedy, Throwable cause) {
        return new KarutaException("Cannot read " + called + ": " + reason + ".", remedy, cause);
    }
}
