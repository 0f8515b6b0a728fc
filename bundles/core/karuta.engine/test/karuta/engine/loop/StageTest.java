package karuta.engine.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import karuta.api.Forward;
import karuta.api.Gradient;
import karuta.api.Input;
import karuta.api.Insert;
import karuta.api.KarutaException;
import karuta.api.Learner;
import karuta.api.Parameter;
import karuta.api.Phase;
import karuta.api.PromptedInput;
import karuta.api.Stage;
import karuta.api.StageData;
import karuta.api.StrategyBase;
import karuta.api.TrainingStep;
import karuta.engine.features.FrozenModels;
import karuta.engine.toy.PupilBackbone;
import karuta.engine.toy.Toys;
import karuta.kit.ToyContext;
import karuta.study.KarutaFactory;
import karuta.study.Training;
import karuta.tensor.Ops;
import karuta.tensor.Tensors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a learner may do in a stage: see its data first, go through phases, change gradients, look after each step. */
class StageTest {

    private static final Stage STAGE = new Stage(1, List.of("task0"));

    @TempDir
    private Path folder;

    private final ToyContext toys = new ToyContext(1);
    private FrozenModels frozen;

    @BeforeEach
    void open() {
        frozen = new FrozenModels(new PupilBackbone(toys.backbone()), toys.encoder(), "", folder);
    }

    @AfterEach
    void close() {
        frozen.close();
        toys.close();
    }

    /** Says the same to everything: a bias on the answers; a second parameter is there for a second phase. */
    private class Bias extends StrategyBase implements Learner {

        final List<String> calls = new ArrayList<>();
        final NDArray first = Tensors.of(toys.manager(), new float[4], new Shape(1, 4));
        final NDArray second = Tensors.of(toys.manager(), new float[4], new Shape(1, 4));
        boolean later;

        @Override
        public List<Parameter> trainable() {
            return later ? List.of(new Parameter("second", second)) : List.of(new Parameter("first", first));
        }

        @Override
        public List<PromptedInput> prompt(List<Input> inputs) {
            var said = List.<Insert>of(new Insert.Tokens(first.add(second)));
            return inputs.stream().map(input -> new PromptedInput(input, said)).toList();
        }
    }

    private StageResult learn(Learner learner) {
        learner.start(toys);
        var inputs = new InputEncoder(frozen, false);
        var examples = Toys.task(0).train().stream()
                .map(sample -> new TaskSample(sample, "task0"))
                .toList();
        var plan = new ContinualLoop.Plan(
                1, training(), false, false, new ContinualLoop.Suspects("who chooses", "the rest"));
        return new StageTrainer(learner, inputs, plan, RunListener.NOBODY, Bookmark.NONE).learn(STAGE, examples);
    }

    private static Training training() {
        var training = KarutaFactory.eINSTANCE.createTraining();
        training.setSteps(20);
        training.setBatch(4);
        training.setRate(0.1);
        return training;
    }

    @Test
    void theDataAreThereWhenAStageBegins() {
        var sizes = new ArrayList<Integer>();
        learn(new Bias() {
            @Override
            public void beginStage(Stage stage, StageData data) {
                sizes.add(data.size());
                sizes.add(data.batch(2, 5).size());
            }
        });
        assertEquals(List.of(8, 3), sizes);
    }

