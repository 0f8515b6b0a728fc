package karuta.picture;

import static karuta.picture.TiffDirectory.COLORS;
import static karuta.picture.TiffDirectory.HEIGHT;
import static karuta.picture.TiffDirectory.ORIENTATION;
import static karuta.picture.TiffDirectory.ROWS;
import static karuta.picture.TiffDirectory.STRIP_LENGTHS;
import static karuta.picture.TiffDirectory.STRIP_OFFSETS;
import static karuta.picture.TiffDirectory.TILE_HEIGHT;
import static karuta.picture.TiffDirectory.TILE_LENGTHS;
import static karuta.picture.TiffDirectory.TILE_OFFSETS;
import static karuta.picture.TiffDirectory.TILE_WIDTH;
import static karuta.picture.TiffDirectory.WIDTH;
import static karuta.picture.TiffDirectory.XMP;

import java.util.Optional;

/**
 * TIFF 6.0: the first page, in strips or tiles, as Pillow reads it, and as it turns it: for good. The JDK's reader fills up
 * what is missing, and makes other colours of 16-bit grey, CMYK and palettes.
 */
final class TiffReader implements PictureReader {

    @Override
    public Stored read(byte[] file) {
        var tags = TiffDirectory.of(file);
        var size = Size.of(tags.number(WIDTH, 0), tags.number(HEIGHT, 0));
        var format = TiffFormat.of(tags);
        var data = TiffData.of(tags, format);
        var strips = tags.has(STRIP_OFFSETS);
        var width = strips ? size.width() : tags.number(TILE_WIDTH, 0);
        var height = strips ? Math.min(tags.number(ROWS, size.height()), size.height()) : tags.number(TILE_HEIGHT, 0);
        var tile = Size.of(width, height);
        var offsets = tags.values(strips ? STRIP_OFFSETS : TILE_OFFSETS);
        var lengths = tags.values(strips ? STRIP_LENGTHS : TILE_LENGTHS);
        var across = (size.width() + tile.width() - 1) / tile.width();
        var down = (size.height() + tile.height() - 1) / tile.height();
        var planes = format.planes() ? format.samples() : 1;
        if (offsets.length != (long) across * down * planes) {
            throw new BadPicture("it has " + offsets.length + " parts, not " + (long) across * down * planes);
        }
        data.requirePlausible(size);
        var pixels = new TiffPixels(size, format);
        for (var i = 0; i < offsets.length; i++) {
            var x = i % across * tile.width();
            var y = i / across % down * tile.height();
            var seenRows = Math.min(tile.height(), size.height() - y);
            var rows = strips ? seenRows : data.compressed() ? tile.height() : seenRows;
            var length = i < lengths.length ? Optional.of(lengths[i]) : Optional.<Long>empty();
            var seen = Math.min(tile.width(), size.width() - x);
            var bytes = data.read(offsets[i], length, tile.width(), rows, seen);
            var stride = (int) format.bytes(tile.width());
            for (var row = 0; row < seenRows; row++) {
                pixels.take(x, y + row, seen, i / (across * down), bytes, row * stride);
            }
        }
        return orientation(tags).apply(pixels.picture(tags.values(COLORS)));
    }

    private static Orientation orientation(TiffDirectory tags) {
        return tags.has(ORIENTATION)
                ? Orientation.of((int) Math.min(9, tags.number(ORIENTATION, 1)))
                : Exif.orientation(Optional.empty(), tags.bytes(XMP));
    }
}
