package karuta.tiny;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import karuta.api.RandomStream;
import karuta.bench.cards.Directive;
import karuta.bench.cards.Words;
import karuta.lmm.text.Tokenizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VocabularyTest {

    private static final String[] PARTS = {
        "red",
        "what",
        "the",
        " ",
        "  ",
        "?",
        "3",
        "42",
        "0.33",
        "3.14",
        ".",
        "[",
        ",",
        "K",
        "é",
        "日本",
        "\uD83C\uDF6A",
        "\n",
        "\t",
        "\u00A0",
        "e\u0301",
        "redred",
        "Ünicode",
        "\u0000",
        "<0x41>",
        "USER:"
    };

    private final Vocabulary vocabulary = new Vocabulary();

    @TempDir
    private Path folder;

    @Test
    void everyWordOfTheWorldIsOneToken() {
        for (var word : Words.all()) {
            assertEquals(List.of(vocabulary.word(word)), vocabulary.encode(word), word);
        }
    }

    @Test
    void textsOfTheWorldAreTokenisedByWords() {
        assertEquals(7, vocabulary.encode("what is at the top left?").size());
        assertEquals(9, vocabulary.encode("[0.33,0.00,0.67,0.33]").size());
    }

    @Test
    void unknownWordsBecomeBytes() {
        assertEquals(vocabulary.spell("zebra"), vocabulary.encode("zebra"));
        assertEquals(1 + "zebra".length(), vocabulary.encode("zebra").size());
        assertEquals(1 + 6, vocabulary.encode("日本").size());
    }

    @Test
    void everyDirectiveHasTokensThatNoTextHas() {
        for (var directive : Directive.values()) {
            assertEquals(2, vocabulary.tokens(directive).size());
            for (var token : vocabulary.tokens(directive)) {
                assertEquals(directive, vocabulary.directive(token).orElseThrow());
                assertTrue(!vocabulary.fillers().contains(token));
            }
        }
        var spelledOut = vocabulary.encode("<" + Directive.BOX.name().toLowerCase() + "-1>");
        assertTrue(spelledOut.stream()
                .allMatch(token -> vocabulary.directive(token).isEmpty()));
    }

    @Test
    void theWrittenTokenizerCutsTextsTheSameWayAndGivesThemBack() throws IOException {
        write(TokenizerFile.of(vocabulary, false));
        try (var tokenizer = Tokenizer.open(folder)) {
            for (var text : texts()) {
                var ids = tokenizer.encode(text, false);
                assertArrayEquals(longs(vocabulary.encode(text)), ids, text);
                assertEquals(text, tokenizer.decode(ids, true));
            }
            assertEquals(vocabulary.size(), tokenizer.size());
        }
    }

    @Test
    void theWrittenTokenizersFrameTextsAsTheModelsNeedIt() throws IOException {
        write(TokenizerFile.of(vocabulary, false));
        try (var tokenizer = Tokenizer.open(folder)) {
            var expected = List.of(
                    Vocabulary.BOS,
                    Vocabulary.IMAGE,
                    vocabulary.word("read"),
                    vocabulary.word("the"),
                    vocabulary.word("text"),
                    Vocabulary.ANSWER);
            assertArrayEquals(longs(expected), tokenizer.encode("<image>read the text<ans>", true));
        }
        write(TokenizerFile.of(vocabulary, true));
        try (var tokenizer = Tokenizer.open(folder)) {
            var expected = List.of(Vocabulary.BOS, vocabulary.word("red"), Vocabulary.EOS);
            assertArrayEquals(longs(expected), tokenizer.encode("red", true));
        }
    }

    private void write(JsonObject json) throws IOException {
        Files.writeString(folder.resolve("tokenizer.json"), json.toString());
    }

    private static List<String> texts() {
        var texts = new ArrayList<String>();
        for (var i = 0; i < 2000; i++) {
            var draws = RandomStream.of(i, "test");
            var text = new StringBuilder();
            IntStream.range(1, 2 + draws.below(12, 0)).forEach(j -> text.append(PARTS[draws.below(PARTS.length, j)]));
            texts.add(text.toString());
        }
        texts.add("");
        return texts;
    }

    private static long[] longs(List<Integer> tokens) {
        return tokens.stream().mapToLong(Integer::longValue).toArray();
    }
}
