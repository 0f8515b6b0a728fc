package karuta.picture;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** Kinds of files, told by their first bytes: a name's ending says nothing. */
enum Kind {
    PNG("PNG", new PngReader(), "\u0089PNG\r\n\u001A\n"),
    JPEG("JPEG", new JpegReader(), "\u00FF\u00D8\u00FF"),
    GIF("GIF", new GifReader(), "GIF87a", "GIF89a"),
    BMP("BMP", new BmpReader(), "BM"),
    WEBP("WebP", new WebPReader(), "RIFF????WEBP"),
    TIFF("TIFF", new TiffReader(), "II*\0", "MM\0*"),
    AVIF("an AVIF picture", "????ftypavif", "????ftypavis"),
    HEIC("a HEIC picture", "????ftyphe", "????ftypmif1", "????ftypmsf1"),
    VIDEO("a video", "????ftyp", "\u001AE\u00DF\u00A3", "RIFF????AVI ", "\0\0\u0001\u00BA", "\0\0\u0001\u00B3"),
    BIG_TIFF("a TIFF file of more than 4 GB (BigTIFF)", "II+\0", "MM\0+"),
    JPEG_XL("a JPEG XL picture", "\u00FF\n", "\0\0\0\fJXL "),
    JPEG_2000("a JPEG 2000 picture", "\0\0\0\fjP  ", "\u00FFO\u00FFQ"),
    PSD("a Photoshop file", "8BPS"),
    ICON("an icon", "\0\0\u0001\0", "\0\0\u0002\0", "icns"),
    PORTABLE("a portable pixmap", "P1\n", "P2\n", "P3\n", "P4\n", "P5\n", "P6\n", "P1 ", "P2 ", "P3 ", "P5 ", "P6 "),
    QOI("a QOI picture", "qoif"),
    DDS("a DDS texture", "DDS "),
    EXR("an OpenEXR picture", "v/1\u0001"),
    HDR("a Radiance picture", "#?RADIANCE", "#?RGBE"),
    PDF("a PDF document", "%PDF"),
    POSTSCRIPT("a PostScript document", "%!PS", "\u00C5\u00D0\u00D3\u00C6"),
    ZIP("a zip archive", "PK\u0003\u0004"),
    GZIP("a gzip archive", "\u001F\u008B"),
    NUMPY("a NumPy array", "\u0093NUMPY"),
    POINTER("a pointer of Git LFS, not the file itself", "version https://git-lfs"),
    SVG("an SVG drawing", "<svg"),
    HTML("a web page", "<!doctype html", "<html", "<head"),
    XML("an XML document", "<?xml"),
    JSON("a JSON text", "{\"", "[{", "[\"");

    private static final int LOOKED_AT = 512;

    private final String title;
    private final Optional<PictureReader> reader;
    private final String[] starts;

    Kind(String title, PictureReader reader, String... starts) {
        this.title = title;
        this.reader = Optional.of(reader);
        this.starts = starts;
    }

    Kind(String title, String... starts) {
        this.title = title;
        this.reader = Optional.empty();
        this.starts = starts;
    }

    /** The reader for a file. */
    static PictureReader readerOf(byte[] file) {
        if (file.length == 0) {
            throw new BadPicture("it is empty");
        }
        var kind = of(file).orElseThrow(() ->
                new BadPicture(isText(file) ? "it is a text of an unknown kind" : "it is of an unknown kind"));
        return kind.reader.orElseThrow(() -> new BadPicture("it is " + kind.title, kind.remedy()));
    }

    private static Optional<Kind> of(byte[] file) {
        var start = new String(file, 0, Math.min(file.length, LOOKED_AT), StandardCharsets.ISO_8859_1);
        var text = start.replaceFirst("^\u00EF\u00BB\u00BF", "").stripLeading();
        var found = Arrays.stream(values()).filter(kind -> kind.starts(start)).findFirst();
        if (found.filter(kind -> kind != XML).isPresent()) {
            return found;
        }
        if (text.startsWith("<") && text.contains("<svg")) {
            return Optional.of(SVG);
        }
        return Arrays.stream(values())
                .filter(kind -> kind.starts(text.toLowerCase(java.util.Locale.ROOT)))
                .findFirst();
    }

    private boolean starts(String file) {
        return Arrays.stream(starts).anyMatch(start -> matches(file, start));
    }

    /** A question mark stands for any byte. */
    private static boolean matches(String file, String start) {
        for (var i = 0; i < start.length(); i++) {
            if (i >= file.length() || start.charAt(i) != '?' && start.charAt(i) != file.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isText(byte[] file) {
        for (var i = 0; i < Math.min(file.length, LOOKED_AT); i++) {
            if (file[i] >= 0 && file[i] < ' ' && file[i] != '\n' && file[i] != '\r' && file[i] != '\t') {
                return false;
            }
        }
        return true;
    }

    private String remedy() {
        return switch (this) {
            case POINTER -> "Fetch the files themselves: git lfs pull.";
            case HTML, XML, JSON -> "What was to be downloaded was not there, it seems; download it anew.";
            case ZIP, GZIP -> "Unpack it.";
            default -> "Convert it to PNG or JPEG.";
        };
    }
}
