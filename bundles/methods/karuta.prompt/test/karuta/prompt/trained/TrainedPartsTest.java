package karuta.prompt.trained;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Set;
import karuta.api.Answer;
import karuta.api.Fusion;
import karuta.api.Guidance;
import karuta.api.Parameter;
import karuta.api.PromptPool;
import karuta.api.Selector;
import karuta.api.Stage;
import karuta.kit.GradientCheck;
import karuta.kit.SelectorContract;
import karuta.kit.ToyContext;
import karuta.kit.ToyStageData;
import karuta.kit.ToyTasks;
import karuta.kit.ToyTraining;
import karuta.prompt.PromptLearner;
import karuta.prompt.outsider.QuestionPool;
import karuta.tensor.ParameterGradients;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Selectors and fusions may train something of their own. */
class TrainedPartsTest {

    private static final Stage THIRD = new Stage(3, List.of("task3"));

    private final ToyContext context = new ToyContext(1);
    private final ModalityWeight selector = new ModalityWeight();
    private final ToyTraining training = new ToyTraining(
            context.with(PromptPool.class, new QuestionPool())
                    .with(Selector.class, selector)
                    .with(Fusion.class, new GatedFusion())
                    .start(new PromptLearner()),
            context);

    @AfterEach
    void free() {
        context.close();
    }

    private void twoStages() {
        training.stage(1, "task1", ToyTasks.samples(1, 6), 5, 0.05);
        training.stage(2, "task2", ToyTasks.samples(2, 6), 5, 0.05);
    }

    @Test
    void whatSelectorAndFusionTrainIsTheLearnersBesideWhatThePoolTrains() {
        twoStages();
        var parameters = training.open(THIRD, ToyTasks.samples(3, 6));
        assertEquals(
                List.of("prompt", "balance", "gate"),
                parameters.stream().map(Parameter::name).toList());
        assertEquals(
                List.of(1.0, 1.0, 2.0), parameters.stream().map(Parameter::rate).toList());
    }

    @Test
    void theirGradientsAreThoseOfFiniteDifferences() {
        twoStages();
        var samples = ToyTasks.samples(3, 6);
        var batch = training.batch(samples);
        for (var parameter : training.open(THIRD, samples)) {
            GradientCheck.holds(
                    () -> ParameterGradients.sum(
                            training.losses(batch, training.step(THIRD)).values()),
                    parameter.value(),
                    0.03);
        }
    }

    @Test
    void theyMoveInTrainingAndStayAfterIt() {
        twoStages();
        var samples = ToyTasks.samples(3, 6);
        var parameters =
                training.open(THIRD, samples).stream().map(Parameter::value).toList();
        var before = parameters.stream().map(context::keep).toList();
        training.train(THIRD, samples, 5, 0.05);
        for (var i = 0; i < before.size(); i++) {
            assertNotEquals(before.get(i), parameters.get(i));
        }
        training.close(THIRD, samples);
        parameters.forEach(value -> assertFalse(value.hasGradient()));
        NDArray after = context.keep(parameters.get(1));
        assertEquals(texts(), texts());
        assertEquals(after, parameters.get(1));
    }

    @Test
    void theLearnedBalanceChangesTheWeights() {
        twoStages();
        var samples = ToyTasks.samples(1, 2);
        var first = training.answer(samples).get(0).selection().picks().get(0).score();
        selector.trainable().get(0).value().toByteBuffer(true).asFloatBuffer().put(new float[] {9, -9});
        var second = training.answer(samples).get(0).selection().picks().get(0).score();
        assertTrue(Math.abs(first - second) > 1e-3, first + " and " + second);
    }

    @Test
    void theLearnedChoiceOfASampleIsItsOwn() {
        var started = context.start(new ModalityWeight());
        started.beginStage(THIRD, new ToyStageData(context, List.of()));
        SelectorContract.holdsFor(started, Set.of(Guidance.IMAGE, Guidance.TEXT), 3, 40);
    }

    private List<String> texts() {
        return training.answer(ToyTasks.samples(3, 4)).stream()
                .map(Answer::text)
                .toList();
    }
}
