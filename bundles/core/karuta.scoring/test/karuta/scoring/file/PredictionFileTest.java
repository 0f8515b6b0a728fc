package karuta.scoring.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import karuta.api.KarutaException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PredictionFileTest {

    private static final String LLAVA = """
            {"question_id": 11, "prompt": "What is red?", "text": "ball", "answer_id": "x", "model_id": "m", "metadata": {}}
            {"question_id": "a-12", "prompt": "And blue?", "text": "", "answer_id": "y", "model_id": "m", "metadata": {}}
            """;

    @TempDir
    private Path folder = Path.of("");

    private static GivenAnswer answer(String id, String text) {
        return new GivenAnswer(
                Optional.of(id).filter(it -> !it.isEmpty()),
                text,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                OptionalInt.empty());
    }

    private static GivenAnswer with(GivenAnswer a, String prompt, String image, String reference) {
        return new GivenAnswer(
                a.id(),
                a.text(),
                Optional.of(prompt).filter(it -> !it.isEmpty()),
                Optional.of(image).filter(it -> !it.isEmpty()),
                reference.isEmpty() ? List.of() : List.of(reference),
                a.task(),
                a.stage());
    }

    private Path write(String text) {
        try {
            return Files.writeString(folder.resolve("predictions"), text);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<GivenAnswer> read(Path file) {
        var answers = new ArrayList<GivenAnswer>();
        PredictionFile.open(file).each(answers::add);
        return answers;
    }

    private void is(Form form, String text, GivenAnswer... answers) {
        var file = write(text);
        assertEquals(form, PredictionFile.open(file).form());
        assertEquals(List.of(answers), read(file));
    }

    private String told(String text) {
        return refusal(write(text));
    }

    private static String refusal(Path file) {
        return assertThrows(KarutaException.class, () -> read(file)).getMessage();
    }

    @Test
    void linesOfLlava() {
        is(
                Form.LLAVA,
                LLAVA,
                with(answer("11", "ball"), "What is red?", "", ""),
                with(answer("a-12", ""), "And blue?", "", ""));
    }

    @Test
    void arraysOfGqa() {
        is(
                Form.GQA,
                "[{\"questionId\": \"20\", \"prediction\": \"yes\"}, {\"questionId\": \"21\", \"prediction\": \"no\"}]",
                answer("20", "yes"),
                answer("21", "no"));
    }

    @Test
    void resultsOfCoco() {
        is(Form.COCO, "[{\"image_id\": 1, \"caption\": \"a cat\"}]", answer("1", "a cat"));
    }

    @Test
    void pairsInOrder() {
        is(Form.PAIRS, "[{\"pred\": \"A\", \"ground_truth\": \"B\"}]", with(answer("", "A"), "", "", "B"));
    }

    @Test
    void detailsOfDcl() {
        is(
                Form.DCL,
                "{\"question\": \"q\", \"pred\": \"no\", \"ground_truth\": \"yes\", \"image\": \"RS/1.png\", \"score\": 0}\n",
                with(answer("", "no"), "q", "RS/1.png", "yes"));
    }

    @Test
    void rightAndWrongAnswersOfScienceqa() {
        is(Form.SCIENCEQA, """
                {"correct": [{"question_id": "4", "parsed_ans": "A", "ground_truth": "A", "question": "q", "pred": "A",
                              "is_multimodal": true}],
                 "incorrect": [{"question_id": "5", "parsed_ans": "B", "ground_truth": "C", "question": "r", "pred": "B.",
                              "is_multimodal": false}]}
                """, with(answer("4", "A"), "q", "", "A"), with(answer("5", "B."), "r", "", "C"));
    }

    @Test
    void answersOfScienceqaById() {
        is(
                Form.OUTPUTS,
                "{\"acc\": 50.0, \"correct\": 1, \"count\": 2, \"results\": {\"4\": 0, \"5\": -1},"
                        + " \"outputs\": {\"4\": \"A\", \"5\": \"(B)\"}}",
                answer("4", "A"),
                answer("5", "(B)"));
    }

    @Test
    void linesOfClvista() {
        is(
                Form.VIDEO,
                "{\"id\": 3, \"video_name\": \"v\", \"question\": \"q\", \"answer\": \"a\", \"pred\": \"b\"}",
                with(answer("3", "b"), "q", "", "a"));
    }

    @Test
    void resultsOfCtb() {
        is(Form.CTB, """
                {"task": "fomc", "results": [
                  {"question_id": 0, "question": "q", "ground_truth": "A", "model_output": "<think>x</think>A"}]}
                """, with(answer("0", "<think>x</think>A"), "q", "", "A"));
    }

    @Test
    void resultsOfMsSwift() {
        is(
                Form.SWIFT,
                "{\"messages\": [{\"role\": \"user\", \"content\": \"q\"}], \"images\": [{\"path\": \"a\"}],"
                        + " \"labels\": \"cat\", \"response\": \"dog\", \"logprobs\": null}\n"
                        + "{\"query\": \"r\", \"label\": \"1\", \"response\": \"2\", \"id\": \"x\"}\n",
                with(answer("", "dog"), "", "", "cat"),
                with(answer("x", "2"), "r", "", "1"));
    }

    @Test
    void whetherThereAreIdsIsToldByTheFirstRecord() {
        assertTrue(
                PredictionFile.open(write("{\"response\": \"a\", \"id\": 3}\n")).hasIds());
        assertTrue(PredictionFile.open(write(LLAVA)).hasIds());
        assertFalse(PredictionFile.open(write("{\"response\": \"a\"}\n")).hasIds());
    }

    @Test
    void predictionsOfKaruta() {
        is(
                Form.KARUTA,
                "{\"stage\":2,\"task\":\"t\",\"id\":\"i\",\"image\":\"p\",\"prompt\":\"q\",\"text\":\"x\","
                        + "\"answer\":[\"a\",\"b\"],\"score\":0.0,\"selected\":[]}\n",
                new GivenAnswer(
                        Optional.of("i"),
                        "x",
                        Optional.of("q"),
                        Optional.of("p"),
                        List.of("a", "b"),
                        Optional.of("t"),
                        OptionalInt.of(2)));
    }

    @Test
    void aByteOrderMarkAndEndsOfLinesOfWindowsAreNoMatter() throws IOException {
        var plain = read(write(LLAVA));
        assertEquals(plain, read(write("\uFEFF" + LLAVA.replace("\n", "\r\n") + "\r\n\r\n")));
        assertEquals(plain, read(write(LLAVA.stripTrailing())));
        Files.write(folder.resolve("wide"), LLAVA.getBytes(StandardCharsets.UTF_16));
        assertTrue(refusal(folder.resolve("wide")).contains("is not UTF-8"));
    }

    @Test
    void theOtherLayoutIsReadAndTold() {
        var array = write("[" + LLAVA.strip().replace("}\n{", "},\n{") + "]");
        assertEquals(2, read(array).size());
        assertEquals(
                List.of("It is a JSON array, where others write LLaVA's answers as a record a line."),
                PredictionFile.open(array).notes());
        var lines = write("{\"questionId\": \"20\", \"prediction\": \"yes\"}\n");
        assertEquals(List.of(answer("20", "yes")), read(lines));
        assertEquals(1, PredictionFile.open(lines).notes().size());
        assertEquals(List.of(), PredictionFile.open(write(LLAVA)).notes());
    }

    @Test
    void charactersBeyondAsciiAndEscapesComeAsTheyAre() {
        is(
                Form.GQA,
                "[{\"questionId\": 1, \"prediction\": \"\\u00e9\uD83D\uDC1F\\n\\\"\"}]",
                answer("1", "é\uD83D\uDC1F\n\""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`` | is empty",
                "`  ` | is empty",
                "Accuracy: 61.20% | is no JSON",
                "[] | holds no prediction",
                "{} | its first record has",
                "[{\"a\": 1}] | its first record has a",
                "[1] | record 1 is no JSON object",
                "[{\"questionId\": 1, \"prediction\": \"a\"} | is broken JSON",
                "[{\"questionId\": 1, \"prediction\": \"a\"}] x | is broken JSON",
                "[{\"questionId\": 1, \"prediction\": null}] | has no text under \"prediction\"",
                "[{\"questionId\": 1, \"prediction\": [\"a\"]}] | record 1: it has no text under \"prediction\"",
                "[{\"questionId\": 1, \"prediction\": \"a\"}, {\"questionId\": 2}] | record 2: it has no text",
                "[{\"questionId\": null, \"prediction\": \"a\"}] | has no text under \"questionId\"",
                "{\"question_id\": 1, \"text\": 'a'} | is broken JSON",
                "{\"results\": [{\"question_id\": 1, \"model_output\": \"a\"}] | is broken JSON",
                "{\"question_id\": 1, \"image\": \"a.png\", \"text\": \"q\", \"answer\": \"a\"} | holds questions",
                "{\"question_id\": 1, \"text\": \"a\"}{\"question_id\": 2, \"text\": \"a\"} | line 1, is broken",
            })
    void damageIsTold(String text, String why) {
        var told = told(text);
        assertTrue(told.contains(why), told);
        assertTrue(told.contains("predictions"), told);
    }

    @Test
    void aCutLineIsNamed() {
        assertTrue(told(LLAVA.substring(0, LLAVA.length() - 10)).contains("line 2, is broken JSON"));
    }

    @Test
    void whatIsNoFileIsTold() {
        assertTrue(refusal(folder.resolve("none")).contains("it is not there"));
        assertTrue(refusal(folder).contains("it is a folder"));
    }

    @Test
    void aFileWithoutEndsOfLinesDoesNotFillTheMemory() throws IOException {
        var file = folder.resolve("endless");
        try (var out = Files.newBufferedWriter(file)) {
            out.write("{\"question_id\": 1, \"text\": \"");
            var block = "a".repeat(1 << 16);
            for (var i = 0; i <= BoundedText.LIMIT >> 16; i++) {
                out.write(block);
            }
        }
        assertTrue(refusal(file).contains("has more than 16 million characters"));
    }

    /** Whatever is cut, flipped or put in: an answer or a message, never another exception. */
    @ParameterizedTest
    @EnumSource(Form.class)
    void noDamageBringsAnythingButAMessage(Form form) {
        var whole = example(form).getBytes(StandardCharsets.UTF_8);
        var random = new Random(form.ordinal());
        var refused = 0;
        for (var round = 0; round < 150; round++) {
            var bytes = whole.clone();
            for (var i = random.nextInt(3); i >= 0; i--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            var cut = random.nextBoolean() ? bytes.length : random.nextInt(bytes.length);
            var file = folder.resolve("damaged");
            try {
                Files.write(file, Arrays.copyOf(bytes, cut));
                PredictionFile.open(file).each(answer -> assertTrue(answer.text() != null));
            } catch (KarutaException told) {
                refused++;
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
        assertTrue(refused > 50, form + " was refused " + refused + " times");
    }

    private static String example(Form form) {
        return switch (form) {
            case KARUTA ->
                "{\"stage\":2,\"task\":\"t\",\"id\":\"i\",\"prompt\":\"q\",\"text\":\"x\",\"answer\":\"a\","
                        + "\"score\":0.0,\"selected\":[]}\n";
            case LLAVA -> LLAVA;
            case GQA -> "[{\"questionId\": \"20\", \"prediction\": \"yes\"}]";
            case COCO -> "[{\"image_id\": 1, \"caption\": \"a cat\"}]";
            case VIDEO -> "{\"id\": 3, \"video_name\": \"v\", \"question\": \"q\", \"answer\": \"a\", \"pred\": \"b\"}";
            case SCIENCEQA ->
                "{\"correct\": [], \"incorrect\": [{\"question_id\": \"5\", \"parsed_ans\": \"B\","
                        + " \"ground_truth\": \"C\", \"pred\": \"B.\"}]}";
            case OUTPUTS -> "{\"acc\": 50.0, \"outputs\": {\"4\": \"A\", \"5\": \"(B)\"}}";
            case CTB -> "{\"results\": [{\"question_id\": 7, \"model_output\": \"A\", \"ground_truth\": \"A\"}]}";
            case DCL -> "{\"question\": \"q\", \"pred\": \"no\", \"ground_truth\": \"yes\", \"score\": 0}\n";
            case PAIRS -> "[{\"pred\": \"A\", \"ground_truth\": \"B\"}]";
            case SWIFT -> "{\"messages\": [], \"labels\": \"cat\", \"response\": \"dog\"}\n";
        };
    }
}
