package karuta.picture;

import static karuta.picture.TiffDirectory.COMPRESSION;
import static karuta.picture.TiffDirectory.FILL_ORDER;
import static karuta.picture.TiffDirectory.PREDICTOR;

import java.util.Arrays;
import java.util.Optional;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Strips or tiles of a TIFF file, without their compression. */
final class TiffData {

    private static final int DEFLATE_RATIO = 1040;
    private static final int LZW_RATIO = 4096;
    private static final int RUNS_RATIO = 64;

    private final byte[] file;
    private final TiffFormat format;
    private final int compression;
    private final boolean differences;
    private final boolean reversed;
    private final boolean littleEndian;

    private TiffData(TiffDirectory tags, TiffFormat format) {
        file = tags.file().array();
        this.format = format;
        compression = (int) tags.number(COMPRESSION, 1);
        reversed = tags.number(FILL_ORDER, 1) == 2;
        littleEndian = tags.littleEndian();
        var predictor = predicted() ? tags.number(PREDICTOR, 1) : 1;
        differences = predictor == 2;
        if (predictor > 2 || predictor < 1 || differences && format.bits() < 8) {
            throw BadPicture.notRead("it is TIFF with predictor " + predictor);
        }
    }

    static TiffData of(TiffDirectory tags, TiffFormat format) {
        return new TiffData(tags, format);
    }

    boolean compressed() {
        return compression != 1;
    }

    private boolean predicted() {
        return ratio() == DEFLATE_RATIO || ratio() == LZW_RATIO;
    }

    private int ratio() {
        return switch (compression) {
            case 1 -> 1;
            case 5 -> LZW_RATIO;
            case 8, 32_946 -> DEFLATE_RATIO;
            case 32_773 -> RUNS_RATIO;
            case 2, 3, 4 -> throw BadPicture.notRead("it is TIFF compressed as a fax");
            case 6, 7 -> throw BadPicture.notRead("it is TIFF compressed as JPEG");
            default -> throw BadPicture.notRead("it is TIFF with compression " + compression);
        };
    }

    void requirePlausible(Size size) {
        var planes = format.planes() ? format.samples() : 1;
        Size.requirePlausible(format.bytes(size.width()) * size.height() * planes, file.length, ratio());
    }

    /**
     * Samples of a strip or tile, of 16 bits in big-endian order.
     *
     * @param declared how many bytes it takes in the file; Pillow asks for it only of compressed ones
     * @param width of a row in pixels
     * @param seen how many pixels of a row are within the picture
     */
    byte[] read(long offset, Optional<Long> declared, int width, int rows, int seen) {
        var stride = format.bytes(width);
        var needed = Math.toIntExact(stride * rows);
        var given = compressed()
                ? declared.orElseThrow(() -> new BadPicture("it does not say how long its parts are"))
                : stride * (rows - 1) + format.bytes(seen);
        if (offset > file.length || given > file.length - offset) {
            throw BadPicture.endsTooEarly();
        }
        var raw = Arrays.copyOfRange(file, (int) offset, (int) (offset + given));
        if (reversed) {
            for (var i = 0; i < raw.length; i++) {
                raw[i] = (byte) (Integer.reverse(raw[i]) >>> 24);
            }
        }
        Size.requirePlausible(needed, given, ratio());
        var bytes = switch (compression) {
            case 1 -> Arrays.copyOf(raw, needed);
            case 5 -> new TiffCodes(raw, needed).read();
            case 32_773 -> runs(raw, needed);
            default -> inflated(raw, needed);
        };
        if (format.bits() == 16 && littleEndian) {
            for (var i = 0; i + 1 < bytes.length; i += 2) {
                var lower = bytes[i];
                bytes[i] = bytes[i + 1];
                bytes[i + 1] = lower;
            }
        }
        if (differences) {
            for (var row = 0; row < rows; row++) {
                add(bytes, (int) stride * row, width);
            }
        }
        return bytes;
    }

    private static byte[] inflated(byte[] raw, int needed) {
        var inflater = new Inflater();
        try {
            inflater.setInput(raw);
            var bytes = new byte[needed];
            var length = 0;
            while (length < needed) {
                var more = inflater.inflate(bytes, length, needed - length);
                if (more == 0) {
                    throw BadPicture.endsTooEarly();
                }
                length += more;
            }
            return bytes;
        } catch (DataFormatException e) {
            throw new BadPicture("its compressed data are broken (" + e.getMessage() + ")");
        } finally {
            inflater.end();
        }
    }

    /** PackBits (section 9). */
    private static byte[] runs(byte[] raw, int needed) {
        var bytes = new byte[needed];
        var length = 0;
        var at = 0;
        while (length < needed) {
            if (at >= raw.length) {
                throw BadPicture.endsTooEarly();
            }
            int count = raw[at++];
            if (count == -128) {
                continue;
            }
            var run = Math.min(count < 0 ? 1 - count : count + 1, needed - length);
            if (at + (count < 0 ? 1 : run) > raw.length) {
                throw BadPicture.endsTooEarly();
            }
            for (var i = 0; i < run; i++) {
                bytes[length++] = raw[count < 0 ? at : at + i];
            }
            at += count < 0 ? 1 : run;
        }
        return bytes;
    }

    /** Each sample is stored as the difference from the same one of the pixel before (section 14). */
    private void add(byte[] bytes, int start, int width) {
        var step = format.together();
        for (var i = step; i < width * step; i++) {
            if (format.bits() == 8) {
                bytes[start + i] += bytes[start + i - step];
            } else {
                var sum = Samples.at(bytes, start, 16, i) + Samples.at(bytes, start, 16, i - step);
                bytes[start + 2 * i] = (byte) (sum >> 8);
                bytes[start + 2 * i + 1] = (byte) sum;
            }
        }
    }
}
