package karuta.lmm.tokenizer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import karuta.lmm.text.Tokenizer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is published passes the checks, and its ids are those of Hugging Face's tokenizers. */
class TokenizerKindsTest {

    @ParameterizedTest
    @ValueSource(strings = {"gpt2", "qwen", "llama3", "smol", "bert", "t5", "metaspace", "words"})
    void idsAndTextsAreThoseOfTheReference(String kind) throws IOException {
        var folder = Path.of("test", "fixtures", "tokenizers", kind);
        try (var tokenizer = Tokenizer.open(folder)) {
            for (var element : JsonParser.parseString(Files.readString(folder.resolve("cases.json")))
                    .getAsJsonArray()) {
                var known = element.getAsJsonObject();
                var ids = known.getAsJsonArray("ids").asList().stream()
                        .mapToLong(id -> id.getAsLong())
                        .toArray();
                assertArrayEquals(ids, tokenizer.encode(known.get("text").getAsString(), true));
                assertEquals(known.get("decoded").getAsString(), tokenizer.decode(ids, true));
            }
        }
    }
}
