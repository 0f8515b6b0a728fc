package karuta.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CacheCommandTest {

    private static final String CACHE = "karuta.cache";

    @TempDir
    private Path folder;

    private final Console console = new Console();

    @BeforeEach
    void fill() throws IOException {
        System.setProperty(CACHE, folder.toString());
        Files.write(Files.createDirectories(folder.resolve("features")).resolve("a"), new byte[1234]);
    }

    @AfterEach
    void forget() {
        System.clearProperty(CACHE);
    }

    private JsonObject told(String... options) {
        var words = new String[options.length + 2];
        words[0] = "cache";
        words[1] = "--json";
        System.arraycopy(options, 0, words, 2, options.length);
        console.clear();
        assertEquals(0, console.karuta(words), console.err());
        return JsonParser.parseString(console.out()).getAsJsonObject();
    }

    @Test
    void scriptsReadHowMuchThereIsAndWhetherItWasRemoved() {
        var before = told();
        assertEquals(folder.resolve("features").toString(), before.get("folder").getAsString());
        assertEquals(1234, before.get("bytes").getAsLong());
        assertFalse(before.get("removed").getAsBoolean());
        var cleared = told("--clear");
        assertEquals(1234, cleared.get("bytes").getAsLong(), "what was there");
        assertTrue(cleared.get("removed").getAsBoolean());
        assertEquals(0, told().get("bytes").getAsLong());
    }
}
