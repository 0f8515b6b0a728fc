package karuta.lmm.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import karuta.api.Query;
import karuta.api.Turn;
import karuta.lmm.Toy;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LlavaPromptTokenizerTest {

    private static final Path TEXTS = Path.of("test", "fixtures", "texts");
    private static final String QUESTION = "What is on the left?\nAnswer the question using a single word or phrase.";

    private static Tokenizer tokenizer;

    @TempDir
    private Path folder;

    @BeforeAll
    static void open() {
        tokenizer = Tokenizer.open(TEXTS.resolve("llama"));
    }

    @AfterAll
    static void close() {
        tokenizer.close();
    }

    @Test
    void theTemplatesAreThoseOfLlava() {
        assertEquals(
                "A chat between a curious user and an artificial intelligence assistant. The assistant gives helpful, "
                        + "detailed, and polite answers to the user's questions. USER: <image>\nWhat? ASSISTANT:",
                ChatTemplate.VICUNA.question("What?", 1));
        assertEquals("USER: <image>\nWhat? ASSISTANT:", ChatTemplate.CHAT.question("What?", 1));
        assertEquals("USER: What? ASSISTANT:", ChatTemplate.CHAT.question("What?", 0));
        assertEquals("USER: <image>\nWhat? ASSISTANT:", ChatTemplate.CHAT.question("<image>\nWhat?", 1));
    }

    static Stream<ChatTemplate> templates() {
        return Stream.of(ChatTemplate.VICUNA, ChatTemplate.CHAT);
    }

    @ParameterizedTest
    @MethodSource("templates")
    void imagesAreExpandedAsInTheText(ChatTemplate template) {
        var image = tokenizer.idOf("<image>").getAsInt();
        for (var images = 1; images <= 3; images++) {
            var text = tokens(template, image).question(QUESTION, images);
            var expanded = template.question(QUESTION, images).replace("<image>", "<image>".repeat(16));
            assertArrayEquals(tokenizer.encode(expanded, true), text.ids());
            assertEquals(images, text.images().size());
            for (var first : text.images()) {
                assertTrue(Arrays.stream(text.ids(), first, first + 16).allMatch(id -> id == image));
                assertNotEquals(image, text.ids()[first - 1]);
            }
            assertEquals(text.ids().length, text.answer());
        }
    }

    /** As in the chat template of Hugging Face's llava-1.5-7b-hf: all images first, each with a line break. */
    @Test
    void severalImagesStandBeforeTheFirstQuestion() {
        assertEquals("USER: <image>\n<image>\nWhat? ASSISTANT:", ChatTemplate.CHAT.question("What?", 2));
        assertEquals("<image><image>What?", new ChatTemplate("<image>{instruction}").question("What?", 2));
    }

    @ParameterizedTest
    @MethodSource("templates")
    void aTokenizerWithoutTheImageTokenGivesTheSameIds(ChatTemplate template) throws IOException {
        try (var plain = withoutImageToken()) {
            var known = tokens(template, -200).question(QUESTION, 1);
            var text = new LlavaPromptTokenizer(plain, template, -200, 16, 2).question(QUESTION, 1);
            assertArrayEquals(known.ids(), text.ids());
            assertEquals(known.images(), text.images());
        }
    }

    @Test
    void anAnswerFollowsItsQuestionAndEnds() {
        var tokens = tokens(ChatTemplate.VICUNA, 500);
        var question = tokens.question(QUESTION, 1);
        var answered = tokens.answered(QUESTION, 1, " a blue umbrella ");
        assertArrayEquals(question.ids(), Arrays.copyOf(answered.ids(), answered.answer()));
        assertEquals(2, answered.ids()[answered.ids().length - 1]);
        var answer = Arrays.copyOfRange(answered.ids(), answered.answer(), answered.ids().length);
        assertEquals("a blue umbrella", tokens.text(answer));
    }

    @Test
    void anAnswerHasTheTokensThatItHasInTheWholeText() {
        var tokens = tokens(ChatTemplate.VICUNA, 500);
        var answered = tokens.answered("What?", 0, "a blue umbrella");
        var whole = ChatTemplate.VICUNA.question("What?", 0) + " a blue umbrella</s>";
        assertArrayEquals(tokenizer.encode(whole, true), answered.ids());
        assertEquals(List.of(), answered.images());
    }

    private static final Query LATER = new Query(
            List.of(),
            List.of(new Turn("What is on the left?", "a cat"), new Turn("<image>\nAnd its colour?", "It's blue.")),
            "How many men?");

    @Test
    void earlierTurnsStandInFrontAsInLlavasConversation() {
        var image = tokenizer.idOf("<image>").getAsInt();
        var text = tokens(ChatTemplate.VICUNA, image).answered(LATER, 1, "two");
        var whole = ChatTemplate.VICUNA.question("What is on the left?", 1)
                + " a cat</s>USER: And its colour? ASSISTANT: It's blue.</s>USER: How many men? ASSISTANT: two</s>";
        assertArrayEquals(tokenizer.encode(whole.replace("<image>", "<image>".repeat(16)), true), text.ids());
        var own = Arrays.copyOfRange(text.ids(), text.answer(), text.ids().length);
        assertEquals("two", tokenizer.decode(own, true).strip());
        assertEquals(tokens(ChatTemplate.VICUNA, image).question(QUESTION, 1).images(), text.images());
    }

    @Test
    void theChatTemplateDoesNotEndEarlierAnswers() {
        var image = tokenizer.idOf("<image>").getAsInt();
        var whole = "USER: What is on the left? ASSISTANT: a cat USER: And its colour? ASSISTANT: It's blue."
                + " USER: How many men? ASSISTANT:";
        assertArrayEquals(
                tokenizer.encode(whole, true),
                tokens(ChatTemplate.CHAT, image).question(LATER, 0).ids());
    }

    @Test
    void lengthsAreExactWhereTheyMatterAndNeverTooSmall() {
        var image = tokenizer.idOf("<image>").getAsInt();
        for (var template : List.of(ChatTemplate.VICUNA, ChatTemplate.CHAT, new ChatTemplate("<image>{instruction}"))) {
            var tokens = tokens(template, image);
            for (var query :
                    List.of(LATER, about(0, "ﷺ これは何ですか"), about(0, ""), about(1, "What?"), about(3, "What?"))) {
                var exact = tokens.answered(query, query.images().size(), "It's ﷺ. ");
                var length = new LlavaTokenization(tokens, 1, false).length(query, "It's ﷺ. ", 0);
                assertEquals(exact.answer(), length.question());
                assertEquals(exact.ids().length, length.whole());
                var bound = new LlavaTokenization(tokens, 100_000, false).length(query, "It's ﷺ. ", 0);
                assertTrue(bound.question() >= length.question() && bound.answer() >= length.answer());
            }
        }
    }

    private static Query about(int images, String instruction) {
        return new Query(Collections.nCopies(images, new Toy.Noise(1)), List.of(), instruction);
    }

    @Test
    void whatTheTokenizerHasNoWordsForIsCounted() {
        var tokenization = new LlavaTokenization(tokens(ChatTemplate.CHAT, 500), 100, false);
        assertEquals(0, tokenization.unknown("What is on the left?"));
        assertTrue(tokenization.unknown("これは何ですか") > 0.9);
        assertEquals(Set.of("<unk>", "<s>", "</s>", "<image>", "<pad>"), tokenization.special());
    }

    @Test
    void aSpecialTokenWithinATextIsThatTokenAsInTransformers() {
        var ids =
                tokens(ChatTemplate.CHAT, 500).question("What is </s> for?", 0).ids();
        assertEquals(1, Arrays.stream(ids).filter(id -> id == 2).count());
    }

    @Test
    void anImageMarkWithinAnAnswerIsNoImage() {
        var image = tokenizer.idOf("<image>").getAsInt();
        var text = tokens(ChatTemplate.CHAT, image).answered("What?", 1, "an <image> tag");
        assertEquals(16, Arrays.stream(text.ids()).filter(id -> id == image).count());
    }

    @Test
    void anEmptyAnswerIsTheEndAlone() {
        var answered = tokens(ChatTemplate.CHAT, 500).answered("What?", 1, "  ");
        assertEquals(answered.answer() + 1, answered.ids().length);
    }

    private static LlavaPromptTokenizer tokens(ChatTemplate template, int image) {
        return new LlavaPromptTokenizer(tokenizer, template, image, 16, 2);
    }

    private Tokenizer withoutImageToken() throws IOException {
        var json = Files.readString(TEXTS.resolve("llama").resolve("tokenizer.json"));
        Files.writeString(folder.resolve("tokenizer.json"), json.replace("\"<image>\"", "\"<other>\""));
        return Tokenizer.open(folder);
    }
}
