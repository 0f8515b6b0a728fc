package karuta.baseline.lora;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import karuta.api.Answer;
import karuta.api.BackboneSpec.Linear;
import karuta.api.Footprint;
import karuta.api.KarutaException;
import karuta.api.Parameter;
import karuta.api.PromptedInput;
import karuta.api.Sample;
import karuta.api.Stage;
import karuta.api.State;
import karuta.kit.ToySetting;
import karuta.kit.ToyTasks;
import karuta.kit.ToyTraining;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LoraBaselineTest {

    private static final List<String> ALL =
            List.of("q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj");
    private static final Stage STAGE = new Stage(1, List.of("task1"));
    private static final List<Sample> SAMPLES = ToyTasks.samples(1, 8);

    private final ToySetting setting = new ToySetting(3);
    private final LoraBaseline lora = setting.start(new LoraBaseline(2, 4, 0, ALL));
    private final ToyTraining lesson = new ToyTraining(lora, setting);

    @AfterEach
    void free() {
        setting.close();
    }

    @Test
    void beforeTrainingItAddsNothing() {
        var plain = SAMPLES.stream()
                .map(sample -> new PromptedInput(setting.see(sample.query()), List.of()))
                .toList();
        var expected = setting.backbone().generate(plain);
        assertEquals(expected, texts(lesson.answer(SAMPLES)));
        lesson.open(STAGE);
        assertEquals(expected, texts(lesson.answer(SAMPLES)));
    }

    @Test
    void itLearnsATask() {
        var losses = lesson.stage(1, "task1", SAMPLES, 60, 0.02);
        assertTrue(losses.get("lm") < 0.1, "loss " + losses);
        assertEquals(SAMPLES.stream().map(Sample::answer).toList(), texts(lesson.answer(SAMPLES)));
    }

    @Test
    void theNextStageGoesOnWithTheSameAdapter() {
        lesson.stage(1, "task1", SAMPLES, 3, 0.02);
        var before = numbers(lora);
        lesson.open(new Stage(2, List.of("task2")));
        assertEquals(before, numbers(lora));
    }

    @Test
    void everyTargetGetsAPairAndGradientsReachB() {
        lesson.open(STAGE);
        var gradients = lesson.gradients(STAGE, SAMPLES);
        assertEquals(2 * 7 * 2, gradients.size());
        gradients.forEach((name, largest) ->
                assertEquals(name.endsWith("lora_B.weight"), largest > 0, name + " got " + largest)); // A waits for B
    }

    @Test
    void theStartDependsOnTheSeedAlone() {
        lesson.open(STAGE);
        try (var same = new ToySetting(3);
                var other = new ToySetting(4)) {
            var twin = same.start(new LoraBaseline(2, 4, 0, ALL));
            twin.open(new Stage(5, List.of("x")));
            assertEquals(numbers(lora), numbers(twin));
            var different = other.start(new LoraBaseline(2, 4, 0, ALL));
            different.open(STAGE);
            assertNotEquals(numbers(lora), numbers(different));
        }
    }

    @Test
    void dropoutActsInTrainingOnlyAndDependsOnTheStep() {
        var dropping = setting.start(new LoraBaseline(2, 4, 0.5, ALL));
        var dropped = new ToyTraining(dropping, setting);
        dropped.open(STAGE);
        dropping.trainable().forEach(parameter -> parameter.value().setRequiresGradient(false));
        dropping.trainable().forEach(parameter -> parameter.value().addi(0.2));
        var batch = dropped.batch(SAMPLES);
        var first = dropping.loss(batch, moment(dropped, 0)).get("lm").getFloat();
        var again = dropping.loss(batch, moment(dropped, 0)).get("lm").getFloat();
        var second = dropping.loss(batch, moment(dropped, 1)).get("lm").getFloat();
        assertEquals(first, again);
        assertNotEquals(first, second);
        assertEquals(texts(dropped.answer(SAMPLES)), texts(dropped.answer(SAMPLES)));
    }

    private static karuta.api.TrainingStep moment(ToyTraining lesson, int step) {
        return new karuta.api.TrainingStep(
                STAGE, step, 2, lesson.setting().draws("test").at(step));
    }

    @Test
    void theScaleIsAlphaOverRank() {
        var strong = setting.start(new LoraBaseline(2, 8, 0, ALL));
        strong.open(STAGE);
        lora.open(STAGE);
        // twice the scale on half the B gives the same answers, on the same B others
        lora.trainable().forEach(parameter -> parameter.value().addi(0.3));
        strong.trainable().forEach(parameter -> parameter.value().addi(0.3));
        assertEquals(numbers(lora), numbers(strong));
        var samples = new ToyTraining(lora, setting).batch(SAMPLES);
        var moment = lesson.moment(STAGE);
        var expected = lora.loss(samples, moment).get("lm").getFloat();
        assertNotEquals(expected, strong.loss(samples, moment).get("lm").getFloat(), 1e-3f);
        strong.trainable().stream()
                .filter(parameter -> parameter.name().endsWith("lora_B.weight"))
                .forEach(parameter -> parameter.value().divi(2));
        assertEquals(expected, strong.loss(samples, moment).get("lm").getFloat(), 1e-4f);
    }

    @Test
    void targetsAreNamesLastPartsOrRegularExpressions() {
        var linears = List.of(
                new Linear("layers.0.self_attn.q_proj", 4, 4),
                new Linear("layers.1.self_attn.q_proj", 4, 4),
                new Linear("layers.1.mlp.up_proj", 4, 8));
        assertEquals(linears.subList(0, 2), Targets.among(linears, List.of("q_proj")));
        assertEquals(linears.subList(2, 3), Targets.among(linears, List.of("layers.1.mlp.up_proj")));
        assertEquals(linears.subList(1, 3), Targets.among(linears, List.of("layers\\.1\\..*", "mlp.up_proj")));
        var typo = assertThrows(KarutaException.class, () -> Targets.among(linears, List.of("q_proj", "q_porj")));
        assertTrue(typo.getMessage().contains("q_porj"), typo.getMessage());
        assertTrue(typo.getMessage().contains("layers.0.self_attn.q_proj"), typo.getMessage());
        assertThrows(KarutaException.class, () -> Targets.among(linears, List.of("(")));
    }

    @Test
    void onlyTheTargetsAreTrained() {
        var some = setting.start(new LoraBaseline(3, 4, 0, List.of("layers.0.self_attn.v_proj")));
        some.open(STAGE);
        assertEquals(
                List.of("layers.0.self_attn.v_proj.lora_A.weight", "layers.0.self_attn.v_proj.lora_B.weight"),
                some.trainable().stream().map(Parameter::name).toList());
        var size = 3 * 2 * ToySetting.HIDDEN;
        assertEquals(new Footprint(size, size, 0, 0), some.footprint());
        assertArrayEquals(
                new float[3 * ToySetting.HIDDEN],
                some.trainable().get(1).value().toFloatArray());
    }

    @Test
    void aFreshOneGoesOnFromAKeptState() {
        lesson.stage(1, "task1", SAMPLES, 5, 0.02);
        var fresh = setting.start(new LoraBaseline(2, 4, 0, ALL));
        fresh.load(lora.save());
        assertEquals(numbers(lora), numbers(fresh));
        assertEquals(texts(lesson.answer(SAMPLES)), texts(new ToyTraining(fresh, setting).answer(SAMPLES)));
        var other = setting.start(new LoraBaseline(3, 4, 0, ALL));
        refuses(other, "was made with rank: 2, and this run has rank: 3");
        refuses(setting.start(new LoraBaseline(2, 8, 0, ALL)), "was made with alpha: 4.0, and this run has alpha: 8.0");
        setting.start(new LoraBaseline(2, 4, 0.5, ALL)).load(lora.save()); // dropout may change
        var fewer = setting.start(new LoraBaseline(2, 4, 0, List.of("q_proj")));
        refuses(fewer, "holds more than this run's targets");
        var bare = new State(lora.save().tensors(), Map.of());
        var refusal =
                assertThrows(KarutaException.class, () -> fresh.load(bare)).getMessage();
        assertTrue(refusal.contains("has no note rank"), refusal);
    }

    private void refuses(LoraBaseline other, String why) {
        var refusal = assertThrows(KarutaException.class, () -> other.load(lora.save()))
                .getMessage();
        assertTrue(refusal.contains(why), refusal);
    }

    @Test
    void whatIsKeptSaysWhatItWasMadeWith() {
        assertEquals(State.EMPTY, lora.save());
        lesson.open(STAGE);
        assertEquals(
                Map.of("rank", "2", "alpha", "4.0", "dropout", "0.0"),
                lora.save().notes());
    }

    private static List<String> texts(List<Answer> answers) {
        return answers.stream().map(Answer::text).toList();
    }

    private static List<List<Float>> numbers(LoraBaseline lora) {
        return lora.trainable().stream()
                .map(parameter -> parameter.value().toFloatArray())
                .map(floats -> IntStream.range(0, floats.length)
                        .mapToObj(i -> floats[i])
                        .toList())
                .toList();
    }
}
