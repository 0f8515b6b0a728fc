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
import karuta.api.Phase;
import karuta.api.PromptedInput;
import karuta.api.Sample;
import karuta.api.Stage;
import karuta.api.State;
import karuta.api.TrainingStep;
import karuta.kit.LearnerContract;
import karuta.kit.ToyContext;
import karuta.kit.ToyStageData;
import karuta.kit.ToyTasks;
import karuta.kit.ToyTraining;
import karuta.tensor.Targets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LoraBaselineTest {

    private static final List<String> ALL =
            List.of("q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj");
    private static final Stage STAGE = new Stage(1, List.of("task1"));
    private static final List<Sample> SAMPLES = ToyTasks.samples(1, 8);

    private final ToyContext context = new ToyContext(3);
    private final LoraBaseline lora = context.start(new LoraBaseline(2, 4, 0, ALL));
    private final ToyTraining training = new ToyTraining(lora, context);

    @AfterEach
    void free() {
        context.close();
    }

    @Test
    void beforeTrainingItAddsNothing() {
        var plain = SAMPLES.stream()
                .map(sample -> new PromptedInput(context.encode(sample.query()), List.of()))
                .toList();
        var expected = context.backbone().generate(plain);
        assertEquals(expected, texts(training.answer(SAMPLES)));
        training.open(STAGE);
        assertEquals(expected, texts(training.answer(SAMPLES)));
    }

    @Test
    void itLearnsATask() {
        var losses = training.stage(1, "task1", SAMPLES, 60, 0.02);
        assertTrue(losses.get("lm") < 0.1, "loss " + losses);
        assertEquals(SAMPLES.stream().map(Sample::answer).toList(), texts(training.answer(SAMPLES)));
    }

    @Test
    void theNextStageGoesOnWithTheSameAdapter() {
        training.stage(1, "task1", SAMPLES, 3, 0.02);
        var before = numbers(lora);
        training.open(new Stage(2, List.of("task2")));
        assertEquals(before, numbers(lora));
    }

    @Test
    void everyTargetGetsAPairAndGradientsReachB() {
        training.open(STAGE);
        var gradients = training.gradients(STAGE, SAMPLES);
        assertEquals(2 * 7 * 2, gradients.size());
        gradients.forEach((name, largest) ->
                assertEquals(name.endsWith("lora_B.weight"), largest > 0, name + " got " + largest)); // A waits for B
    }

    @Test
    void theStartDependsOnTheSeedAlone() {
        training.open(STAGE);
        try (var same = new ToyContext(3);
                var other = new ToyContext(4)) {
            var twin = same.start(new LoraBaseline(2, 4, 0, ALL));
            begin(twin, new Stage(5, List.of("x")));
            assertEquals(numbers(lora), numbers(twin));
            var different = other.start(new LoraBaseline(2, 4, 0, ALL));
            begin(different, STAGE);
            assertNotEquals(numbers(lora), numbers(different));
        }
    }

    @Test
    void dropoutActsInTrainingOnlyAndDependsOnTheStep() {
        var dropping = context.start(new LoraBaseline(2, 4, 0.5, ALL));
        var dropped = new ToyTraining(dropping, context);
        dropped.open(STAGE);
        dropping.trainable().forEach(parameter -> parameter.value().setRequiresGradient(false));
        dropping.trainable().forEach(parameter -> parameter.value().addi(0.2));
        var batch = dropped.batch(SAMPLES);
        var first = dropped.losses(batch, at(dropped, 0)).get("lm").getFloat();
        var again = dropped.losses(batch, at(dropped, 0)).get("lm").getFloat();
        var second = dropped.losses(batch, at(dropped, 1)).get("lm").getFloat();
        assertEquals(first, again);
        assertNotEquals(first, second);
        assertEquals(texts(dropped.answer(SAMPLES)), texts(dropped.answer(SAMPLES)));
    }

    private static TrainingStep at(ToyTraining training, int step) {
        return new TrainingStep(
                STAGE,
                Phase.WHOLE,
                0,
                step,
                2,
                training.context().random("test").fork(step));
    }

    @Test
    void theScaleIsAlphaOverRank() {
        var strong = context.start(new LoraBaseline(2, 8, 0, ALL));
        begin(strong, STAGE);
        begin(lora, STAGE);
        // twice the scale on half the B gives the same answers, on the same B others
        lora.trainable().forEach(parameter -> parameter.value().addi(0.3));
        strong.trainable().forEach(parameter -> parameter.value().addi(0.3));
        assertEquals(numbers(lora), numbers(strong));
        var samples = training.batch(SAMPLES);
        var stronger = new ToyTraining(strong, context);
        var step = training.step(STAGE);
        var expected = training.losses(samples, step).get("lm").getFloat();
        assertNotEquals(expected, stronger.losses(samples, step).get("lm").getFloat(), 1e-3f);
        strong.trainable().stream()
                .filter(parameter -> parameter.name().endsWith("lora_B.weight"))
                .forEach(parameter -> parameter.value().divi(2));
        assertEquals(expected, stronger.losses(samples, step).get("lm").getFloat(), 1e-4f);
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
        var some = context.start(new LoraBaseline(3, 4, 0, List.of("layers.0.self_attn.v_proj")));
        begin(some, STAGE);
        assertEquals(
                List.of("layers.0.self_attn.v_proj.lora_A.weight", "layers.0.self_attn.v_proj.lora_B.weight"),
                some.trainable().stream().map(Parameter::name).toList());
        var size = 3 * 2 * ToyContext.HIDDEN;
        assertEquals(new Footprint(size, size, 0, 0), some.footprint());
        assertArrayEquals(
                new float[3 * ToyContext.HIDDEN],
                some.trainable().get(1).value().toFloatArray());
    }

    @Test
    void aFreshOneGoesOnFromAKeptState() {
        training.stage(1, "task1", SAMPLES, 5, 0.02);
        var fresh = context.start(new LoraBaseline(2, 4, 0, ALL));
        fresh.load(lora.save());
        assertEquals(numbers(lora), numbers(fresh));
        assertEquals(texts(training.answer(SAMPLES)), texts(new ToyTraining(fresh, context).answer(SAMPLES)));
        var other = context.start(new LoraBaseline(3, 4, 0, ALL));
        refuses(other, "was made with rank: 2, and this run has rank: 3");
        refuses(context.start(new LoraBaseline(2, 8, 0, ALL)), "was made with alpha: 4.0, and this run has alpha: 8.0");
        context.start(new LoraBaseline(2, 4, 0.5, ALL)).load(lora.save()); // dropout may change
        var fewer = context.start(new LoraBaseline(2, 4, 0, List.of("q_proj")));
        refuses(fewer, "holds more than this run's targets");
        var bare = new State(lora.save().tensors(), Map.of());
        var refusal =
                assertThrows(KarutaException.class, () -> fresh.load(bare)).getMessage();
        assertTrue(refusal.contains("has no metadata alpha"), refusal);
    }

    private void refuses(LoraBaseline other, String why) {
        var refusal = assertThrows(KarutaException.class, () -> other.load(lora.save()))
                .getMessage();
        assertTrue(refusal.contains(why), refusal);
    }

    @Test
    void whatIsKeptSaysWhatItWasMadeWith() {
        assertEquals(State.EMPTY, lora.save());
        training.open(STAGE);
        assertEquals(
                Map.of("rank", "2", "alpha", "4.0", "dropout", "0.0"),
                lora.save().metadata());
    }

    private void begin(LoraBaseline lora, Stage stage) {
        lora.beginStage(stage, new ToyStageData(context, List.of()));
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

    @Test
    void aFreshOneGoesOnBetweenStagesAndWithinOneBitByBit() {
        LearnerContract.goesOn(() -> new ToyContext(3), () -> new LoraBaseline(2, 4, 0, ALL), 0.02);
    }
}
