package karuta.bench.score.ctb;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The likeness of two texts by Ratcliff and Obershelp, as Python's difflib computes it: twice the characters in common
 * blocks, longest block first, divided by all. In a second text of 200 characters or more, those that are more than a
 * hundredth of it begin no block (autojunk).
 */
final class SequenceMatcher {

    private static final int LONG = 200;

    private final int[] left;
    private final int[] right;
    private final Map<Integer, List<Integer>> places = new HashMap<>();

    private SequenceMatcher(int[] left, int[] right) {
        this.left = left;
        this.right = right;
        for (var j = 0; j < right.length; j++) {
            places.computeIfAbsent(right[j], character -> new ArrayList<>()).add(j);
        }
        if (right.length >= LONG) {
            places.values().removeIf(found -> found.size() > right.length / 100 + 1);
        }
    }

    /** From 0 to 1; which text comes first can matter. */
    static double ratio(String first, String second) {
        var matcher = new SequenceMatcher(
                first.codePoints().toArray(), second.codePoints().toArray());
        var all = matcher.left.length + matcher.right.length;
        return all == 0 ? 1 : 2.0 * matcher.common(0, matcher.left.length, 0, matcher.right.length) / all;
    }

    private record Block(int i, int j, int size) {}

    private int common(int fromLeft, int toLeft, int fromRight, int toRight) {
        if (fromLeft >= toLeft || fromRight >= toRight) {
            return 0;
        }
        var block = longest(fromLeft, toLeft, fromRight, toRight);
        return block.size == 0
                ? 0
                : block.size
                        + common(fromLeft, block.i, fromRight, block.j)
                        + common(block.i + block.size, toLeft, block.j + block.size, toRight);
    }

    /** Of several the first in the first text, of these the first in the second. */
    private Block longest(int fromLeft, int toLeft, int fromRight, int toRight) {
        var best = new Block(fromLeft, fromRight, 0);
        var lengths = new HashMap<Integer, Integer>();
        for (var i = fromLeft; i < toLeft; i++) {
            var next = new HashMap<Integer, Integer>();
            for (var j : places.getOrDefault(left[i], List.of())) {
                if (j < fromRight) {
                    continue;
                }
                if (j >= toRight) {
                    break;
                }
                var length = lengths.getOrDefault(j - 1, 0) + 1;
                next.put(j, length);
                if (length > best.size) {
                    best = new Block(i - length + 1, j - length + 1, length);
                }
            }
            lengths = next;
        }
        return extended(best, fromLeft, toLeft, fromRight, toRight);
    }

    /** Characters that begin no block may still lengthen one. */
    private Block extended(Block block, int fromLeft, int toLeft, int fromRight, int toRight) {
        var i = block.i;
        var j = block.j;
        var size = block.size;
        while (i > fromLeft && j > fromRight && left[i - 1] == right[j - 1]) {
            i--;
            j--;
            size++;
        }
        while (i + size < toLeft && j + size < toRight && left[i + size] == right[j + size]) {
            size++;
        }
        return new Block(i, j, size);
    }
}
