package karuta.scoring.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import karuta.api.KarutaException;
import karuta.api.Query;
import karuta.api.ReferenceScorer;
import karuta.api.Sample;
import karuta.api.Scorer;
import karuta.api.Scores;
import karuta.scoring.file.GivenAnswer;
import karuta.scoring.pair.AnswerSource;
import karuta.scoring.pair.Gold;
import karuta.scoring.pair.Pairer;
import karuta.scoring.table.Disagreement;
import karuta.scoring.table.ScoreTable;
import karuta.scoring.table.TaskScores;
import org.junit.jupiter.api.Test;

class ScoringTest {

    private static final ReferenceScorer EXACT = (answer, reference) -> answer.equals(reference) ? 1 : 0;
    private static final ReferenceScorer LOWER = (answer, reference) -> answer.equalsIgnoreCase(reference) ? 1 : 0;

    /** Over all answers together, and no mean. */
    private static final Scorer WHOLE = responses -> new Scores(
            4.2, responses.stream().map(each -> new Scores.Score(1, "read")).toList(), Map.of("CIDEr", 2.5));

    private static final Scorer NEEDY = responses -> {
        throw new KarutaException("It needs ten answers.", "Give them.");
    };

    private static final Map<String, Scorer> RULES =
            Map.of("exact.a", EXACT, "lower.a", LOWER, "lower.b-long", LOWER, "whole", WHOLE, "needy", NEEDY);

    private static final RuleBook BOOK = new RuleBook() {
        @Override
        public Set<String> ids() {
            return RULES.keySet();
        }

        @Override
        public Rule rule(String id) {
            return new Rule(id, RULES.get(id));
        }
    };

    private static final Gold GOLD = new Gold(
            "a task",
            Stream.of("1", "2", "3")
                    .map(id -> new Sample(id, new Query(Optional.empty(), "q"), "yes"))
                    .toList());

    private static Pairer pairer(String... texts) {
        var answers = IntStream.range(0, texts.length)
                .mapToObj(i -> new GivenAnswer(
                        Optional.of(Integer.toString(i + 1)),
                        texts[i],
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        Optional.empty(),
                        OptionalInt.empty()))
                .toList();
        return new Pairer(AnswerSource.of("answers", answers), GOLD);
    }

    private static List<String> chosen(List<String> asked, String... usual) {
        var choice = new RuleChoice(asked, BOOK);
        var rules = choice.of("a task", List.of(usual)).stream().map(Rule::id).toList();
        choice.check();
        return rules;
    }

    private static Scoring scored(Pairer pairer, String pairing, String... rules) {
        return Scoring.of(pairer, Stream.of(rules).map(BOOK::rule).toList(), pairing);
    }

    private static TaskScores task(Scoring scoring) {
        return new TaskScores("answers", "t", OptionalInt.empty(), scoring);
    }

    @Test
    void rulesAreMeantByTheirIdsOrByWhoseTheyAre() {
        assertEquals(List.of("exact.a", "lower.a"), chosen(List.of(), "exact.a", "lower.a"));
        assertEquals(List.of("lower.a"), chosen(List.of("lower/a"), "exact.a"));
        assertEquals(List.of("lower.b-long"), chosen(List.of("b"), "exact.a", "lower.b-long"));
        assertEquals(List.of("exact.a", "lower.a"), chosen(List.of("a", "exact.a"), "exact.a", "lower.a"));
        assertThrows(KarutaException.class, () -> chosen(List.of("c"), "exact.a"));
        assertThrows(KarutaException.class, () -> chosen(List.of()));
    }

    @Test
    void missingAnswersAreWrongOnlyWhereTheFigureIsAMean() {
        var outcome = scored(pairer("yes", "no"), "split", "exact.a").outcomes().get(0);
        assertEquals(1 / 3.0, outcome.value(), 1e-12);
        assertEquals(3, outcome.paired().denominator());
        var told = assertThrows(KarutaException.class, () -> scored(pairer("yes", "no"), "split", "whole"))
                .getMessage();
        assertTrue(told.contains("gives no mean"), told);
        assertEquals(
                4.2,
                scored(pairer("yes", "no"), "lines", "whole").outcomes().get(0).value());
    }

    @Test
    void aRuleThatCannotScoreDoesNotKeepTheOthersFromIt() {
        var scoring = scored(pairer("yes", "no", "yes"), "id", "needy", "exact.a");
        assertEquals(2 / 3.0, scoring.outcomes().get(0).value(), 1e-12);
        assertTrue(scoring.failures().get(0).getMessage().contains("ten answers"));
    }

    @Test
    void whatDoesNotPairIsToldOnceForAllRules() {
        var told = assertThrows(KarutaException.class, () -> scored(pairer("yes"), "id", "exact.a", "lower.a"));
        assertTrue(told.getMessage().contains("without an answer 2 (2, 3)"), told.getMessage());
        assertThrows(KarutaException.class, () -> scored(pairer("yes"), "nonsense", "exact.a"));
    }

    @Test
    void disagreementsSayWhatEachRuleRead() {
        var scoring = scored(pairer("yes", "YES", "no"), "id", "exact.a", "lower.a");
        var differing = Disagreement.of(scoring.outcomes());
        assertEquals(1, differing.size());
        assertEquals("2: answered \"YES\", expected \"yes\"", differing.get(0).title());
        assertEquals(
                List.of(List.of("  exact.a", "0.00", "read \"YES\""), List.of("  lower.a", "100.00", "read \"YES\"")),
                differing.get(0).rows());
    }

    @Test
    void tablesHaveARowForEachRule() {
        var table = new ScoreTable(List.of(task(scored(pairer("yes", "YES", "no"), "id", "exact.a", "whole"))));
        assertEquals(
                List.of(
                        List.of("t", "exact.a", "33.33", "3", "3", "0", "0", "0", ""),
                        List.of("t", "whole", "420.00", "3", "3", "0", "0", "0", "CIDEr 250.00")),
                table.rows().subList(1, 3));
        assertEquals(
                "answers,,t,whole,4.2,3,3,0,0,0,id,CIDEr=2.5",
                table.csv().lines().toList().get(2));
        assertTrue(table.json(true).contains("\"CIDEr\": 2.5"), table.json(true));
        assertTrue(table.json(true).contains("\"disagreements\""));
        assertEquals(5, table.disagreementsCsv().lines().count());
    }

    @Test
    void percentAreRoundedAsPythonDoes() {
        var half = scored(pairer("yes", "no", "no"), "id", "exact.a").outcomes().get(0);
        assertEquals(1 / 3.0, half.value(), 1e-15);
        var table = new ScoreTable(List.of(task(scored(pairer("yes", "yes", "no"), "id", "exact.a"))));
        assertEquals("66.67", table.rows().get(1).get(2));
    }
}
