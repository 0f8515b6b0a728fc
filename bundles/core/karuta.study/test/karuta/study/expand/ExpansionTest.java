package karuta.study.expand;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import karuta.study.Arm;
import karuta.study.StrategyReference;
import karuta.study.Study;
import karuta.study.file.StudyException;
import karuta.study.file.StudyReader;
import karuta.study.file.StudyWriter;
import karuta.yaml.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpansionTest {

    private static final String BASE = """
        study: s
        backbone: tiny
        encoder: tiny
        benchmark: cards
        arms:
          dual:
            learner: prompt
            pool: {id: prototype, length: 8}
            selector: {id: dual, k: 2}
            fusion: concat
        """;

    private static final String LORA = "  lora: {baseline: {id: lora, rank: 8}, training: {rate: 0.003}}\n";

    private static Study read(String text) {
        return StudyReader.parse("s.yaml", text);
    }

    /** Every arm in a line. */
    private static Map<String, String> arms(String text) {
        var arms = new LinkedHashMap<String, String>();
        read(text).getArms().forEach(arm -> arms.put(arm.getName(), line(arm)));
        return arms;
    }

    private static String line(Arm arm) {
        var parts = Stream.concat(Stream.of(arm.getLearner()), arm.getParts().stream())
                .map(ExpansionTest::line)
                .collect(Collectors.joining(" "));
        return parts
                + (arm.getTraining() == null ? "" : " @" + arm.getTraining().getRate());
    }

    private static String line(StrategyReference strategy) {
        var options = strategy.getOptions().stream()
                .map(option -> option.getKey() + "=" + String.join("|", option.texts()))
                .collect(Collectors.joining(","));
        return strategy.getId() + (options.isEmpty() ? "" : "(" + options + ")");
    }

    private static List<String> mistakes(String text) {
        return assertThrows(StudyException.class, () -> read(text)).problems().stream()
                .map(Problem::toString)
                .toList();
    }

    @Test
    void leavesOutOnePartAfterTheOther() {
        assertEquals(
                Map.of(
                        "dual", "prompt prototype(length=8) dual(k=2) concat",
                        "dual-without-pool", "prompt none",
                        "dual-without-selector", "prompt prototype(length=8) random(k=2) concat",
                        "dual-without-fusion", "prompt prototype(length=8) dual(k=2) best",
                        "dual-without-alignment", "prompt prototype(length=8,lossImage=0,lossText=0) dual(k=2) concat"),
                arms(BASE + "ablate: [pool, selector, fusion, alignment]\n"));
        assertEquals(arms(BASE + "ablate: [pool, selector, fusion, alignment]\n"), arms(BASE + "ablate: all\n"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "leave-one-out; dual-without-selector dual-without-fusion dual-without-alignment",
                "one-in; dual-only-alignment dual-only-fusion dual-only-selector dual-without-all",
                "pairwise; dual-without-selector dual-without-fusion dual-without-alignment dual-without-selector-fusion"
                        + " dual-without-selector-alignment dual-without-fusion-alignment",
                "factorial; dual-without-selector dual-without-fusion dual-without-alignment dual-without-selector-fusion"
                        + " dual-without-selector-alignment dual-without-fusion-alignment dual-without-all"
            })
    void designsSayWhichSetsAreLeftOut(String design, String expected) {
        var names = arms(BASE + "ablate: {parts: [selector, fusion, alignment], design: " + design + "}\n")
                .keySet();
        assertEquals("dual " + expected, String.join(" ", names));
    }

    @Test
    void whatIsTheSameIsRunOnce() {
        var study = read(BASE + "ablate: {parts: [pool, selector], design: factorial}\n");
        assertEquals(
                List.of("dual", "dual-without-pool", "dual-without-selector"),
                study.getArms().stream().map(Arm::getName).toList());
        assertEquals(
                List.of("arm \"dual-without-all\" is left out, as it is the same as \"dual-without-pool\""),
                study.getNotes());
    }

    @Test
    void aStudySaysWhatLeavingOutMeansAndOfWhichArm() {
        var text = BASE + LORA + """
            ablate:
              arm: dual
              parts: [selector, transfer]
              without: {selector: {selector: text}, transfer: {selector.k: 1, training.steps: 5}}
            """;
        var arms = arms(text);
        assertEquals("prompt prototype(length=8) text concat", arms.get("dual-without-selector"));
        assertEquals("prompt prototype(length=8) dual(k=1) concat @2.0E-4", arms.get("dual-without-transfer"));
        assertEquals(
                List.of("dual", "lora", "dual-without-selector", "dual-without-transfer"), List.copyOf(arms.keySet()));
    }

    @Test
    void aGridHasAllCombinationsButThoseThatAreExcluded() {
        var arms = arms(BASE + """
            sweep:
              grid: {selector.k: [1, 2], pool.length: [4, 8]}
              exclude: [{selector.k: 1, pool.length: 4}]
            """);
        assertEquals(
                Map.of(
                        "dual", "prompt prototype(length=8) dual(k=2) concat",
                        "dual-k1-length8", "prompt prototype(length=8) dual(k=1) concat",
                        "dual-k2-length4", "prompt prototype(length=4) dual(k=2) concat"),
                arms); // k = 2 with a length of 8 is the arm itself
    }

    @Test
    void optionsOfOneStrategyAreVariedWithItAlone() {
        var arms = arms(BASE + """
            sweep:
              grid: {selector: [text, {id: threshold, threshold: {grid: [0.2, 0.4]}}]}
            """);
        assertEquals(
                List.of("dual", "dual-text", "dual-threshold-threshold0.2", "dual-threshold-threshold0.4"),
                List.copyOf(arms.keySet()));
        assertEquals(
                "prompt prototype(length=8) threshold(threshold=0.4) concat", arms.get("dual-threshold-threshold0.4"));
    }

    @Test
    void valuesGoTogetherOrStandInAListAndSeveralSweepsMakeOneStudy() {
        var arms = arms(BASE + LORA + """
            sweep:
              - {arm: lora, zip: {baseline.rank: [2, 4], training.rate: [0.01, 0.02]}}
              - {arm: dual, list: [{selector.k: 1}, {selector.k: 3, fusion: best}]}
              - {arm: lora, list: [{baseline.targets: [q_proj, v_proj]}]}
            """);
        assertEquals("lora(rank=2) @0.01", arms.get("lora-rank2-rate0.01"));
        assertEquals("lora(rank=4) @0.02", arms.get("lora-rank4-rate0.02"));
        assertEquals("prompt prototype(length=8) dual(k=3) best", arms.get("dual-k3-best"));
        assertEquals("lora(rank=8,targets=q_proj|v_proj) @0.003", arms.get("lora-targetsq_proj-v_proj"));
        assertEquals(7, arms.size());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "ablate: [selectr]; 11: arm \"dual\" has no part \"selectr\" that can be left out (it has pool, selector,"
                        + " fusion, alignment): say under \"without\" what leaving it out means",
                "ablate: {parts: all, design: all}; 11: unknown design \"all\" (known: factorial, leave-one-out, one-in,"
                        + " pairwise)",
                "ablate: {arm: lora, parts: all}; 11: unknown arm \"lora\" (known: dual)",
                "sweep: {}; 11: a sweep needs \"grid\", \"zip\" or \"list\"",
                "sweep: {grid: {selector.k: 3}}; 11: \"selector.k\" must be a list ([a, b]), not \"3\"",
                "sweep: {grid: {\"a b\": [3]}}; 11: \"a b\" is no path in an arm, such as selector.k or training.rate",
                "sweep: {zip: {selector.k: [3], pool.length: [1, 2]}}; 11: all lists of \"zip\" must be equally long",
                "ablat: all; 11: unknown key \"ablat\" (did you mean \"ablate\"?)"
            })
    void mistakesAreToldWithTheirPlace(String line, String mistake) {
        assertEquals(List.of("s.yaml:" + mistake), mistakes(BASE + line + "\n"));
    }

    @Test
    void mistakesInASettingAreThoseOfItsLine() {
        assertEquals(
                List.of("s.yaml:12: unknown key \"traning\" (did you mean \"training\"?)"),
                mistakes(BASE + "sweep:\n  list: [{traning.rate: 1}]\n"));
    }

    @Test
    void anArmThatLacksAPartIsNamed() {
        var mistakes = mistakes(BASE + LORA + "ablate: {arm: lora, parts: [selector]}\n");
        assertTrue(mistakes.get(0).contains("arm \"lora\" has no part \"selector\""), mistakes::toString);
    }

    @Test
    void ofSeveralArmsOneMustBeNamed() {
        assertEquals(
                List.of("s.yaml:12: \"ablate\" must say of which arm (arm: NAME), as the study has dual, lora"),
                mistakes(BASE + LORA + "ablate: all\n"));
    }

    @Test
    void aGridThatNobodyCanMeanIsRefusedBeforeItIsMade() {
        var numbers =
                Stream.iterate(1, i -> i + 1).limit(60).map(String::valueOf).collect(Collectors.joining(", "));
        var axes = Stream.of("a", "b", "c", "d", "e", "f")
                .map(key -> "selector." + key + ": [" + numbers + "]")
                .collect(Collectors.joining(", "));
        assertEquals(
                List.of("s.yaml:11: makes more than 100000 arms"), mistakes(BASE + "sweep: {grid: {" + axes + "}}\n"));
    }

    @Test
    void settingsOfTheCommandLineChangeTheFile(@TempDir Path folder) throws IOException {
        var file = Files.writeString(folder.resolve("s.yaml"), BASE);
        var study = StudyReader.read(
                file,
                List.of(
                        "arms.dual.selector.k=1",
                        "arms.dual.fusion=best",
                        "arms.dual.fusion.x=2",
                        "training.steps=8",
                        "seeds=[4, 5]",
                        "encoder.path=",
                        "arms.second={baseline: {id: lora}}"));
        assertEquals(
                "prompt prototype(length=8) dual(k=1) best(x=2)",
                line(study.getArms().get(0)));
        assertEquals("lora", line(study.getArms().get(1)));
        assertEquals(8, study.getTraining().getSteps());
        assertEquals(List.of(4L, 5L), study.getSeeds());
        var again = StudyReader.parse("again.yaml", study.getText());
        assertEquals(StudyWriter.write(study), StudyWriter.write(again));
        assertTrue(study.getText().startsWith("# " + file + " with --set arms.dual.selector.k=1 "), study.getText());
        var mistakes = assertThrows(StudyException.class, () -> StudyReader.read(file, List.of("x", "a={", "sed=1")))
                .problems();
        assertEquals(
                List.of(
                        file + ": \"x\" is no setting such as arms.dual.selector.k=1",
                        file + ": unknown key \"sed\" (did you mean \"seeds\"?)"),
                mistakes.stream()
                        .map(Problem::toString)
                        .filter(mistake -> !mistake.contains("a={"))
                        .toList());
        assertTrue(mistakes.stream().anyMatch(mistake -> mistake.toString().contains("\"a={\": not valid YAML")));
    }

    @Test
    void seedsMayBeANumberOrLeftOut() {
        assertEquals(List.of(1L), read(BASE).getSeeds());
        assertEquals(List.of(1L, 2L, 3L), read(BASE + "seeds: 3\n").getSeeds());
    }

    @Test
    void ordersMayBeDrawn() {
        var study = read(BASE + "orders: {own: [a, b], random: 5, latin: 2}\n");
        assertEquals(
                List.of("own"),
                study.getOrders().stream().map(order -> order.getName()).toList());
        assertEquals(
                List.of("random 5", "latin 2"),
                study.getDraws().stream()
                        .map(draw -> draw.getKind() + " " + draw.getCount())
                        .toList());
        assertEquals(StudyWriter.write(study), StudyWriter.write(read(StudyWriter.write(study))));
        assertEquals(
                List.of("s.yaml:11: \"random\" must be a number of orders from 1 to 1000, not \"0\""),
                mistakes(BASE + "orders: {random: 0}\n"));
        assertEquals(1, read(BASE + "orders: {random: [a, b]}\n").getOrders().size()); // a name like any other
    }

    @Test
    void whatContainsItselfIsLeftToTheReader() {
        assertTrue(
                mistakes("study: s\narms: &a {x: *a}\nablate: all\n").toString().contains("contains itself"));
    }
}
