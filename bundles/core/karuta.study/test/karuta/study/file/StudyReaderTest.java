package karuta.study.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import karuta.study.StrategyReference;
import org.junit.jupiter.api.Test;

class StudyReaderTest {

    static final String EXAMPLE = """
        study: quickstart
        seeds: [1, 2]
        backbone: tiny
        encoder: {id: clip, path: /models/clip, dtype: bf16}
        benchmark: {id: cards, train: 1000, test: 100}
        tasks: [scienceqa, textvqa]
        training: {rate: 0.05, steps: 80, batch: 32, warmup: 0.03, clip: 1.0, decay: 0, betas: [0.9, 0.95]}
        arms:
          modalprompt:
            learner: prompt
            pool: {id: prototype, length: 8}
            selector: {id: dual, k: 3}
            fusion: concat
          replay:
            baseline: {id: replay, buffer: 160}
            over: {baseline: {id: lora, rank: 8, targets: [q_proj, v_proj]}}
            training: {rate: 0.003}
          oracle: {analysis: true, learner: prompt, pool: prototype, selector: oracle, fusion: concat}
        """;

    @Test
    void readsEverythingWithItsPlace() {
        var study = StudyReader.parse("quickstart.yaml", EXAMPLE);
        assertEquals("quickstart", study.getName());
        assertEquals(List.of(1L, 2L), study.getSeeds());
        assertEquals("backbone tiny []", describe(study.getBackbone()));
        assertEquals("encoder clip [path=[/models/clip], dtype=[bf16]]", describe(study.getEncoder()));
        assertEquals(List.of("scienceqa", "textvqa"), study.getOrders().get(0).names());
        assertEquals(20, study.getOrders().get(0).getTasks().get(1).getColumn());
        assertEquals(80, study.getTraining().getSteps());
        assertEquals(0.95, study.getTraining().getBeta2());
        assertEquals(EXAMPLE, study.getText());
        assertEquals("quickstart.yaml", study.getFile());

        var modalprompt = study.getArms().get(0);
        assertEquals("modalprompt", modalprompt.getName());
        assertFalse(modalprompt.isAnalysis());
        assertEquals("learner prompt []", describe(modalprompt.getLearner()));
        assertEquals(
                List.of("pool prototype [length=[8]]", "selector dual [k=[3]]", "fusion concat []"),
                modalprompt.getParts().stream().map(StudyReaderTest::describe).toList());
        var k = modalprompt.getParts().get(1).getOptions().get(0);
        assertEquals("12:26", k.getLine() + ":" + k.getColumn());

        var over = study.getArms().get(1).getOver();
        assertNull(over.getName());
        assertEquals("baseline lora [rank=[8], targets=[q_proj, v_proj]]", describe(over.getLearner()));
        assertTrue(over.getLearner().getOptions().get(1).isList());
        assertTrue(study.getArms().get(2).isAnalysis());
    }

    @Test
    void anArmMayGoOnFromACheckpoint() {
        var study = StudyReader.parse("s.yaml", EXAMPLE.replace("analysis: true", "from: runs/before"));
        var from = study.getArms().get(2).getFrom();
        assertEquals("runs/before", from.getText());
        assertEquals("18:18", from.getLine() + ":" + from.getColumn());
        assertNull(study.getArms().get(0).getFrom());
    }

    @Test
    void badPicturesMayBeLeftOut() {
        var study = StudyReader.parse("s.yaml", EXAMPLE + "skipBad: true\n");
        assertTrue(study.isSkipBad());
        assertTrue(StudyReader.parse("s.yaml", StudyWriter.write(study)).isSkipBad());
        assertFalse(StudyReader.parse("s.yaml", EXAMPLE).isSkipBad());
    }

    @Test
    void readsSeveralOrders() {
        var study = StudyReader.parse(
                "s.yaml", EXAMPLE.replace("tasks: [scienceqa, textvqa]", "orders: {there: [a, b], back: [b, a]}"));
        assertEquals("back", study.getOrders().get(1).getName());
        assertEquals(List.of("b", "a"), study.getOrders().get(1).names());
    }

    @Test
    void leavesTheOrderToTheBenchmarkIfNoneIsGiven() {
        assertEquals(
                List.of(),
                StudyReader.parse("s.yaml", EXAMPLE.replace("tasks: [scienceqa, textvqa]", ""))
                        .getOrders());
    }

    @Test
    void readsAPretrainingStudy() {
        var study = StudyReader.parse("s.yaml", "study: p\nseeds: [7]\npretraining: {id: tiny, steps: 10}\n");
        assertEquals("pretraining tiny [steps=[10]]", describe(study.getPretraining()));
    }

    @Test
    void aByteOrderMarkDoesNotHurt() {
        assertEquals(
                "quickstart", StudyReader.parse("s.yaml", "\uFEFF" + EXAMPLE).getName());
    }

    @Test
    void anAnchorMayBeUsedTwice() {
        var study = StudyReader.parse(
                "s.yaml",
                EXAMPLE.replace("pool: {id: prototype, length: 8}", "pool: &pool {id: prototype, length: 8}")
                        .replace("pool: prototype", "pool: *pool"));
        assertEquals(
                "pool prototype [length=[8]]",
                describe(study.getArms().get(0).getParts().get(0)));
        assertEquals(
                "pool prototype [length=[8]]",
                describe(study.getArms().get(2).getParts().get(0)));
    }

    @Test
    void anArmMayStartFromAnother() {
        var study = StudyReader.parse(
                "s.yaml",
                EXAMPLE.replace("  modalprompt:\n", "  modalprompt: &base\n")
                        .replace("  oracle: {", "  short: {<<: *base, pool: {id: prototype, length: 4}}\n  oracle: {"));
        var arm = study.getArms().get(2);
        assertEquals("short", arm.getName());
        assertEquals(
                List.of("pool prototype [length=[4]]", "selector dual [k=[3]]", "fusion concat []"),
                arm.getParts().stream().map(StudyReaderTest::describe).toList());
    }

    @Test
    void slurmIsToldWhatTheStudySays() {
        var study =
                StudyReader.parse("s.yaml", EXAMPLE + "slurm: {tasks: 4, options: {time: 4:00:00, exclusive: ''}}\n");
        assertEquals(4, study.getSlurm().getTasks());
        assertEquals(
                List.of("time=[4:00:00]", "exclusive=[]"),
                study.getSlurm().getOptions().stream()
                        .map(option -> option.getKey() + "=" + option.texts())
                        .toList());
    }

    @Test
    void everyKeyOfASectionHasItsPlace() {
        var study = StudyReader.parse("s.yaml", EXAMPLE.replace("rate: 0.05, steps", "rate: 0.05,\n  steps"));
        assertEquals(
                List.of("rate 7", "steps 8", "batch 8", "warmup 8", "clip 8", "decay 8", "betas 8"),
                study.getTraining().getPlaces().stream()
                        .map(place -> place.getText() + " " + place.getLine())
                        .toList());
        assertEquals(
                "study 1",
                study.getPlaces().get(0).getText() + " "
                        + study.getPlaces().get(0).getLine());
    }

    private static String describe(StrategyReference strategy) {
        var options = strategy.getOptions().stream()
                .map(option -> option.getKey() + "=" + option.texts())
                .toList();
        return strategy.getKind() + " " + strategy.getId() + " " + options;
    }
}
