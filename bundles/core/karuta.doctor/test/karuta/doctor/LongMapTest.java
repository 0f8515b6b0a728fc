package karuta.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LongMapTest {

    @Test
    void itDoesWhatAMapDoes() {
        var random = new Random(1);
        var map = new LongMap();
        var twin = new HashMap<Long, Long>();
        for (var i = 0; i < 100_000; i++) {
            var key = 1 + random.nextLong(1 << 20) * (random.nextBoolean() ? 1L << 33 : 1);
            var value = random.nextLong();
            assertEquals(!twin.containsKey(key), map.put(key, value));
            twin.put(key, value);
        }
        assertEquals(twin.size(), map.size());
        twin.forEach((key, value) -> assertEquals(value, map.get(key).orElseThrow()));
        assertEquals(
                twin.keySet().stream().mapToLong(Long::longValue).sum(),
                map.keys().sum());
        assertFalse(map.has(-7));
    }

    @Test
    void itCounts() {
        var map = new LongMap();
        assertEquals(1, map.increment(5));
        assertEquals(2, map.increment(5));
        assertTrue(map.put(0, 3));
        assertEquals(3, map.get(0).orElseThrow());
    }
}
