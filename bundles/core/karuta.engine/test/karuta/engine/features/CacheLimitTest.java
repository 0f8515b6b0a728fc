package karuta.engine.features;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import karuta.api.KarutaException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CacheLimitTest {

    private static final long MEMORY = 0;

    @TempDir
    Path cache;

    private static CacheEntry entry(float number) {
        return new CacheEntry("", List.of(new FloatTensor(new long[] {250}, filled(number))));
    }

    private static float[] filled(float number) {
        var numbers = new float[250];
        Arrays.fill(numbers, number);
        return numbers;
    }

    private static String key(int i) {
        return Hash.of("key " + i).hex();
    }

    /** Writes one file of about 1,100 bytes. */
    private void put(String model, int i, long limit) {
        try (var features = new FeatureCache(cache.resolve(model), MEMORY, new CacheLimit(limit))) {
            features.get(key(i), () -> entry(i));
        }
    }

    private boolean has(String model, int i) {
        try (var features = new FeatureCache(cache.resolve(model), MEMORY, new CacheLimit(0))) {
            return features.has(key(i));
        }
    }

    private void age(String model, long seconds) throws IOException {
        try (var files = Files.list(cache.resolve(model))) {
            for (var file : files.toList()) {
                Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(seconds)));
            }
        }
    }

    @Test
    void whatWasUsedLongestAgoGoesFirst() throws IOException {
        put("a", 1, 10_000);
        put("b", 2, 10_000);
        put("c", 3, 10_000);
        age("a", 100);
        age("b", 300);
        age("c", 200);
        has("c", 3); // uses it
        put("d", 4, 3_500);
        assertEquals(List.of(true, false, true, true), List.of(has("a", 1), has("b", 2), has("c", 3), has("d", 4)));
        age("c", 400);
        put("d", 5, 3_500);
        assertEquals(List.of(true, false), List.of(has("a", 1), has("c", 3)));
    }

    @Test
    void aStudyThatNeedsMoreKeepsWhatFits() {
        put("a", 1, 2_500);
        put("a", 2, 2_500);
        put("a", 3, 2_500);
        assertEquals(List.of(true, true, false), List.of(has("a", 1), has("a", 2), has("a", 3)));
    }

    @Test
    void whoReadsWhatAnotherProcessRemovesIsNotDisturbed() throws IOException {
        put("a", 1, 10_000);
        try (var reader = new FeatureCache(cache.resolve("a"), MEMORY, new CacheLimit(10_000))) {
            put("b", 2, 1_500);
            assertEquals(0, cache.resolve("a").toFile().list().length);
            assertEquals(
                    1f, reader.get(key(1), () -> entry(7)).features().get(0).numbers()[0]);
        }
    }

    @Test
    void itIsTheOwnersAlone() throws IOException {
        put("a", 1, 10_000);
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(cache.resolve("a"))));
        try (var files = Files.list(cache.resolve("a"))) {
            for (var file : files.toList()) {
                assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
            }
        }
    }

    @Test
    void sizesAreReadAsPeopleWriteThem() {
        assertEquals(new CacheLimit(500_000_000), CacheLimit.parse("500M"));
        assertEquals(new CacheLimit(20_000_000_000L), CacheLimit.parse("20GB"));
        assertEquals(new CacheLimit(0), CacheLimit.parse("0"));
        for (var none : List.of("-1", "1.5G", "999999999999T", "G", "9999999999999999999")) {
            assertThrows(KarutaException.class, () -> CacheLimit.parse(none), none);
        }
        var told = assertThrows(KarutaException.class, () -> CacheLimit.parse("much"))
                .getMessage();
        assertTrue(told.startsWith("KARUTA_CACHE_LIMIT is \"much\", which is no size"), told);
    }
}
