package karuta.doctor;

import java.util.Arrays;
import java.util.OptionalLong;
import java.util.stream.LongStream;

/** Numbers by numbers, 16 bytes each and a bit: a million of them do not show. */
final class LongMap {

    private static final int FIRST = 1 << 10;

    private long[] keys = new long[FIRST]; // 0 is free
    private long[] values = new long[FIRST];
    private int size;

    OptionalLong get(long key) {
        var at = slot(keys, key(key));
        return keys[at] == 0 ? OptionalLong.empty() : OptionalLong.of(values[at]);
    }

    boolean has(long key) {
        return get(key).isPresent();
    }

    /** Whether the key is new. */
    boolean put(long key, long value) {
        if (2 * size >= keys.length) {
            grow();
        }
        var at = slot(keys, key(key));
        var isNew = keys[at] == 0;
        size += isNew ? 1 : 0;
        keys[at] = key(key);
        values[at] = value;
        return isNew;
    }

    /** Counts up, and gives the count. */
    long increment(long key) {
        var count = 1 + get(key).orElse(0);
        put(key, count);
        return count;
    }

    int size() {
        return size;
    }

    LongStream keys() {
        return Arrays.stream(keys).filter(key -> key != 0);
    }

    private void grow() {
        var oldKeys = keys;
        var oldValues = values;
        keys = new long[2 * oldKeys.length];
        values = new long[2 * oldKeys.length];
        for (var i = 0; i < oldKeys.length; i++) {
            if (oldKeys[i] != 0) {
                var at = slot(keys, oldKeys[i]);
                keys[at] = oldKeys[i];
                values[at] = oldValues[i];
            }
        }
    }

    private static long key(long key) {
        return key == 0 ? 1 : key;
    }

    private static int slot(long[] keys, long key) {
        var at = (int) (key ^ key >>> 32) & keys.length - 1;
        while (keys[at] != 0 && keys[at] != key) {
            at = at + 1 & keys.length - 1;
        }
        return at;
    }
}
