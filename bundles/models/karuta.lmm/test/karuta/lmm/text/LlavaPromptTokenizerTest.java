package karuta.lmm.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import karuta.api.Query;
import karuta.api.Turn;
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
                ChatTemplate.VICUNA.question("What?", true));
        assertEquals("USER: <image>\nWhat? ASSISTANT:", ChatTemplate.CHAT.question("What?", true));
        assertEquals("USER: What? ASSISTANT:", ChatTemplate.CHAT.question("What?", false));
        assertEquals("USER: <image>\nWhat? ASSISTANT:", ChatTemplate.CHAT.question("<image>\nWhat?", true));
    }

    static Stream<ChatTemplate> templates() {
        return Stream.of(ChatTemplate.VICUNA, ChatTemplate.CHAT);
    }

    @ParameterizedTest
    @MethodSource("templates")
    void thePictureIsExpandedAsInTheText(ChatTemplate template) {
        var image = tokenizer.idOf("<image>").getAsInt();
        var text = tokens(template, image).question(QUESTION, true);
        var expanded = template.question(QUESTION, true).replace("<image>", "<image>".repeat(16));
        assertArrayEquals(tokenizer.encode(expanded, true), text.ids());
        assertEquals(image, text.ids()[text.picture().getAsInt()]);
        assertEquals(text.ids().length, text.answer());
    }

    @ParameterizedTest
    @MethodSource("templates")
    void aTokenizerWithoutTheImageTokenGivesTheSameIds(ChatTemplate template) throws IOException {
        var known = tokens(template, -200).question(QUESTION, true);
        try (var plain = withoutImageToken()) {
            var text = new LlavaPromptTokenizer(plain, template, -200, 16, 2).question(QUESTION, true);
            assertArrayEquals(known.ids(), text.ids());
            assertEquals(known.picture(), text.picture());
        }
    }

    @Test
    void anAnswerFollowsItsQuestionAndEnds() {
        var tokens = tokens(ChatTemplate.VICUNA, 500);
        var question = tokens.question(QUESTION, true);
        var answered = tokens.answered(QUESTION, true, " a blue umbrella ");
        assertArrayEquals(question.ids(), Arrays.copyOf(answered.ids(), answered.answer()));
        assertEquals(2, answered.ids()[answered.ids().length - 1]);
        var answer = Arrays.copyOfRange(answered.ids(), answered.answer(), answered.ids().length);
        assertEquals("a blue umbrella", tokens.text(answer));
    }

    @Test
    void anAnswerHasTheTokensThatItHasInTheWholeText() {
        var tokens = tokens(ChatTemplate.VICUNA, 500);
        var answered = tokens.answered("What?", false, "a blue umbrella");
        var whole = ChatTemplate.VICUNA.question("What?", false) + " a blue umbrella</s>";
        assertArrayEquals(tokenizer.encode(whole, true), answered.ids());
        assertEquals(OptionalInt.empty(), answered.picture());
    }

    private static final Query LATER = new Query(
            Optional.empty(),
            List.of(new Turn("What is on the left?", "a cat"), new Turn("<image>\nAnd its colour?", "It's blue.")),
            "How many men?");

    @Test
    void earlierTurnsStandInFrontAsInLlavasConversation() {
        var image = tokenizer.idOf("<image>").getAsInt();
        var text = tokens(ChatTemplate.VICUNA, image).answered(LATER, true, "two");
        var whole = ChatTemplate.VICUNA.question("What is on the left?", true)
                + " a cat</s>USER: And its colour? ASSISTANT: It's blue.</s>USER: How many men? ASSISTANT: two</s>";
        assertArrayEquals(tokenizer.encode(whole.replace("<image>", "<image>".repeat(16)), true), text.ids());
        var own = Arrays.copyOfRange(text.ids(), text.answer(), text.ids().length);
        assertEquals("two", tokenizer.decode(own, true).strip());
        assertEquals(tokens(ChatTemplate.VICUNA, image).question(QUESTION, true).picture(), text.picture());
    }

    @Test
    void theChatTemplateDoesNotEndEarlierAnswers() {
        var image = tokenizer.idOf("<image>").getAsInt();
        var whole = "USER: What is on the left? ASSISTANT: a cat USER: And its colour? ASSISTANT: It's blue."
                + " USER: How many men? ASSISTANT:";
        assertArrayEquals(
                tokenizer.encode(whole, true),
                tokens(ChatTemplate.CHAT, image).question(LATER, false).ids());
    }

    @Test
    void lengthsAreExactWhereTheyMatterAndNeverTooSmall() {
        var image = tokenizer.idOf("<image>").getAsInt();
        for (var template : List.of(ChatTemplate.VICUNA, ChatTemplate.CHAT, new ChatTemplate("<image>{instruction}"))) {
            var tokens = tokens(template, image);
            for (var query :
                    List.of(LATER, new Query(Optional.empty(), "ﷺ これは何ですか"), new Query(Optional.empty(), ""))) {
                var exact = tokens.answered(query, false, "It's ﷺ. ");
                var length = new LlavaTokenization(tokens, 1, false).length(query, "It's ﷺ. ", 0);
                assertEquals(exact.answer(), length.question());
                assertEquals(exact.ids().length, length.whole());
                var bound = new LlavaTokenization(tokens, 100_000, false).length(query, "It's ﷺ. ", 0);
                assertTrue(bound.question() >= length.question() && bound.answer() >= length.answer());
            }
        }
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
        var ids = tokens(ChatTemplate.CHAT, 500)
                .question("What is </s> for?", false)
                .ids();
        assertEquals(1, Arrays.stream(ids).filter(id -> id == 2).count());
    }

    @Test
    void aPictureMarkWithinAnAnswerIsNoPicture() {
        var image = tokenizer.idOf("<image>").getAsInt();
        var text = tokens(ChatTemplate.CHAT, image).answered("What?", true, "an <image> tag");
        assertEquals(16, Arrays.stream(text.ids()).filter(id -> id == image).count());
    }

    @Test
    void anEmptyAnswerIsTheEndAlone() {
        var answered = tokens(ChatTemplate.CHAT, 500).answered("What?", true, "  ");
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
