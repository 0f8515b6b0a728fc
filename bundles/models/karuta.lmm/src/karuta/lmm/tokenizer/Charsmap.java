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
 * step may lead out of it. An ASCII letter or digit becomes something that starts with one, or with no ASCII character.
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

    /** Goes to every node of the trie, and again to those behind a letter. */
    private void walk() {
        var start = offset(0, units[0]);
        requireInside(start);
        var letters = new ArrayDeque<Integer>();
        var others = new ArrayDeque<Integer>();
        for (var c = 1; c < BYTES; c++) {
            child((int) start, c, isLetter(c), isLetter(c) ? letters : others);
        }
        walk(letters, true);
        walk(others, false);
    }

    private void walk(ArrayDeque<Integer> nodes, boolean letter) {
        var seen = new BitSet();
        while (!nodes.isEmpty()) {
            var node = nodes.remove();
            if (!seen.get(node)) {
                seen.set(node);
                for (var c = 1; c < BYTES; c++) {
                    child(node, c, letter, nodes);
                }
            }
        }
    }

    private void child(int node, int c, boolean letter, ArrayDeque<Integer> nodes) {
        var child = node ^ c;
        if ((units[child] & 0x800000FF) == c) {
            var next = offset(child, units[child]);
            requireInside(next);
            if ((units[child] >>> 8 & 1) == 1) {
                requireValue((int) next, letter);
            }
            nodes.add((int) next);
        }
    }

    private static boolean isLetter(int c) {
        return c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z';
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

    private void requireValue(int node, boolean letter) {
        var value = units[node] & Integer.MAX_VALUE;
        if (value > replacements.length || value < replacements.length && (replacements[value] & 0xC0) == 0x80) {
            throw unreadable(step, "its trie leads to " + value + " of " + replacements.length + " bytes of texts");
        }
        if (letter && (value == replacements.length || replacements[value] >= 0 && !isLetter(replacements[value]))) {
            throw unreadable(step, "it takes letters or digits away");
        }
    }
}
