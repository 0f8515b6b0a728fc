package karuta.lmm.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A few hundred nasty texts: ids and decoded texts are those of Hugging Face's tokenizers. */
class TokenizerParityTest {

    private static final Path TEXTS = Path.of("test", "fixtures", "texts");

    private static Tokenizer llama;
    private static Tokenizer clip;
    private static List<JsonObject> cases;

    @BeforeAll
    static void open() throws IOException {
        llama = Tokenizer.open(TEXTS.resolve("llama"));
        clip = Tokenizer.open(TEXTS.resolve("clip"));
        cases = new ArrayList<>();
        JsonParser.parseString(Files.readString(TEXTS.resolve("cases.json")))
                .getAsJsonArray()
                .forEach(c -> cases.add(c.getAsJsonObject()));
        assertTrue(cases.size() > 300, "the fixtures are there");
    }

    @AfterAll
    static void close() {
        llama.close();
        clip.close();
    }

    @Test
    void llamaIds() {
        for (var known : cases) {
            var text = known.get("text").getAsString();
            assertArrayEquals(ids(known, "llama"), llama.encode(text, true), text);
            assertArrayEquals(ids(known, "llama_bare"), llama.encode(text, false), text);
        }
    }

    @Test
    void llamaTexts() {
        for (var known : cases) {
            var ids = ids(known, "llama");
            assertEquals(known.get("decoded").getAsString(), llama.decode(ids, true));
            assertEquals(known.get("decoded_whole").getAsString(), llama.decode(ids, false));
        }
    }

    @Test
    void clipIds() {
        for (var known : cases) {
            var text = known.get("text").getAsString();
            assertArrayEquals(ids(known, "clip"), clip.encode(text, true), text);
        }
    }

    @Test
    void clipIdsCutTo77() {
        var tokens = new ClipTokenizer(clip, 77);
        for (var known : cases) {
            var text = known.get("text").getAsString();
            assertArrayEquals(ids(known, "clip_77"), tokens.encode(text), text);
        }
        assertTrue(cases.stream().anyMatch(c -> ids(c, "clip").length > 77), "some texts are cut");
    }

    @Test
    void specialTokensHaveIds() {
        assertEquals(OptionalInt.of(2), llama.idOf("</s>"));
        assertArrayEquals(new long[] {llama.idOf("<image>").getAsInt()}, llama.encode("<image>", false));
        assertEquals(llama.size() - 1, llama.idOf("<pad>").getAsInt());
        assertEquals(clip.size() - 1, clip.idOf("<|endoftext|>").getAsInt());
        assertEquals(OptionalInt.empty(), llama.idOf("nobody knows this"));
    }

    private static long[] ids(JsonObject known, String key) {
        JsonArray ids = known.getAsJsonArray(key);
        return StreamSupport.stream(ids.spliterator(), false)
                .mapToLong(id -> id.getAsLong())
                .toArray();
    }
}
