package karuta.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import karuta.audit.Findings.Correction;
import karuta.audit.Findings.Kind;
import karuta.audit.Findings.Meaning;
import karuta.audit.Findings.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuditTest {

    private static final Path PUBLISHED = Path.of("..", "..", "dev", "karuta.doc", "audit");

    private final Printer printer;

    AuditTest(@TempDir Path folder) {
        printer = new Printer(folder, 1);
    }

    private Findings audit(String text) {
        return Audit.of(printer.table(text, Optional.empty(), Map.of()));
    }

    private static List<String> named(Findings findings, String column, Verdict verdict) {
        return findings.columns().stream()
                .filter(meaning -> meaning.column().equals(column) && meaning.verdict() == verdict)
                .map(meaning -> meaning.definition().name())
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"coin-recap", "ucit-recap", "coin-branchlora", "coin-lora"})
    void nothingContradictsTheseTables(String name) {
        var findings = Audit.of(Table.read(PUBLISHED.resolve(name + ".csv"), Optional.empty(), Map.of()));
        assertEquals(List.of(), findings.faults());
        assertEquals(List.of(), findings.notes());
    }

    @ParameterizedTest
    @ValueSource(strings = {"coin-recap", "ucit-recap"})
    void anAverageBesideTheLastRowIsItsMean(String name) {
        var findings = Audit.of(Table.read(PUBLISHED.resolve(name + ".csv"), Optional.empty(), Map.of()));
        assertEquals(List.of("last/gem"), named(findings, "Avg", Verdict.MEANT));
        assertEquals(List.of("maa", "mft", "acc_A", "average/mtil"), named(findings, "Avg", Verdict.REFUTED));
    }

    @Test
    void figuresAloneLeaveBackwardTransferOpen() {
        var table = Table.read(PUBLISHED.resolve("coin-branchlora.csv"), Optional.empty(), Map.of());
        assertTrue(named(Audit.of(table), "BWT", Verdict.OPEN).containsAll(List.of("bwt/gem", "bwt/coin")));
    }

    /** CoIN's tables divide by T, those of MLLM-CL by T - 1. */
    @ParameterizedTest
    @CsvSource({"-8.00, bwt/coin", "-10.00, bwt/gem", "8.00, -bwt/coin", "10.00, -bwt/gem"})
    void whatBackwardTransferIsDividedByIsSeenBesideBothMeans(String bwt, String id) {
        var findings = audit("method,T,MFT,MFN,BWT\nLoRA,5,60.00,52.00," + bwt);
        assertEquals(List.of(), findings.faults());
        assertEquals(List.of(id), named(findings, "BWT", Verdict.MEANT));
    }

    @Test
    void aMisprintInOneRowIsMeasuredByTheOthers() {
        var findings = audit("""
            method,T,MFT,MFN,BWT
            a,5,60.00,52.00,-10.00
            b,5,61.00,55.00,-7.50
            c,5,62.00,60.00,-2.50
            d,5,63.00,59.00,-5.00
            e,5,64.00,56.00,-1.00
            f,5,61.20,56.60,-5.75
            g,5,60.00,52.80,-9.00
            """);
        assertEquals(List.of("bwt/gem"), named(findings, "BWT", Verdict.MEANT));
        var fault = findings.faults().get(0);
        assertEquals(1, findings.faults().size());
        assertEquals(Kind.ODD, fault.kind());
        assertEquals(List.of("MFT 64.00", "MFN 56.00", "BWT -1.00"), fault.conflict());
        assertTrue(fault.corrections().contains(new Correction("BWT", "-1.00", "-9.99")), fault::toString);
        assertEquals(
                "mft = 1/T sum_j R[j][j], last/gem = 1/T sum_j R[T][j], bwt/gem = 1/(T-1) sum_{j<T} (R[T][j] - R[j][j]),"
                        + " as in the other rows",
                fault.why());
    }

    /** Most methods never get better on an old task, so that the maximum is the first score; one that does is not wrong. */
    @Test
    void aMaximumThatIsTheFirstScoreInMostRowsIsAMaximumAllTheSame() {
        var rows = new StringBuilder("method,T,MFT,MFN,Forgetting\n");
        for (var method = 0; method < 12; method++) {
            rows.append("m").append(method).append(",5,60.00,52.00,10.00\n");
        }
        var findings = audit(rows + "better,5,60.00,52.00,13.00");
        assertEquals(List.of(), findings.faults());
    }

    /** Where nothing is forgotten all definitions agree, so such rows do not tell which one is meant. */
    @Test
    void rowsWithoutForgettingTellNothing() {
        var rows = new StringBuilder("method,T,MFT,MFN,BWT\n");
        for (var method = 0; method < 12; method++) {
            rows.append("m").append(method).append(",5,60.00,60.00,0.00\n");
        }
        assertEquals(List.of(), audit(rows + "other,5,60.00,52.00,-7.00").faults());
    }

    @Test
    void ofThreeRowsThatDisagreeNoneIsAccused() {
        var findings =
                audit("method,T,MFT,MFN,BWT\na,5,60.00,52.00,-10.00\nb,5,60.00,52.00,-8.00\nc,5,70.00,52.00,-22.50");
        assertEquals(List.of(), findings.faults());
        assertEquals(1, findings.notes().size());
        assertTrue(findings.notes().get(0).contains("too few to decide"), findings::toString);
    }

    @Test
    void aMeanThatIsNotThatOfItsRowIsFound() {
        var findings = audit("method,A,B,C,D,Last\nx,70.00,60.00,50.00,40.00,56.00\ny,70.00,60.00,50.00,40.00,55.00");
        var fault = findings.faults().get(0);
        assertEquals(Kind.IMPOSSIBLE, fault.kind());
        assertEquals("x", fault.method());
        assertEquals(
                new Correction("Last", "56.00", "55.01"), fault.corrections().get(0));
    }

    @ParameterizedTest
    @CsvSource({
        "'A,B,C', '70.0,101.0,50.0', B 101.0",
        "'A,B,MFN', '70.0,50.0,-60.0', MFN -60.0",
        "'T,MFN,fm/max-incl', '3,95.0,60.0', fm/max-incl 60.0", // no more than 5 x 3 / 2 can be forgotten
        "'A,B,C,MAA', '40.0,50.0,60.0,10.0', MAA 10.0", // the last row alone makes a third of 50
        "'T,MFN,fm/max-incl', '3,50.0,-1.1', fm/max-incl -1.1"
    })
    void whatLiesOutOfRangeIsFound(String headings, String numbers, String number) {
        var findings = audit("method," + headings + "\nx," + numbers);
        assertEquals(1, findings.faults().size(), findings::toString);
        assertTrue(findings.faults().get(0).conflict().contains(number), findings::toString);
    }

    @Test
    void meanAverageAccuracyIsBoundedByWhatWasLearned() {
        var rows = "method,after,A,B,C,MAA\nx,itself,80.0,70.0,60.0,\nx,last,50.0,50.0,,";
        // at least (80 + 70/2 + 160/3) / 3 = 56.1, at most (80 + (70 + 100)/2 + 160/3) / 3 = 72.8
        assertEquals(List.of(), audit(rows + "56.1").faults());
        assertEquals(List.of(), audit(rows + "72.8").faults());
        assertEquals(1, audit(rows + "55.7").faults().size());
        assertEquals(1, audit(rows + "73.2").faults().size());
    }

    @Test
    void forgettingIsNeverLessThanTheLossSinceLearning() {
        var rows = "method,T,MFT,MFN,FM\nx,5,60.00,52.00,";
        assertEquals(List.of(), audit(rows + "10.00").faults());
        assertEquals(
                List.of("fm/chaudhry", "fm/max-incl"),
                audit(rows + "14.00").columns().stream()
                        .filter(meaning -> meaning.column().equals("FM") && meaning.fitting() == 1)
                        .map(meaning -> meaning.definition().name())
                        .filter(name -> !name.contains("libcontinual"))
                        .toList());
        assertTrue(audit("method,T,MFT,MFN,fm/chaudhry\nx,5,60.00,52.00,9.90")
                        .faults()
                        .size()
                == 1);
    }

    @Test
    void aSignThatWasTurnedIsRecognised() {
        var findings = audit("""
            method,after,A,B,C,Forgetting
            x,A,80.0,,,
            x,B,85.0,70.0,,
            x,C,60.0,65.0,90.0,-15.0
            """);
        assertEquals(List.of("-fm/chaudhry", "-fm/max-incl"), named(findings, "Forgetting", Verdict.OPEN));
    }

    @Test
    void forgettingOfEachTaskIsThatOfTheMatrix() {
        var rows = """
            method,after,A,B,C,AP,BWT
            x,itself,80.0,70.0,90.0,,
            x,last,60.0,65.0,,71.7,-12.5
            x,forgetting,20.0,%s,0.0,,
            """;
        assertEquals(List.of(), audit(rows.formatted("5.0")).faults());
        assertEquals(
                List.of("forget/first-last", "forget/chaudhry"),
                named(audit(rows.formatted("5.0")), "Forget_j", Verdict.OPEN));
        assertEquals(1, audit(rows.formatted("-8.0")).faults().size());
    }

    @Test
    void aScoreMustBeAShareOfTheTestSamples() {
        var findings = audit("method,A,B\nx,28.51,50.00\ny,28.50,50.01\nN,4000,4000");
        assertEquals(2, findings.faults().size());
        assertEquals(Kind.COUNT, findings.faults().get(0).kind());
        assertEquals(List.of("A 28.51"), findings.faults().get(0).conflict());
        assertEquals(
                List.of(new Correction("A", "28.51", "28.50")),
                findings.faults().get(0).corrections());
        assertEquals(List.of(), audit("method,A,B\nx,28.51,50.00\nN,1000000,").faults());
        assertEquals(List.of(), audit("method,A,B\nx,28.51±0.3,50.00\nN,4000,").faults()); // a mean over seeds
    }

    @Test
    void captionsMayHaveMoreThanAHundredPoints() {
        assertEquals(1, audit("method,A,B\nx,120.0,50.0").faults().size());
        assertEquals(List.of(), audit("method,A,B\nx,120.0,50.0\nmax,325,").faults());
    }

    @Test
    void sharesAreTakenAsShares() {
        assertEquals(List.of(), audit("method,A,B,Last\nx,0.7,0.5,0.6").faults());
        assertEquals(1, audit("method,A,B,Last\nx,0.70,0.50,0.80").faults().size());
    }

    @Test
    void numbersOfManyDigitsAreNoFault() {
        assertEquals(
                List.of(),
                audit("method,A,B,C,Last\nx,70.123456789012345,60,50,60.041152263004115")
                        .faults());
    }

    @Test
    void aHeadingMeansWhatItIsToldToMean() {
        var text = "method,A,B,Score,Params\nx,70.0,50.0,90.0,7\n";
        assertEquals(
                1,
                Audit.of(printer.table(text, Optional.empty(), Map.of("Score", "mft", "Params", "ignore")))
                        .columns()
                        .size());
        assertEquals(
                1,
                Audit.of(printer.table(text, Optional.empty(), Map.of("Score", "last/gem", "Params", "ignore")))
                        .faults()
                        .size());
    }

    @Test
    void theJsonHoldsAllOfIt() {
        var json = FindingsJson.of(audit("method,A,B,Last\nx,70.0,50.0,80.0"));
        for (var part : List.of(
                "\"methods\": 1",
                "\"definition\": \"last/gem\"",
                "\"kind\": \"impossible\"",
                "\"corrected\": \"60.1\"")) {
            assertTrue(json.contains(part), json);
        }
    }

    @Test
    void leewayIsWhatTheOthersLeaveOpen() {
        var leeway = audit("method,A,B,Avg\nx,70.0,50.0,60.0").columns().stream()
                .filter(meaning -> meaning.definition().name().equals("last/gem"))
                .map(Meaning::leeway)
                .findFirst()
                .orElseThrow();
        assertEquals(0.1, leeway.getAsDouble(), 1e-6);
    }
}
