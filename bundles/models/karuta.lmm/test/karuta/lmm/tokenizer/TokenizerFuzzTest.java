package karuta.lmm.tokenizer;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import karuta.api.KarutaException;
import karuta.lmm.text.Tokenizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Several hundred broken and hostile files, and more with {@code -Dkaruta.fuzz=20000}: each is refused with its name, or
 * it works. Whatever gets past the checks meets the native library, which would take the JVM, and so this test, with it.
 */
class TokenizerFuzzTest {

    private static final int FILES = Integer.getInteger("karuta.fuzz", 400);
    private static final int FIRST = Integer.getInteger("karuta.fuzz.first", 0);
    private static final Path FIXTURES = Path.of("test", "fixtures");

    private static final List<Path> GOOD = List.of(
            FIXTURES.resolve("texts/llama"),
            FIXTURES.resolve("texts/clip"),
            FIXTURES.resolve("tokenizers/gpt2"),
            FIXTURES.resolve("tokenizers/llama3"),
            FIXTURES.resolve("tokenizers/smol"),
            FIXTURES.resolve("tokenizers/bert"),
            FIXTURES.resolve("tokenizers/t5"),
            FIXTURES.resolve("tokenizers/metaspace"),
            FIXTURES.resolve("tokenizers/words"));

    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "a",
            "A photo of 2 cats.\n\nWhat's this?  ",
            "\0\t\u00ad\u200d\ufeff e\u0301\u0323 ﬁ½ 日本 שלום 😀👩‍👧 \ud800",
            "<image></s><s><|end|>[SEP]x",
            "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!",
            " ".repeat(5000) + "b" + "\n".repeat(5000));

    @TempDir
    private Path folder;

    @Test
    void everyFileIsRefusedOrWorks() throws IOException {
        var refused = 0;
        for (var i = FIRST; i < FIRST + FILES; i++) {
            var good = Files.readAllBytes(GOOD.get(i % GOOD.size()).resolve("tokenizer.json"));
            Files.write(folder.resolve("tokenizer.json"), new Mutations(good, new Random(i)).next());
            refused += isRefused(i) ? 1 : 0;
        }
        System.getLogger("fuzz").log(System.Logger.Level.INFO, refused + " of " + FILES + " refused");
        assertTrue(refused > FILES / 3 && refused < FILES, refused + " of " + FILES + " files were refused");
    }

    private boolean isRefused(int seed) {
        try (var tokenizer = Tokenizer.open(folder)) {
            for (var text : TEXTS) {
                var ids = tokenizer.encode(text, true);
                tokenizer.encode(text, false);
                tokenizer.decode(ids, false);
                tokenizer.decode(LongStream.of(ids).sorted().limit(3).toArray(), true);
            }
            tokenizer.decode(new long[] {}, true);
            tokenizer.decode(new long[] {1 << 23, 0, tokenizer.size() - 1L}, false);
            return false;
        } catch (KarutaException e) {
            assertTrue(
                    e.getMessage().contains("Cannot use " + folder.resolve("tokenizer.json") + ": "),
                    () -> "seed " + seed + ": " + e.getMessage());
            return true;
        }
    }
}
