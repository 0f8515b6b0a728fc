package karuta.bench.cards;

import karuta.api.Pixels;
import karuta.api.RandomStream;

/**
 * Paints scenes. Only exact arithmetic (no logarithms or cosines, whose last bit may differ between machines), so a
 * picture has the same bytes everywhere.
 */
public final class Renderer {

    /** Width and height of a cell, in pixels. */
    public static final int CELL = 16;

    /** Width and height of a picture, in pixels. */
    public static final int SIZE = Item.GRID * CELL;

    private static final int BLURS = 9;

    private final float[] canvas = new float[SIZE * SIZE * 3];

    private Renderer() {}

    /** Paints a scene; the draws decide the places inside the cells, the sizes, the shades and the noise. */
    public static Pixels render(Scene scene, RandomStream draws) {
        var renderer = new Renderer();
        renderer.background(scene, draws.fork("background"));
        for (var item : scene.items()) {
            renderer.put(item, draws.fork("item").fork(item.cell()));
        }
        if (scene.blurred()) {
            for (var i = 0; i < BLURS; i++) {
                renderer.blur();
            }
        }
        return renderer.develop(draws.fork("grain"));
    }

    private void background(Scene scene, RandomStream draws) {
        var level = scene.tone().level();
        var contrast = level < 128 ? 30 : -30;
        for (var y = 0; y < SIZE; y++) {
            for (var x = 0; x < SIZE; x++) {
                var noise = scene.style() == Style.NOISY ? 22 * bell(draws.fork("noise"), y * SIZE + x) : 0;
                var tile = scene.style() == Style.CHECKERED && (y / 4 + x / 4) % 2 == 1 ? contrast : 0;
                var frame = scene.style() == Style.FRAMED && Math.min(Math.min(x, y), SIZE - 1 - Math.max(x, y)) < 2;
                for (var c = 0; c < 3; c++) {
                    var tint = shade(draws, c);
                    canvas[(y * SIZE + x) * 3 + c] = frame ? level + 3 * contrast : level + tint + noise + tile;
                }
            }
        }
    }

    private void put(Item item, RandomStream draws) {
        var bitmap = Bitmap.of(item.thing(), draws.below(2, 3));
        var top = item.row() * CELL + draws.below(CELL - bitmap.height() + 1, 4);
        var left = item.column() * CELL + draws.below(CELL - bitmap.width() + 1, 5);
        for (var y = 0; y < bitmap.height(); y++) {
            for (var x = 0; x < bitmap.width(); x++) {
                for (var c = 0; c < 3 && bitmap.covers(x, y); c++) {
                    canvas[((top + y) * SIZE + left + x) * 3 + c] = item.color().channel(c) + shade(draws, c);
                }
            }
        }
    }

    /** The mean of each pixel and its four neighbours; the edge is its own neighbour. */
    private void blur() {
        var sharp = canvas.clone();
        for (var y = 0; y < SIZE; y++) {
            var up = Math.max(0, y - 1) * SIZE;
            var down = Math.min(SIZE - 1, y + 1) * SIZE;
            for (var x = 0; x < SIZE; x++) {
                var left = y * SIZE + Math.max(0, x - 1);
                var right = y * SIZE + Math.min(SIZE - 1, x + 1);
                for (var c = 0; c < 3; c++) {
                    var i = (y * SIZE + x) * 3 + c;
                    canvas[i] = (sharp[(up + x) * 3 + c]
                                    + sharp[(down + x) * 3 + c]
                                    + sharp[left * 3 + c]
                                    + sharp[right * 3 + c]
                                    + sharp[i])
                            / 5;
                }
            }
        }
    }

    private Pixels develop(RandomStream draws) {
        var rgb = new byte[canvas.length];
        for (var i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) Math.max(0, Math.min(255, canvas[i] + 4 * bell(draws, i)));
        }
        return new Pixels(SIZE, SIZE, rgb);
    }

    /** From -12 to 12. */
    private static float shade(RandomStream draws, int i) {
        return (float) (24 * draws.uniform(i) - 12);
    }

    /** Nearly normal, mean 0 and variance 1: the sum of four uniform bytes. */
    private static float bell(RandomStream draws, int i) {
        var bits = draws.bits(i);
        var sum = (bits & 255) + (bits >>> 8 & 255) + (bits >>> 16 & 255) + (bits >>> 24 & 255);
        return (sum - 510) / 147.8f;
    }
}
