package karuta.check;

import static karuta.check.Verdicts.fails;
import static karuta.check.Verdicts.passes;
import static karuta.check.Verdicts.playing;
import static karuta.check.Verdicts.pool;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import karuta.api.Card;
import karuta.api.Footprint;
import karuta.api.Forward;
import karuta.api.Insert;
import karuta.api.Parameter;
import karuta.api.RandomStream;
import karuta.api.Selection;
import karuta.api.Stage;
import karuta.api.StageData;
import karuta.api.State;
import karuta.api.TrainingStep;
import karuta.tensor.CardState;
import karuta.tensor.FeatureMeans;
import karuta.tensor.Scope;
import karuta.tensor.Tensors;
import org.junit.jupiter.api.Test;

/** Faults that are planted in a pool are found, and told as what they are. */
class FaultyPoolsTest {

    private static final Stage STAGE = new Stage(9, List.of("task9"));

    @Test
    void aPoolWithoutFaultPasses() {
        passes(pool(PlainPool::new));
    }

    @Test
    void twoParametersWithOneNameAreNamed() {
        fails(
                pool(() -> new PlainPool() {
                    @Override
                    public void beginStage(Stage stage, StageData data) {
                        super.beginStage(stage, data);
                        var card = new Card(
                                "b" + stage.number(),
                                Optional.empty(),
                                true,
                                Map.of(),
                                List.of(new Insert.Tokens(tokens(stage))));
                        shelf().train(List.of(card));
                    }

                    @Override
                    public void endStage(Stage stage, StageData data) {
                        shelf().freeze(card -> new Card(
                                card.id(), card.task(), false, FeatureMeans.of(data, context()), card.inserts()));
                    }

                    @Override
                    public List<Parameter> trainable() {
                        return super.trainable().stream()
                                .map(parameter -> new Parameter("prompt", parameter.value()))
                                .toList();
                    }
                }),
                "names of parameters",
                "\"prompt\"");
    }

    @Test
    void anArrayThatIsTrainedTwiceIsNamed() {
        fails(
                pool(() -> new PlainPool() {
                    @Override
                    public List<Parameter> trainable() {
                        var twice = new ArrayList<>(super.trainable());
                        super.trainable().forEach(p -> twice.add(new Parameter("again." + p.name(), p.value())));
                        return twice;
                    }
                }),
                "names of parameters",
                "again.");
    }

    @Test
    void aTermThatOverwritesTheLanguageModelsIsNamed() {
        fails(
                pool(() -> new PlainPool() {
                    @Override
                    public Map<String, NDArray> losses(Forward forward, TrainingStep step) {
                        return Map.of(
                                "lm",
                                tokens(cards().get(cards().size() - 1)).square().mean());
                    }
                }),
                "learns and answers",
                "Two loss terms are called \"lm\", so that one of them would not be learned from");
    }

    @Test
    void aTermThatIsNoScalarIsNamed() {
        fails(
                pool(() -> new PlainPool() {
                    @Override
                    public Map<String, NDArray> losses(Forward forward, TrainingStep step) {
                        return Map.of(
                                "long",
                                tokens(cards().get(cards().size() - 1)).square().mean(new int[] {0}));
                    }
                }),
                Set.of("shapes of what goes into the backbone", "learns and answers"),
                "shapes of what goes into the backbone",
                "loss term \"long\"");
    }

    @Test
    void aTermThatIsNoNumberIsNamed() {
        fails(
                pool(() -> new PlainPool() {
                    @Override
                    public Map<String, NDArray> losses(Forward forward, TrainingStep step) {
                        NDArray zero = tokens(cards().get(cards().size() - 1)).zerosLike();
                        return Map.of("norm", zero.div(zero).mean());
                    }
                }),
                "finite values",
                "loss term \"norm\" is not finite");
    }

    @Test
    void aClosedCardThatIsTrainedIsNamed() {
        fails(
                pool(() -> new PlainPool() {
                    @Override
                    public List<Parameter> trainable() {
                        return cards().stream()
                                .map(card -> new Parameter(card.id(), tokens(card)))
                                .toList();
                    }

                    @Override
                    public Footprint footprint() {
                        var all = super.footprint();
                        return new Footprint((long) cards().size() * all.trained(), all.stored(), 0, 0);
                    }
                }),
                Set.of("gradients where they are declared", "closed cards stay as they are"),
                "gradients where they are declared",
                "of the card \"task1\", which is closed");
    }

