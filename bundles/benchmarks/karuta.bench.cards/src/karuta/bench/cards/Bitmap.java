package karuta.bench.cards;

import java.util.Map;

/**
 * The pixels that a thing covers.
 *
 * @param width in pixels
 * @param height in pixels
 * @param covered row by row
 */
record Bitmap(int width, int height, boolean[] covered) {

    private static final int[] SIZES = {9, 13};

    private static final Map<ObjectType, String> LETTERS = Map.of(
            ObjectType.K, "#...# #..#. #.#.. ##... #.#.. #..#. #...#",
            ObjectType.L, "#.... #.... #.... #.... #.... #.... #####",
            ObjectType.N, "#...# ##..# #.#.# #..## #...# #...# #...#",
            ObjectType.P, "####. #...# #...# ####. #.... #.... #....",
            ObjectType.T, "##### ..#.. ..#.. ..#.. ..#.. ..#.. ..#..",
            ObjectType.U, "#...# #...# #...# #...# #...# #...# .###.",
            ObjectType.X, "#...# #...# .#.#. ..#.. .#.#. #...# #...#",
            ObjectType.Z, "##### ....# ...#. ..#.. .#... #.... #####");

    private static final Map<ObjectType, String> SPRITES = Map.of(
            ObjectType.CAT, "#....# ###### #.##.# ###### .####. ..##..",
            ObjectType.CRAB, "#....# #.##.# .####. ##..## .####. #....#",
            ObjectType.CAR, ".####. .#..#. ###### #.##.# ###### #....#",
            ObjectType.ROCKET, "..##.. .####. .#..#. .#..#. ###### #.##.#",
            ObjectType.TREE, "..##.. .####. ###### ###### ..##.. ..##..",
            ObjectType.FLOWER, ".#..#. #.##.# .#..#. ..##.. .#..#. ..##..",
            ObjectType.FORK, "#.##.# #.##.# ###### ..##.. ..##.. ..##..",
            ObjectType.HOURGLASS, "###### .####. ..##.. ..##.. .####. ######");

    /** The small (0) or the large (1) picture of a thing; only shapes have two. */
    static Bitmap of(ObjectType thing, int size) {
        return switch (thing.group()) {
            case SHAPE -> shape(thing, SIZES[size]);
            case LETTER -> doubled(LETTERS.get(thing));
            case SPRITE -> doubled(SPRITES.get(thing));
        };
    }

    boolean covers(int x, int y) {
        return covered[y * width + x];
    }

    private static Bitmap shape(ObjectType thing, int size) {
        var bitmap = new Bitmap(size, size, new boolean[size * size]);
        var center = (size - 1) / 2.0;
        for (var i = 0; i < size * size; i++) {
            var dx = (i % size - center) / (size / 2.0);
            var dy = (i / size - center) / (size / 2.0);
            var r = dx * dx + dy * dy;
            bitmap.covered[i] = switch (thing) {
                case CIRCLE -> r <= 1;
                case SQUARE -> true;
                case TRIANGLE -> Math.abs(dx) <= (dy + 1) / 2 + 0.05;
                case CROSS -> Math.abs(dx) < 0.34 || Math.abs(dy) < 0.34;
                case RING -> r <= 1 && r >= 0.25;
                case BAR -> Math.abs(dy) < 0.4;
                default -> throw new IllegalArgumentException(thing + " is no shape");
            };
        }
        return bitmap;
    }

    private static Bitmap doubled(String drawing) {
        var rows = drawing.split(" ");
        var width = 2 * rows[0].length();
        var height = 2 * rows.length;
        var covered = new boolean[width * height];
        for (var i = 0; i < covered.length; i++) {
            covered[i] = rows[i / width / 2].charAt(i % width / 2) == '#';
        }
        return new Bitmap(width, height, covered);
    }
}
