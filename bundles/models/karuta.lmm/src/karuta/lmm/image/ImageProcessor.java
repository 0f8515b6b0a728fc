package karuta.lmm.image;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import karuta.api.KarutaException;
import karuta.api.Pixels;
import karuta.lmm.config.Json;

/**
 * Makes a model's input out of an image, as Transformers' CLIPImageProcessor (its Pillow backend) does: pad to a
 * square if asked to, resize bicubically, crop the centre, scale, normalise.
 *
 * @param size what images are resized to
 * @param width of the crop, and of the result
 * @param height of the crop, and of the result
 * @param scale factor on the 8-bit values
 * @param mean of red, green and blue
 * @param deviation of red, green and blue
 * @param pad whether images are first padded to squares, in the mean colour, as the LLaVA repository does
 */
public record ImageProcessor(
        Size size, int width, int height, double scale, List<Double> mean, List<Double> deviation, boolean pad) {

    private static final List<Double> CLIP_MEAN = List.of(0.48145466, 0.4578275, 0.40821073);
    private static final List<Double> CLIP_DEVIATION = List.of(0.26862954, 0.26130258, 0.27577711);
    private static final int BICUBIC = 3;
    private static final int MAX_SIDE = 4096;

    /** What images are resized to. */
    public sealed interface Size {

        /** The shorter side becomes {@code edge} long, the other one in proportion. */
        record Shortest(int edge) implements Size {}

        /** Exactly this size. */
        record Exact(int width, int height) implements Size {}
    }

    /**
     * Checks and copies.
     *
     * @throws IllegalArgumentException if the resized image can be smaller than the crop, or there are not 3 channels
     */
    public ImageProcessor {
        mean = List.copyOf(mean);
        deviation = List.copyOf(deviation);
        var large = size instanceof Size.Shortest shortest
                ? shortest.edge >= Math.max(width, height)
                : size instanceof Size.Exact exact && exact.width >= width && exact.height >= height;
        if (!large || mean.size() != 3 || deviation.size() != 3) {
            throw new IllegalArgumentException("a crop of " + width + " x " + height + " out of " + size + " with "
                    + mean.size() + " means and " + deviation.size() + " deviations");
        }
    }

    /**
     * Reads {@code preprocessor_config.json}, in whose place Transformers 5 writes a part of {@code
     * processor_config.json}.
     *
     * @param folder of a model
     * @throws KarutaException if it cannot be read, or asks for something that is not implemented
     */
    public static ImageProcessor read(Path folder) {
        var own = folder.resolve("preprocessor_config.json");
        return of(Json.readIfThere(own)
                .or(() -> Json.readIfThere(folder.resolve("processor_config.json"))
                        .flatMap(json -> json.object("image_processor")))
                .orElseGet(() -> Json.read(own)));
    }

    /**
     * Reads it for an image tower, as {@link #read(Path)} does.
     *
     * @param side of the square images that the tower reads
     * @throws KarutaException also if it makes others; Transformers' tower refuses them, too
     */
    public static ImageProcessor read(Path folder, int side) {
        var processor = read(folder);
        if (processor.width != side || processor.height != side) {
            throw new KarutaException(
                    "The preprocessing of " + folder + " makes images of " + processor.width + " x " + processor.height
                            + "; the image tower reads " + side + " x " + side + ".",
                    "Let crop_size be the image_size of the model's vision configuration.");
        }
        return processor;
    }

    /** CLIP's usual one, for square images of a size. */
    public static ImageProcessor square(int side) {
        return new ImageProcessor(new Size.Exact(side, side), side, side, 1 / 255.0, CLIP_MEAN, CLIP_DEVIATION, false);
    }

    private static ImageProcessor of(Json json) {
        for (var step : List.of("do_resize", "do_center_crop", "do_rescale", "do_normalize", "do_convert_rgb")) {
            if (!json.flag(step, true)) {
                throw json.unsupported(step, "false", "true");
            }
        }
        if (json.whole("resample", BICUBIC, 0, 5) != BICUBIC) {
            throw json.unsupported("resample", json.object().get("resample").toString(), "3 (bicubic)");
        }
        var width = side(json, "crop_size", "width");
        var height = side(json, "crop_size", "height");
        try {
            return new ImageProcessor(
                    size(json),
                    width,
                    height,
                    json.number("rescale_factor", 1 / 255.0, 0, 1),
                    json.numbers("image_mean", CLIP_MEAN),
                    json.numbers("image_std", CLIP_DEVIATION),
                    json.flag("do_pad", false));
        } catch (IllegalArgumentException e) {
            throw new KarutaException(
                    json.where() + " asks for " + e.getMessage() + ".",
                    "Images are resized to at least the size of the crop, with 3 channels.",
                    e);
        }
    }

    /** A number stands for the shorter side, in old files. */
    private static Size size(Json json) {
        var size = json.isObject("size") ? json.object("size") : Optional.<Json>empty();
        if (size.isPresent() && !size.get().has("shortest_edge")) {
            return new Size.Exact(side(json, "size", "width"), side(json, "size", "height"));
        }
        return new Size.Shortest(side(json, "size", "shortest_edge"));
    }

    private static int side(Json json, String key, String part) {
        return json.isObject(key)
                ? json.object(key).orElseThrow().whole(part, 224, 1, MAX_SIDE)
                : json.whole(key, 224, 1, MAX_SIDE);
    }

    /** The same, with or without padding to a square. */
    public ImageProcessor padding(boolean pad) {
        return new ImageProcessor(size, width, height, scale, mean, deviation, pad);
    }

    /**
     * A model's input.
     *
     * @return {@code [3, height, width]}, row by row
     * @throws KarutaException if the padded image would be too large
     */
    public float[] process(Pixels image) {
        var rgb = crop(image).rgb();
        var plane = width * height;
        var result = new float[3 * plane];
        for (var channel = 0; channel < 3; channel++) {
            var values = values(channel);
            for (var i = 0; i < plane; i++) {
                result[channel * plane + i] = values[rgb[3 * i + channel] & 255];
            }
        }
        return result;
    }

    /** The part of the resized image that the model will see, in 8 bits. */
    public Pixels crop(Pixels image) {
        var whole = pad ? Square.pad(image, mean) : image;
        var resized = resized(whole.width(), whole.height());
        var window = new Bicubic.Window((resized.width - width) / 2, (resized.height - height) / 2, width, height);
        return Bicubic.resize(whole, resized.width, resized.height, window);
    }

    private record Area(long width, long height) {}

    private Area resized(int w, int h) {
        if (size instanceof Size.Exact exact) {
            return new Area(exact.width, exact.height);
        }
        var edge = ((Size.Shortest) size).edge;
        var longest = (long) ((double) ((long) edge * Math.max(w, h)) / Math.min(w, h));
        return w <= h ? new Area(edge, longest) : new Area(longest, edge);
    }

    /** In single precision from the scaled value on, like Transformers. */
    private float[] values(int channel) {
        var values = new float[256];
        var mean = this.mean.get(channel).floatValue();
        var deviation = this.deviation.get(channel).floatValue();
        for (var i = 0; i < 256; i++) {
            values[i] = ((float) (i * scale) - mean) / deviation;
        }
        return values;
    }
}