    @Test
    void aParameterWithoutGradientIsNamed() {
        fails(
                pool(() -> new PlainPool() {
                    private final List<NDArray> idle = new ArrayList<>();

                    @Override
                    public void beginStage(Stage stage, StageData data) {
                        super.beginStage(stage, data);
                        idle.clear();
                        idle.add(tokens(stage));
                    }

                    @Override
                    public List<Parameter> trainable() {
                        var all = new ArrayList<>(super.trainable());
                        idle.forEach(array -> all.add(new Parameter("idle", array)));
                        return all;
                    }

                    @Override
                    public Footprint footprint() {
                        return super.footprint()
                                .plus(new Footprint(super.footprint().trained(), 0, 0, 0));
                    }
                }),
                "gradients where they are declared",
                "No gradient reaches the parameter \"idle\"");
    }

    @Test
    void aGradientIntoWhatIsNotDeclaredIsNamed() {
        fails(
                pool(() -> new PlainPool() {
                    @Override
                    public void beginStage(Stage stage, StageData data) {
                        NDArray secret = tokens(STAGE);
                        secret.setRequiresGradient(true);
                        var inserts = List.<Insert>of(new Insert.Tokens(tokens(stage)), new Insert.Tokens(secret));
                        var task = stage.tasks().get(0);
                        shelf().train(List.of(new Card(task, Optional.of(task), true, Map.of(), inserts)));
                    }

                    @Override
                    public List<Parameter> trainable() {
                        return cards().stream()
                                .filter(Card::trainable)
                                .map(card -> new Parameter("prompt", tokens(card)))
                                .toList();
                    }
                }),
                Set.of("gradients where they are declared", "footprint is what is stored"),
                "gradients where they are declared",
                "which is not declared as trained");
    }

    @Test
    void aClosedCardThatChangesIsNamed() {
        fails(
                pool(() -> new PlainPool() {
                    @Override
                    public void endStage(Stage stage, StageData data) {
                        super.endStage(stage, data);
                        tokens(cards().get(0)).muli(Tensors.scalar(context().manager(), 1.01f));
                    }
                }),
                Set.of("closed cards stay as they are"),
                "closed cards stay as they are",
                "The closed card \"task1\" has changed");
    }

    @Test
    void aClosedCardThatIsMadeAnewEveryTimeIsNamed() {
        fails(
                pool(() -> new PlainPool() {
                    @Override
                    public List<Card> cards() {
                        return super.cards().stream()
                                .map(card ->
                                        new Card(card.id(), card.task(), card.trainable(), card.keys(), card.inserts()))
                                .toList();
                    }
                }),
                Set.of("closed cards stay as they are", "shapes of what goes into the backbone"),
                "closed cards stay as they are",
                "is another object than before");
    }

    @Test
    void twoCardsWithOneIdAreNamed() {
        fails(
                pool(() -> new PlainPool() {
                    @Override
                    public void endStage(Stage stage, StageData data) {
                        super.endStage(stage, data);
                        shelf().train(card -> card.id().equals(stage.tasks().get(0)));
                        shelf().freeze(card -> new Card("card", card.task(), false, card.keys(), card.inserts()));
                    }
                }),
                Set.of("closed cards stay as they are", "choices among cards", "footprint is what is stored"),
                "closed cards stay as they are",
                "Two cards have the id \"card\"");
    }

    @Test
    void aStateThatForgetsOldCardsIsNamed() {
        fails(
                pool(() -> new PlainPool() {
                    @Override
                    public State save() {
                        return CardState.write(cards().subList(Math.max(0, cards().size() - 1), cards().size()));
                    }
                }),
                Set.of("goes on from what it saved", "footprint is what is stored"),
                "goes on from what it saved",
                "instead of");
    }

