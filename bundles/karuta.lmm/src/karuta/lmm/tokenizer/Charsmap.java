package karuta.lmm.tokenizer;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.BitSet;
import karuta.api.KarutaException;
import karuta.lmm.config.Json;

/**
 * SentencePiece's table of replacements: in base64, the size of a trie in bytes, the trie as a double array of 32-bit
 * units (darts-clone), and the replacements in UTF-8, each ended by a zero byte. Whatever text is looked up in it, no
 * step may lead out of it.
 */
final class Charsmap {

    private static final int BYTES = 256;

    private final int[] units;
    private final byte[] replacements;
    private final Json step;

    private Charsmap(int[] units, byte[] replacements, Json step) {
        this.units = units;
        this.replacements = replacements;
        this.step = step;
    }

    static void check(Json step, String base64) {
        var bytes = decoded(step, base64);
        if (bytes.remaining() < Integer.BYTES) {
            throw unreadable(step, "it has " + bytes.remaining() + " bytes");
        }
        var trie = Integer.toUnsignedLong(bytes.getInt());
        if (trie % Integer.BYTES != 0 || trie > bytes.remaining() || trie < Integer.BYTES * BYTES) {
            throw unreadable(step, "its trie has " + trie + " of " + bytes.remaining() + " bytes");
        }
        var units = new int[(int) trie / Integer.BYTES];
        bytes.asIntBuffer().get(units);
        var replacements = new byte[bytes.remaining() - (int) trie];
        bytes.position(bytes.position() + (int) trie).get(replacements);
        requireText(step, replacements);
        new Charsmap(units, replacements, step).walk();
    }

    private static ByteBuffer decoded(Json step, String base64) {
        try {
            return ByteBuffer.wrap(Base64.getDecoder().decode(base64)).order(ByteOrder.LITTLE_ENDIAN);
        } catch (IllegalArgumentException e) {
            throw unreadable(step, "it is no base64 (" + e.getMessage() + ")");
        }
    }

    private static void requireText(Json step, byte[] replacements) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(replacements));
        } catch (CharacterCodingException e) {
            throw unreadable(step, "its replacements are not UTF-8");
        }
    }

    private static KarutaException unreadable(Json step, String why) {
        return step.broken("has a precompiled_charsmap that cannot be read: " + why);
    }

    /** Goes to every node of the trie. */
    private void walk() {
        var seen = new BitSet();
        var nodes = new ArrayDeque<Integer>();
        enter(offset(0, units[0]), seen, nodes);
        while (!nodes.isEmpty()) {
            var node = nodes.remove();
            for (var c = 1; c < BYTES; c++) {
                var child = node ^ c;
                if ((units[child] & 0x800000FF) == c) {
                    var next = offset(child, units[child]);
                    if ((units[child] >>> 8 & 1) == 1) {
                        requireValue(next);
                    }
                    enter(next, seen, nodes);
                }
            }
        }
    }

    private void enter(long node, BitSet seen, ArrayDeque<Integer> nodes) {
        requireInside(node);
        if (!seen.get((int) node)) {
            seen.set((int) node);
            nodes.add((int) node);
        }
    }

    /** Where a unit's children are, combined with their letters. */
    private static long offset(int node, int unit) {
        return node ^ (Integer.toUnsignedLong(unit) >>> 10 << ((unit & 1 << 9) >>> 6));
    }

    /** All 255 children can be looked at. */
    private void requireInside(long node) {
        if ((node | BYTES - 1) >= units.length) {
            throw unreadable(step, "its trie leads to " + node + " of " + units.length + " units");
        }
    }

    private void requireValue(long node) {
        requireInside(node);
        var value = units[(int) node] & Integer.MAX_VALUE;
        if (value > replacements.length || value < replacements.length && (replacements[value] & 0xC0) == 0x80) {
            throw unreadable(step, "its trie leads to " + value + " of " + replacements.length + " bytes of texts");
        }
    }
}
