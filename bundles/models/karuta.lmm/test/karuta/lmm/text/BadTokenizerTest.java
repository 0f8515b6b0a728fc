package karuta.lmm.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import karuta.api.KarutaException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BadTokenizerTest {

    private static final Path LLAMA = Path.of("test", "fixtures", "texts", "llama");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "[]", "no json", "{\"model\": {\"type\": \"BPE\"}}", "{\"added_tokens\": 3}"})
    void aBrokenFileIsRefused(String json) throws IOException {
        Files.writeString(folder.resolve("tokenizer.json"), json);
        refuse();
    }

    @Test
    void aMissingFileIsNamed() {
        refuse();
    }

    private void refuse() {
        var error = assertThrows(KarutaException.class, () -> Tokenizer.open(folder));
        assertTrue(error.getMessage().contains("Cannot use " + folder.resolve("tokenizer.json")), error.getMessage());
    }

    @Test
    void aTokenizerOfAnotherModelIsNoticed() {
        try (var tokenizer = Tokenizer.open(LLAMA)) {
            tokenizer.requireWithin(tokenizer.size());
            var error = assertThrows(KarutaException.class, () -> tokenizer.requireWithin(tokenizer.size() - 1));
            assertTrue(error.getMessage().contains("has " + tokenizer.size() + " tokens"), error.getMessage());
        }
    }

    @Test
    void longTextsAreNotTruncated() {
        try (var tokenizer = Tokenizer.open(LLAMA)) {
            assertEquals(20_001, tokenizer.encode("\n".repeat(19_999), true).length);
        }
    }

    @Test
    void anImmenseTextIsRefused() {
        try (var tokenizer = Tokenizer.open(LLAMA)) {
            assertThrows(KarutaException.class, () -> tokenizer.encode("x".repeat((1 << 20) + 1), true));
        }
    }

    @Test
    void halfASurrogatePairIsReplaced() {
        try (var tokenizer = Tokenizer.open(LLAMA)) {
            assertArrayEquals(tokenizer.encode("a\uFFFDb😀\uFFFD", true), tokenizer.encode("a\uD800b😀\uDC00", true));
        }
    }
}