    @Test
    void phasesHaveTheirOwnLengthRateParametersAndData() {
        var stored = Toys.task(1).train().subList(0, 2);
        var learner = new Bias() {
            @Override
            public List<Phase> phases(Stage stage) {
                return List.of(
                        new Phase("warm", new Phase.Length.Share(0.25)),
                        new Phase("fixed", new Phase.Length.Steps(3), 0.5, List.of()),
                        new Phase("stored", new Phase.Length.Epochs(4), 1, stored));
            }

            @Override
            public void beginPhase(Phase phase) {
                calls.add("begin " + phase.name());
                later = !phase.name().equals("warm");
            }

            @Override
            public Map<String, NDArray> losses(Forward forward, TrainingStep step) {
                calls.add(step.phase().name() + " " + step.epoch() + " " + step.step() + "/" + step.steps() + " of "
                        + forward.batch().size() + " "
                        + forward.batch().answers().stream().distinct().collect(Collectors.joining()));
                return super.losses(forward, step);
            }
        };
        var result = learn(learner);
        assertEquals(5 + 3 + 4, result.steps());
        assertEquals(8 * 4 + 4 * 2, result.samples());
        assertEquals("begin warm", learner.calls.get(0));
        assertEquals("warm 0 0/5 of 4 a!", learner.calls.get(1));
        assertEquals("warm 2 4/5 of 4 a!", learner.calls.get(5));
        assertEquals("begin fixed", learner.calls.get(6));
        assertEquals("fixed 0 0/3 of 4 a!", learner.calls.get(7));
        assertEquals("begin stored", learner.calls.get(10));
        assertEquals("stored 3 3/4 of 2 b!", learner.calls.get(14));
        assertNotEquals(0, learner.second.abs().max().getFloat());
    }

    @Test
    void theGradientIsTheLearnersToChangeBeforeItIsClipped() {
        var still = new Bias() {
            @Override
            public List<Gradient> gradients(List<Gradient> gradients, TrainingStep step) {
                calls.add(gradients.get(0).parameter().name());
                return gradients.stream()
                        .map(gradient -> new Gradient(gradient.parameter(), Ops.scale(gradient.value(), 0)))
                        .toList();
            }
        };
        learn(still);
        assertEquals(20, still.calls.size());
        assertEquals("first", still.calls.get(0));
        assertEquals(0, still.first.abs().max().getFloat());
    }

    @Test
    void aGradientThatFitsNoParameterIsRefused() {
        var foreign = new Bias() {
            @Override
            public List<Gradient> gradients(List<Gradient> gradients, TrainingStep step) {
                return List.of(new Gradient(
                        new Parameter("second", second), gradients.get(0).value()));
            }
        };
        var refused = assertThrows(KarutaException.class, () -> learn(foreign));
        assertTrue(refused.getMessage().contains("\"second\", which is not trained now"), refused.getMessage());
        var flat = new Bias() {
            @Override
            public List<Gradient> gradients(List<Gradient> gradients, TrainingStep step) {
                return List.of(new Gradient(
                        gradients.get(0).parameter(), gradients.get(0).value().flatten()));
            }
        };
        refused = assertThrows(KarutaException.class, () -> learn(flat));
        assertTrue(refused.getMessage().contains("of shape (4) for \"first\""), refused.getMessage());
    }

    @Test
    void aParameterThatTheLossNoLongerUsesStaysWhereItIs() {
        var seen = new ArrayList<Float>();
        var learner = new Bias() {
            @Override
            public List<Parameter> trainable() {
                return List.of(new Parameter("first", first), new Parameter("second", second));
            }

            @Override
            public List<PromptedInput> prompt(List<Input> inputs, TrainingStep step) {
                var used = step.step() < 5 ? first.add(second) : second;
                return inputs.stream()
                        .map(input -> new PromptedInput(input, List.of(new Insert.Tokens(used))))
                        .toList();
            }

            @Override
            public void afterStep(Forward forward, TrainingStep step) {
                seen.add(first.abs().sum().getFloat());
            }
        };
        learn(learner);
        assertEquals(20, seen.size());
        assertTrue(seen.get(4) > 0);
        assertEquals(
                List.of(seen.get(4)), seen.subList(5, 20).stream().distinct().toList(), "no momentum moves it");
    }

    @Test
    void whatIsWrittenAfterAStepIsWhatTheNextStepBeginsWith() {
        var clamped = new Bias() {
            @Override
            public void afterStep(Forward forward, TrainingStep step) {
                Ops.scale(first, 0).copyTo(first);
            }
        };
        learn(clamped);
        assertEquals(0, clamped.first.abs().max().getFloat());
    }
}