    @Test
    void aPoolThatKeepsTheArraysOfALoadedStateIsNamed() {
        fails(
                pool(() -> new PlainPool() {
                    private final Map<String, NDArray> borrowed = new HashMap<>();

                    @Override
                    public void load(State state) {
                        super.load(state);
                        borrowed.putAll(state.tensors());
                    }

                    @Override
                    public void beginStage(Stage stage, StageData data) {
                        super.beginStage(stage, data);
                        borrowed.values().forEach(array -> array.square().sum());
                    }
                }),
                "goes on from what it saved",
                "released");
    }

    @Test
    void aFootprintThatLiesIsNamed() {
        fails(
                pool(() -> new PlainPool() {
                    @Override
                    public Footprint footprint() {
                        return new Footprint(super.footprint().trained(), 5, 0, 0);
                    }
                }),
                "footprint is what is stored",
                "says that 5 numbers are stored, but 36 are saved");
    }

    @Test
    void aPoolThatCountsNothingAndChangesAnswersIsNamed() {
        fails(
                playing(
                        "pool",
                        NotNull::new,
                        calls -> calls.each(call -> new Selection(call.cards().all().stream()
                                .map(card -> new Selection.Pick(card, Double.NaN))
                                .toList()))),
                "what stores nothing changes nothing",
                "than from the bare model, although nothing is trained or stored");
    }

    /** A constant soft token: no parameters, nothing saved, and yet something. */
    private static final class NotNull extends PlainPool {

        private final List<Card> constant = new ArrayList<>();

        @Override
        public void started() {
            constant.add(new Card("c", Optional.empty(), false, Map.of(), List.of(new Insert.Tokens(tokens(STAGE)))));
        }

        @Override
        public void beginStage(Stage stage, StageData data) {}

        @Override
        NDArray tokens(Stage stage) {
            var hidden = context().backbone().spec().hidden();
            var numbers = RandomStream.of(1, "constant").normals(hidden);
            return context().keep(Tensors.of(context().manager(), numbers, new Shape(1, hidden)));
        }

        @Override
        public List<Card> cards() {
            return List.copyOf(constant);
        }

        @Override
        public void endStage(Stage stage, StageData data) {}
    }

    @Test
    void softTokensOfAnotherWidthAreNamed() {
        fails(
                pool(() -> new PlainPool() {
                    @Override
                    NDArray tokens(Stage stage) {
                        return context().keep(Tensors.of(context().manager(), new float[22], new Shape(2, 11)));
                    }
                }),
                Set.of("shapes of what goes into the backbone", "learns and answers"),
                "shapes of what goes into the backbone",
                "The shape of the soft tokens is (2, 11) and should be (M, 12)");
    }

    @Test
    void anArrayThatNobodyFreesIsNamed() {
        fails(
                pool(() -> new PlainPool() {
                    @Override
                    public void started() {
                        Tensors.of(NDManager.newBaseManager(Device.cpu()), new float[] {1, 2, 3});
                    }
                }),
                "disposal frees native memory",
                "Every run leaves 1 arrays in PyTorch's memory");
    }

    @Test
    void anInitialisationByTheClockIsNamed() {
        fails(
                pool(() -> new PlainPool() {
                    @Override
                    NDArray tokens(Stage stage) {
                        var hidden = context().backbone().spec().hidden();
                        var numbers =
                                RandomStream.of(System.nanoTime(), "clock").normals(LENGTH * hidden);
                        return Scope.keep(
                                Tensors.of(context().manager(), numbers, new Shape(LENGTH, hidden)),
                                context().manager());
                    }
                }),
                Set.of("the same bits in every run", "no access to the task", "goes on from what it saved"),
                "the same bits in every run",
                "The same seed gives other numbers in a second run");
    }

    @Test
    void anInitialisationByTheTasksNameIsNamed() {
        fails(
                pool(() -> new PlainPool() {
                    @Override
                    NDArray tokens(Stage stage) {
                        var hidden = context().backbone().spec().hidden();
                        var numbers = context().random(stage.tasks().get(0)).normals(LENGTH * hidden);
                        return context().keep(Tensors.of(context().manager(), numbers, new Shape(LENGTH, hidden)));
                    }
                }),
                "no access to the task",
                "where the tasks have other names");
    }
}
