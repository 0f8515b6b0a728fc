package karuta.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import karuta.metrics.Metric;
import karuta.metrics.Reference;
import karuta.metrics.separability.Separability;
import karuta.metrics.separability.StudySeparability;
import karuta.metrics.separability.View;
import karuta.report.TableChoice.Against;
import karuta.study.KarutaFactory;
import karuta.study.Run;
import karuta.study.record.Prediction;
import karuta.study.record.RecordException;
import karuta.study.record.RunFolder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatisticsTablesTest {

    @TempDir
    Path out;

    private Runs runs;

    @BeforeEach
    void prepare() {
        runs = new Runs(out);
    }

    /** A run that ends with a given mean. */
    private RunFolder ending(String arm, long seed, String order, double last) {
        var run = Runs.run(arm, seed, 0.1, 0.2, 0.8, 0.3, last - 0.1, last + 0.1);
        run.setOrder(order);
        return runs.write(run);
    }

    /** Writes what was answered after the last stage: 1 is right, 0 is wrong. */
    private static void answer(RunFolder folder, String scores) {
        var predictions = new ArrayList<Prediction>();
        for (var i = 0; i < scores.length(); i++) {
            predictions.add(
                    new Prediction(2, "a", Integer.toString(i), "?", "yes", "yes", scores.charAt(i) - '0', List.of()));
        }
        folder.writePredictions(2, predictions);
    }

    @Test
    void fiveSeedsCanBeToldApartByTButNotByRanks() {
        for (var seed = 1; seed <= 5; seed++) {
            ending("dual", seed, "default", 0.5);
            ending("lora", seed, "default", 0.4 - 0.01 * seed);
        }
        // SciPy: ttest_1samp([-.11, -.12, -.13, -.14, -.15], 0).pvalue = 5.4e-05, wilcoxon 0.0625
        assertLine(text(TableChoice.DEFAULT), "lora 5 -13.0 [-14.2, -11.8] <0.001 0.063 - -");
        assertTrue(
                text(TableChoice.DEFAULT).contains("with 5 pairs Wilcoxon's p is 0.063 at least"),
                text(TableChoice.DEFAULT));
        assertLine(text(TableChoice.DEFAULT), "lora 5 -13.0 ± 2.0* -6.5 ± 1.0* -6.5 ± 1.0* -13.0 ± 2.0* +13.0 ± 2.0*");
    }

    @Test
    void whatIsSignificantAloneNeedNotBeAmongMany() {
        var gaps = new double[][] {{0.10, 0.30, 0.12}, {0.05, 0.02, -0.06}};
        for (var seed = 1; seed <= 3; seed++) {
            ending("dual", seed, "default", 0.5);
            ending("lora", seed, "default", 0.5 - gaps[0][seed - 1]);
            ending("joint", seed, "default", 0.5 - gaps[1][seed - 1]);
        }
        var rows = significance(TableChoice.DEFAULT).rows();
        var lora = rows.get(1).studentT();
        assertEquals(0.112375, lora.outcome().orElseThrow().p(), 1e-6);
        assertEquals(2 * lora.outcome().orElseThrow().p(), lora.holm().orElseThrow(), 1e-12);
        assertTrue(rows.get(0).studentT().holm().orElseThrow() >= lora.holm().orElseThrow());
    }

    @Test
    void samplesAreComparedByMcNemar() {
        answer(ending("dual", 1, "default", 0.5), "1111110000");
        answer(ending("lora", 1, "default", 0.4), "0000001000");
        assertLine(text(TableChoice.DEFAULT), "lora 1 -10.0 10 0.125"); // 6 against 1: binomtest(1, 7).pvalue
    }

    @Test
    void samplesOfSeveralSeedsAreClusters() {
        for (var seed = 1; seed <= 2; seed++) {
            answer(ending("dual", seed, "default", 0.5), "1111110000");
            answer(ending("lora", seed, "default", 0.4 + 0.01 * seed), "0000001000");
        }
        // d = -2 (six times), +2: 100 / 28 = 3.571, chi2.sf(3.571, 1)
        assertLine(text(TableChoice.DEFAULT), "lora 2 -8.5 [-9.0, -8.0] 0.037 0.500 10 0.059");
    }

    @Test
    void aTaskOfGradedScoresHasNoRightAndWrong() {
        answer(ending("dual", 1, "default", 0.5), "1111110000");
        var other = ending("lora", 1, "default", 0.4);
        other.writePredictions(2, List.of(new Prediction(2, "a", "0", "?", "yes", "yes", 0.3, List.of())));
        assertLine(text(TableChoice.DEFAULT), "lora 1 -10.0 - -");
    }

    @Test
    void ordersAreWhatIsCountedWhereThereAreMoreOfThem() {
        for (var order : List.of("x", "y", "z")) {
            for (var seed = 1; seed <= 2; seed++) {
                ending("dual", seed, order, 0.5);
                ending("lora", seed, order, 0.4 - 0.05 * (order.charAt(0) - 'x') + 0.01 * seed);
            }
        }
        var row = significance(TableChoice.DEFAULT).rows().get(0);
        assertTrue(row.byOrder());
        assertEquals(3, row.pairs());
        assertEquals(-0.135, row.difference(), 1e-12);
        var text = text(TableChoice.DEFAULT);
        assertTrue(text.contains("a pair is an order, a mean over seeds"), text);
        assertLine(text, "lora all 6 36.5 ± 4.5 63.3 ± 2.3 58.3 ± 2.3 -53.5 ± 4.5 53.5 ± 4.5 [31.5, 41.5]");
        assertTrue(text.contains("Does the order decide?"), text);
        assertTrue(text.contains("31.5 .. 41.5"), text);
    }

    @Test
    void theOrderExplainsTheGapThatTurns() {
        for (var seed = 1; seed <= 2; seed++) {
            ending("dual", seed, "x", 0.6);
            ending("lora", seed, "x", 0.4);
            ending("dual", seed, "y", 0.4);
            ending("lora", seed, "y", 0.6);
        }
        assertLine(text(TableChoice.DEFAULT), "last/gem 0.0 0.0 100.0 0.0 100.0");
    }

    @Test
    void anyArmOrTheBestCanBeTheOneToCompareWith() {
        for (var seed = 1; seed <= 2; seed++) {
            ending("dual", seed, "default", 0.5);
            ending("lora", seed, "default", 0.6 + 0.01 * seed);
            ending("oracle", seed, "default", 0.8);
        }
        var named = text(choice(Metric.defaults(), new Against.Named("oracle")));
        assertTrue(named.contains("against oracle [analysis]: difference"), named);
        var best = text(choice(Metric.defaults(), new Against.Best()));
        assertTrue(best.contains("against lora: difference"), "no method is better than lora: " + best);
    }

    @Test
    void storedRunsAreMeasuredByAnyDefinition() {
        ending("dual", 1, "default", 0.5);
        var text = text(choice(List.of(Metric.AREA, Metric.FORGETTING_RATIO), new Against.Best()));
        assertLine(text, "dual default 1 60.0 -");
        assertTrue(text.contains("fr compares with runs that you name: --joint, --untrained"), text);
        assertTrue(text.contains("\nacc_A = "), text);
        assertFalse(text.contains("\nlast/gem = "), text);
    }

    @Test
    void referencesComeFromOtherRuns() {
        ending("dual", 1, "default", 0.5);
        var elsewhere = new Runs(out.resolve("elsewhere"));
        var joint = elsewhere.write(Runs.run("joint", 1, 0.1, 0.2, 0.8, 0.9));
        var references =
                ReferenceRuns.read(Map.of(Reference.JOINT, List.of(joint), Reference.UNTRAINED, List.of(joint)));
        var choice = new TableChoice(List.of(Metric.FORGETTING_RATIO), references, Optional.empty());
        // ((0.4 - 0.1) / 0.7 + (0.6 - 0.2) / 0.7) / 2 - 1 = -0.5
        assertLine(text(choice), "dual default 1 -50.0");
        var refused = assertThrows(
                RecordException.class, () -> ReferenceRuns.read(Map.of(Reference.INDEPENDENT, List.of(joint))));
        assertTrue(refused.getMessage().contains("its first stage is not that of one task"), refused.getMessage());
    }

    @Test
    void scoresOfAnotherRuleAreNoReference() {
        var run = Runs.run("dual", 1, 0.1, 0.2, 0.8, 0.3, 0.4, 0.6);
        run.getMatrix().getScorers().addAll(List.of("exact", "exact"));
        runs.write(run);
        var other = Runs.run("joint", 1, 0.1, 0.2, 0.8, 0.9);
        other.getMatrix().getScorers().addAll(List.of("exact", "choice"));
        var folder = new Runs(out.resolve("elsewhere")).write(other);
        var references =
                ReferenceRuns.read(Map.of(Reference.JOINT, List.of(folder), Reference.UNTRAINED, List.of(folder)));
        assertLine(
                text(new TableChoice(List.of(Metric.FORGETTING_RATIO), references, Optional.empty())),
                "dual default 1 -");
    }

    @Test
    void tasksThatAreEasyToTellApartAreTold() throws IOException {
        var run = Runs.run("dual", 1, 0.1, 0.2, 0.8, 0.3, 0.4, 0.6);
        note(run, "encoder", "e");
        note(run, "data", "d");
        runs.write(run);
        var apart = new View(
                "both",
                List.of(List.of(1.0, 0.0), List.of(0.0, 1.0)),
                List.of(List.of(0.0, 0.25), List.of(0.25, 0.0)),
                List.of(List.of(0.9, 0.1), List.of(0.3, 0.7)));
        say(new StudySeparability(
                "demo", "e", List.of("c", "d"), 5, 5, new Separability(List.of("a", "b"), List.of(apart))));
        var text = text(TableChoice.DEFAULT);
        assertLine(text, "both 100.0 80.0 100.0 100.0");
        assertTrue(text.contains("by chance 50.0"), text);
        assertTrue(text.contains("is no merit of it"), text);
        assertTrue(text.contains("a and b 25.0"), text);
        say(new StudySeparability(
                "demo", "e", List.of("c"), 5, 5, new Separability(List.of("a", "b"), List.of(apart))));
        assertFalse(text(TableChoice.DEFAULT).contains("too easy"), "it is of other data");
        Files.writeString(out.resolve(StudySeparability.file("demo")), "{");
        assertFalse(text(TableChoice.DEFAULT).contains("too easy"), "it is damaged");
    }

    private void say(StudySeparability said) throws IOException {
        Files.writeString(out.resolve(StudySeparability.file("demo")), said.json());
    }

    private static void note(Run run, String name, String text) {
        var note = KarutaFactory.eINSTANCE.createNote();
        note.setName(name);
        note.setText(text);
        run.getFingerprints().add(note);
    }

    @Test
    void scriptsGetWhatIsPrintedUnrounded() {
        for (var seed = 1; seed <= 2; seed++) {
            ending("dual", seed, "default", 0.5);
            ending("lora", seed, "default", 0.4 + 0.01 * seed);
        }
        var json = JsonParser.parseString(Report.of(RunFolder.find(out)).json()).getAsJsonObject();
        var table = json.getAsJsonArray("tables").get(0).getAsJsonObject();
        var lora = table.getAsJsonArray("arms").get(1).getAsJsonObject();
        var last = lora.getAsJsonObject("metrics").getAsJsonObject("last/gem");
        assertEquals(0.415, last.get("mean").getAsDouble(), 1e-12);
        assertEquals(0.41, last.getAsJsonArray("interval").get(0).getAsDouble(), 1e-12);
        var tests = table.getAsJsonObject("tests");
        assertEquals("dual", tests.get("against").getAsString());
        var row = tests.getAsJsonArray("arms").get(0).getAsJsonObject();
        assertEquals(0.0374, row.getAsJsonObject("t").get("p").getAsDouble(), 1e-4);
        assertEquals("seed", row.get("paired_by").getAsString());
        assertFalse(row.has("mcnemar"), "nothing was answered");
        var run = table.getAsJsonArray("runs").get(0).getAsJsonObject();
        assertEquals("[[0.1,0.2],[0.8,0.3],[0.4,0.6]]", run.get("matrix").toString());
    }

    @Test
    void whatWasNotEvaluatedIsNullForScripts() {
        var imported = Runs.run("lora", 1, Double.NaN, Double.NaN, 0.8, Double.NaN, 0.2, 0.9);
        imported.setImported("results/CoIN");
        runs.write(imported);
        var json = Report.of(RunFolder.find(out)).json();
        assertTrue(json.replaceAll("\\s", "").contains("\"matrix\":[[null,null],[0.8,null],[0.2,0.9]]"), json);
    }

    private static TableChoice choice(List<Metric> metrics, Against against) {
        return new TableChoice(metrics, ReferenceRuns.NONE, Optional.of(against));
    }

    private Significance significance(TableChoice choice) {
        var results = RunFolder.find(out).stream().map(Result::read).toList();
        return Significance.of(ArmResults.of(results), choice).orElseThrow();
    }

    private String text(TableChoice choice) {
        return Report.of(RunFolder.find(out), choice).text();
    }

    private static void assertLine(String text, String words) {
        assertTrue(
                text.lines().anyMatch(line -> line.replaceAll(" +", " ").equals(words)), words + " is not in\n" + text);
    }
}
