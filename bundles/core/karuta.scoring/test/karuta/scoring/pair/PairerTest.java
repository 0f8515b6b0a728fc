package karuta.scoring.pair;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import karuta.api.KarutaException;
import karuta.api.Query;
import karuta.api.Sample;
import karuta.scoring.file.GivenAnswer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PairerTest {

    private static final Gold GOLD = new Gold(
            "coin textvqa",
            Stream.of("0", "1", "2", "3")
                    .map(id -> new Sample(id, new Query(Optional.empty(), "q" + id), "r" + id))
                    .toList());

    private record Given(List<GivenAnswer> answers, boolean byImage) implements AnswerSource {

        @Override
        public String name() {
            return "merge.jsonl";
        }

        @Override
        public boolean hasIds() {
            return answers.stream().anyMatch(answer -> answer.id().isPresent());
        }

        @Override
        public void each(Consumer<GivenAnswer> sink) {
            answers.forEach(sink);
        }
    }

    /** {@code 1a} is the answer "a" to sample 1. */
    private static Given answers(String text) {
        return new Given(
                Stream.of(text.split(" ", -1))
                        .filter(it -> !it.isEmpty())
                        .map(it -> new GivenAnswer(
                                Optional.of(it.substring(0, 1)).filter(id -> !id.equals("-")),
                                it.substring(1),
                                Optional.empty(),
                                Optional.empty(),
                                List.of(),
                                Optional.empty(),
                                OptionalInt.empty()))
                        .toList(),
                false);
    }

    private static Paired pair(String text, String pairing, String rule) {
        return new Pairer(answers(text), GOLD).pair(Pairing.of(pairing, rule).orElseThrow());
    }

    private static String shown(Paired paired) {
        return paired.responses().stream()
                        .map(response -> response.sample().id() + response.answer())
                        .collect(Collectors.joining(" "))
                + " of " + paired.denominator();
    }

    private static String refusal(String text, String pairing) {
        return assertThrows(KarutaException.class, () -> pair(text, pairing, "exact"))
                .getMessage();
    }

    @Test
    void answersComeInTheOrderOfTheSamples() {
        assertEquals("0a 1b 2c 3d of 4", shown(pair("3d 1b 0a 2c", "id", "exact")));
    }

    /** The table of how published scripts pair, with a missing, a double and an unknown id. */
    @ParameterizedTest
    @CsvSource({
        "coin,        choice.coin,      0a 1b 1c 9x 9y, 0a 1c of 4",
        "modalprompt, choice.coin,      0a 1b 1c 9x 9y, 0a 1c of 4",
        "prism,       choice.prism,     0a 1b 1c 9x 9y, 0a 1c of 4",
        "hide,        choice.hide,      0a 1b 1c 9x 9y, 0a 1c of 3",
        "coin,        equal.coin-upper, 0a 1b 1c,       0a 1b 1c of 3",
        "coin,        box.coin,         0a 1b 1c,       0a 1b 1c of 3",
        "prism,       equal.prism-upper,0a 1b 1c 9x 9y, 0a 1b 1c of 5",
        "prism,       m4c.textvqa,      0a 1b 1c 9x 9y, 0a 1b 1c of 3",
        "ctb,         ctb.v1,           0a 1b 1c 9x 9y, 1b 1c of 2",
        "coin,        contain.coin,     3a 2b 9x,       0a 1b 2x of 3",
        "hide,        contain.coin,     3a 2b 9x,       0a 1b 2x of 3",
        "prism,       contain.coin,     3a 2b 1c 0d 9x, 0a 1b 2c 3d of 4",
        "mcitlib,     caption.split,    3a 2b 9x 9y,    0a 1b 2x 3y of 4",
    })
    void publishedScriptsPairSo(String code, String rule, String text, String shown) {
        assertEquals(shown, shown(pair(text, code, rule)));
    }

    @ParameterizedTest
    @CsvSource({
        "coin,    equal.coin-upper, 0a 9x",
        "coin,    contain.coin,     0a 1b 2c 3d 4e",
        "mcitlib, caption.split,    0a 1b 2c",
        "hide,    caption.split,    0a 1b 2c 3d 4e",
    })
    void whereTheyCrashTheyRefuse(String code, String rule, String text) {
        assertThrows(KarutaException.class, () -> pair(text, code, rule));
    }

    @Test
    void strictlyAllThatDoesNotFitIsCountedAndNamed() {
        var told = refusal("0a 2b 2c 7x 8y 9z 7x 6w 5v", "id");
        assertTrue(told.contains("merge.jsonl does not fit coin textvqa"), told);
        assertTrue(told.contains("of 4 samples without an answer 2 (1, 3);"), told);
        assertTrue(told.contains("answered more than once 1 (2);"), told);
        assertTrue(told.contains("answered, but no sample of it 6 (7, 8, 9, 7, 6, ...)."), told);
        assertTrue(told.contains("lines-wrong"), told);
    }

    @Test
    void answersOfAnotherSplitAreToldAsSuch() {
        assertTrue(refusal("7a 8b", "lines").contains("No answer in merge.jsonl is to a sample of coin textvqa"));
        assertTrue(refusal("", "id").contains("No answer"));
    }

    @Test
    void anOrderIsTakenOnlyIfAskedForOrIfThereIsNothingElse() {
        assertTrue(refusal("-a -b -c -d", "lines").contains("it has no ids"));
        var pairer = new Pairer(answers("-a -b -c -d"), GOLD);
        assertEquals(Pairing.LINE_ALL, pairer.way("id", "exact"));
        assertEquals(Pairing.ID, new Pairer(answers("1a"), GOLD).way("id", "exact"));
        assertEquals("0a 1b 2c 3d of 4", shown(pair("-a -b -c -d", "line-all", "exact")));
    }

    @Test
    void anOrderWhoseReferencesAreOthersIsRefused() {
        var wrong = new GivenAnswer(
                Optional.empty(),
                "x",
                Optional.empty(),
                Optional.empty(),
                List.of("r1"),
                Optional.empty(),
                OptionalInt.empty());
        var pairer = new Pairer(new Given(List.of(wrong), false), GOLD);
        var told = assertThrows(KarutaException.class, () -> pairer.pair(Pairing.LINE))
                .getMessage();
        assertTrue(told.contains("expects \"r1\", and sample 1 of coin textvqa, 0, expects \"r0\""), told);
    }

    @Test
    void resultsOfCocoPairByTheNumberOfTheImage() {
        var sample = new Sample(
                "flickr-1", new Query(Optional.empty(), "q"), List.of("a cat"), Map.of("image_id", List.of("7")));
        var gold = new Gold("ucit flickr30k", List.of(sample));
        var answers = answers("7cat").answers();
        assertEquals("flickr-1cat of 1", shown(new Pairer(new Given(answers, true), gold).pair(Pairing.ID)));
        assertThrows(KarutaException.class, () -> new Pairer(new Given(answers, false), gold).pair(Pairing.ID));

        var unnumbered = new Gold(
                "ucit flickr30k",
                Stream.of("x", "y")
                        .map(id -> new Sample(id, new Query(Optional.empty(), "q"), "a cat"))
                        .toList());
        var given = new Given(answers("2b 1a").answers(), true);
        assertEquals("xa yb of 2", shown(new Pairer(given, unnumbered).pair(Pairing.ID)));
    }

    @Test
    void aPromptIsKeptWhereItIsAnother() {
        var asked = new GivenAnswer(
                Optional.of("0"),
                "a",
                Optional.of("q0 Answer briefly."),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                OptionalInt.empty());
        var paired = new Pairer(new Given(List.of(asked), false), GOLD).pair(Pairing.LINES);
        assertEquals(
                Map.of("prompt", List.of("q0 Answer briefly.")),
                paired.responses().get(0).sample().fields());
    }

    @Test
    void aFileMaySayItselfWhatWasExpected() {
        var one = new GivenAnswer(
                Optional.of("5"),
                "cat",
                Optional.of("What?"),
                Optional.of("RS/AI2D_1.png"),
                List.of("cat", "kitten"),
                Optional.empty(),
                OptionalInt.empty());
        var source = new Given(List.of(one), false);
        var gold = Gold.of(source);
        var sample = gold.samples().get(0);
        assertEquals(List.of("cat", "kitten"), sample.references());
        assertEquals(Map.of("image", List.of("RS/AI2D_1.png")), sample.fields());
        assertEquals("5cat of 1", shown(new Pairer(source, gold).pair(Pairing.ID)));
        var told = assertThrows(KarutaException.class, () -> Gold.of(answers("1a")))
                .getMessage();
        assertTrue(told.contains("--suite and --task"), told);
    }
}
