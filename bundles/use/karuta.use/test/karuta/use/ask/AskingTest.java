package karuta.use.ask;

import static karuta.use.ask.AbstentionTest.card;
import static karuta.use.ask.AbstentionTest.pick;
import static karuta.use.ask.AbstentionTest.selection;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import karuta.api.Answer;
import karuta.api.KarutaException;
import karuta.api.Query;
import karuta.api.Selection;
import org.junit.jupiter.api.Test;

/** Many questions at once. */
class AskingTest {

    private final List<List<String>> answered = new ArrayList<>();

    /** The score of a question is its number. */
    private static List<Selection> select(List<Query> queries) {
        return queries.stream()
                .map(query -> selection(pick("a", Double.parseDouble(query.instruction()))))
                .toList();
    }

    private static List<Map<String, float[]>> features(List<Query> queries) {
        return queries.stream().map(query -> Map.<String, float[]>of()).toList();
    }

    private List<Answer> answer(List<Query> queries) {
        var texts = queries.stream().map(Query::instruction).toList();
        if (texts.contains("7")) {
            throw new KarutaException("Too long.", "Shorten it.");
        }
        answered.add(texts);
        return IntStream.range(0, texts.size())
                .mapToObj(i -> new Answer("to " + texts.get(i), select(queries).get(i)))
                .toList();
    }

    private List<String> ask(Optional<Abstention> abstention, String... questions) {
        return new Asking(AskingTest::select, AskingTest::features, this::answer, abstention)
                        .ask(List.of(questions).stream()
                                .map(text -> new Query(Optional.empty(), text))
                                .toList())
                        .stream()
                        .map(AskingTest::words)
                        .toList();
    }

    private static String words(Reply reply) {
        if (reply instanceof Reply.Said said) {
            return said.answer().text();
        }
        return reply instanceof Reply.Abstained abstained
                ? "below " + abstained.why().reach()
                : ((Reply.Unfit) reply).why().getMessage().lines().findFirst().orElseThrow();
    }

    @Test
    void repliesStandInTheOrderOfTheQuestions() {
        assertEquals(List.of("to 1", "to 2"), ask(Optional.empty(), "1", "2"));
        assertEquals(List.of(), ask(Optional.empty()));
    }

    @Test
    void whatNoCardIsLikeIsNotAnsweredAtAll() {
        var rule = Abstention.of(List.of(card("a", 3.0)), Map.of(), 0);
        assertEquals(List.of("below 3.0", "to 3", "below 3.0", "to 4"), ask(Optional.of(rule), "2", "3", "1", "4"));
        assertEquals(List.of(List.of("3", "4")), answered);
        answered.clear();
        assertEquals(List.of("below 3.0"), ask(Optional.of(rule), "2"));
        assertEquals(List.of(), answered);
    }

    @Test
    void aQuestionThatCannotBeAskedSpoilsNoOtherOnesAnswer() {
        assertEquals(List.of("to 1", "Too long.", "to 2"), ask(Optional.empty(), "1", "7", "2"));
    }

    @Test
    void aDefectIsNotTakenForABadQuestion() {
        UnaryOperator<List<Query>> broken = queries -> {
            throw new IllegalStateException("defect");
        };
        var asking = new Asking(
                AskingTest::select, AskingTest::features, queries -> answer(broken.apply(queries)), Optional.empty());
        assertThrows(IllegalStateException.class, () -> asking.ask(List.of(new Query(Optional.empty(), "1"))));
    }
}
