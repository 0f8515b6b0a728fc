package karuta.check;

import static karuta.check.Verdicts.concat;
import static karuta.check.Verdicts.fails;
import static karuta.check.Verdicts.fusion;
import static karuta.check.Verdicts.learner;
import static karuta.check.Verdicts.nearest;
import static karuta.check.Verdicts.over;
import static karuta.check.Verdicts.passes;
import static karuta.check.Verdicts.selector;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import karuta.api.Calls;
import karuta.api.Card;
import karuta.api.Cards;
import karuta.api.Forward;
import karuta.api.Fusion;
import karuta.api.Guidance;
import karuta.api.Input;
import karuta.api.Insert;
import karuta.api.Learner;
import karuta.api.LearnerWrapper;
import karuta.api.PromptedInput;
import karuta.api.RandomStream;
import karuta.api.Selection;
import karuta.api.Selector;
import karuta.api.Stage;
import karuta.api.StageData;
import karuta.api.State;
import karuta.api.StrategyBase;
import karuta.api.TrainingStep;
import karuta.tensor.CardSimilarity;
import karuta.tensor.Ops;
import karuta.tensor.Tensors;
import karuta.tiny.TinyBackbone;
import karuta.tiny.TinyEncoder;
import org.junit.jupiter.api.Test;

/** Faults that are planted in selectors, fusions, learners and wrappers are found, and told as what they are. */
class FaultyPartsTest {

    private static final AtomicInteger COUNTER = new AtomicInteger();

    @Test
    void partsWithoutFaultPass() {
        passes(selector(Verdicts::nearest));
        passes(learner(PlainLearner::new));
        passes(over(() -> new LearnerWrapper() {}, PlainLearner::new));
    }

    @Test
    void aSelectorThatNeverPicksACardIsNamed() {
        fails(
                selector(() -> calls -> calls.each(call -> trained(call.cards()))),
                "choices among cards",
                "It never picks a card");
    }

    private static Selection trained(Cards cards) {
        return new Selection(IntStream.of(cards.trainable())
                .mapToObj(place -> new Selection.Pick(cards.get(place), Double.NaN))
                .toList());
    }

    @Test
    void aSelectorThatAlwaysPicksTheSameCardIsNamed() {
        fails(
                selector(() -> calls -> calls.top(1, ascending(calls))),
                "choices among cards",
                "It always picks the same cards, [task4]");
    }

    private static double[][] ascending(Calls calls) {
        return calls.samples().stream()
                .map(call -> IntStream.range(0, calls.cards().size())
                        .asDoubleStream()
                        .toArray())
                .toArray(double[][]::new);
    }

    @Test
    void aStaticCounterIsNamed() {
        fails(
                selector(() -> calls -> {
                    var scores = CardSimilarity.text(calls);
                    Arrays.stream(scores).forEach(row -> row[0] += COUNTER.incrementAndGet() % 7);
                    return calls.top(1, scores);
                }),
                Set.of(
                        "the same answers whenever it is asked",
                        "a sample is answered as if it were alone",
                        "no access to the task",
                        "the same bits in every run",
                        "goes on from what it saved",
                        "choices among many cards"),
                "the same answers whenever it is asked",
                "when it is asked again: the cards");
    }

    @Test
    void aSelectorThatReadsTheFirstSampleOfTheBatchIsNamed() {
        fails(
                selector(() -> calls -> {
                    var first = new Calls(calls.cards(), calls.samples().subList(0, 1));
                    var choice = first.top(1, CardSimilarity.text(first)).get(0);
                    return calls.each(call -> choice);
                }),
                Set.of("a sample is answered as if it were alone", "choices among cards", "choices among many cards"),
                "a sample is answered as if it were alone",
                "is alone: the cards");
    }

    @Test
    void aScoreThatTheSizeOfTheBatchChangesIsNamed() {
        fails(
                selector(() -> calls -> {
                    var scores = CardSimilarity.text(calls);
                    Arrays.stream(scores)
                            .forEach(row -> row[0] += 1e-7 * calls.samples().size());
                    return calls.top(2, scores);
                }),
                Set.of("a sample is answered as if it were alone", "choices among many cards"),
                "choices among many cards",
                "in its batch, but");
    }

    @Test
    void aSelectorThatUsesTheTrueTaskIsNamed() {
        fails(
                selector(() -> calls -> {
                    var scores = CardSimilarity.text(calls);
                    IntStream.range(0, scores.length)
                            .forEach(i -> calls.samples()
                                    .get(i)
                                    .trueTask()
                                    .ifPresent(task -> favour(task, calls.cards(), scores[i])));
                    return calls.top(1, scores);
                }),
                "no access to the task",
                "where it is told that the true task is");
    }

    private static void favour(String task, Cards cards, double[] scores) {
        IntStream.range(0, cards.size())
                .filter(i -> cards.get(i).task().filter(task::equals).isPresent())
                .forEach(i -> scores[i] += 10);
    }

    @Test
    void aCardOfTheSelectorsOwnMakingIsNamed() {
        fails(
                selector(() -> calls -> calls.each(call -> new Selection(call.cards().all().stream()
                        .map(card -> new Card("mine", card.task(), card.trainable(), card.keys(), card.inserts()))
                        .map(card -> new Selection.Pick(card, 1))
                        .toList()))),
                Set.of("shapes of what goes into the backbone", "choices among cards"),
                "shapes of what goes into the backbone",
                "the card \"mine\", which is none of the pool's");
    }

    @Test
    void aCardThatIsChosenTwiceIsNamed() {
        fails(
                selector(() -> calls -> nearest().select(calls).stream()
                        .map(selection -> new Selection(selection.picks().stream()
                                .flatMap(pick -> Collections.nCopies(2, pick).stream())
                                .toList()))
                        .toList()),
                "shapes of what goes into the backbone",
                "It chose a card twice");
    }

    @Test
    void aSelectorThatKeepsAnArrayOfEveryBatchIsNamed() {
        fails(
                selector(Hoarder::new),
                "answers leave nothing behind",
                "Every batch that it answers leaves 10 arrays behind");
    }

    /** Remembers the feature of every sample that it has ever seen. */
    private static final class Hoarder extends StrategyBase implements Selector {

        @Override
        public List<Selection> select(Calls calls) {
            calls.samples()
                    .forEach(call -> context()
                            .keep(call.guidance().feature(Guidance.TEXT).orElseThrow()));
            return nearest().select(calls);
        }
    }

    @Test
    void aFusionThatMakesSomethingOfNothingIsNamed() {
        fails(
                fusion(Stubborn::new, Optional.empty()),
                Set.of("makes nothing of no cards"),
                "makes nothing of no cards",
                "It makes 1 inserts of no cards");
    }

    /** Puts a constant token in front. */
    private static final class Stubborn extends StrategyBase implements Fusion {

        @Override
        public List<List<Insert>> fuse(List<Choice> samples, Cards cards) {
            var hidden = context().backbone().spec().hidden();
            NDArray token = Tensors.of(
                    context().manager(), RandomStream.of(1, "stubborn").normals(hidden), new Shape(1, hidden));
            return concat().fuse(samples, cards).stream()
                    .map(inserts -> {
                        var more = new ArrayList<>(inserts);
                        more.add(0, new Insert.Tokens(token));
                        return List.copyOf(more);
                    })
                    .toList();
        }
    }

    @Test
    void aDeltaThatCountsPaddingIsNamed() {
        try (var backbone = new TinyBackbone(8);
                var encoder = new TinyEncoder()) {
            fails(
                    fusion(Mean::new, Optional.of(Ground.of(backbone, encoder))),
                    "padding does not count",
                    "beside longer samples: padding counts");
        }
    }

    /** Adds the mean over all tokens, padding among them. */
    private static final class Mean extends StrategyBase implements Fusion {

        private final Insert.Delta mean =
                (x, tokens) -> x.zerosLike().add(Ops.scale(x.mean(new int[] {1}, true), 0.5f));

        @Override
        public List<List<Insert>> fuse(List<Choice> samples, Cards cards) {
            var square = context().backbone().spec().linears().stream()
                    .filter(linear -> linear.in() == linear.out())
                    .findFirst()
                    .orElseThrow()
                    .name();
            return concat().fuse(samples, cards).stream()
                    .map(inserts -> {
                        var more = new ArrayList<>(inserts);
                        if (!inserts.isEmpty()) {
                            more.add(new Insert.Adapter(square, mean));
                        }
                        return List.copyOf(more);
                    })
                    .toList();
        }
    }

    @Test
    void aLearnerThatReadsTheFolderOfAnImageIsNamed() {
        fails(learner(Peeper::new), "no access to the task", "where its image lies in the folder \"task1\"");
    }

    /** Puts a token in front where the file lies in the folder of a task. */
    private static final class Peeper extends StrategyBase implements Learner {

        @Override
        public List<PromptedInput> prompt(List<Input> inputs) {
            return inputs.stream().map(this::prompt).toList();
        }

        private PromptedInput prompt(Input input) {
            var tells = input.query()
                    .images()
                    .get(0)
                    .path()
                    .filter(path -> path.startsWith("task1"))
                    .isPresent();
            NDArray token = Tensors.of(context().manager(), new float[12], new Shape(1, 12));
            return new PromptedInput(input, tells ? List.of(new Insert.Tokens(token)) : List.of());
        }
    }

    @Test
    void aWrapperThatOverwritesTheTermBelowIsNamed() {
        fails(
                over(
                        () -> new LearnerWrapper() {
                            @Override
                            public Map<String, NDArray> losses(Forward forward, TrainingStep step) {
                                var losses = new HashMap<>(super.losses(forward, step));
                                losses.put("lm", Ops.scale(losses.get("lm"), 0.5f));
                                return losses;
                            }
                        },
                        PlainLearner::new),
                "names of loss terms",
                "\"lm\" of the learner below is overwritten");
    }

    @Test
    void aWrapperThatKeepsSamplesAndCountsNoneIsNamed() {
        fails(
                over(Collector::new, PlainLearner::new),
                "kept samples are counted",
                "of the 24 samples of an earlier task, and counts none");
    }

    /** Keeps all questions. */
    private static final class Collector extends LearnerWrapper {

        private final List<Input> kept = new ArrayList<>();

        @Override
        public void endStage(Stage stage, StageData data) {
            super.endStage(stage, data);
            kept.addAll(data.batch(0, data.size()).inputs());
        }
    }

    @Test
    void aWrapperThatSavesTextsOfSamplesAndCountsNoneIsNamed() {
        fails(
                over(Scribe::new, PlainLearner::new),
                "kept samples are counted",
                "bytes when an earlier task has 48 instead of 24 samples, all of them alike, and it counts none");
    }

    /** Keeps the texts of all questions. */
    private static final class Scribe extends LearnerWrapper {

        private final List<String> kept = new ArrayList<>();

        @Override
        public void endStage(Stage stage, StageData data) {
            super.endStage(stage, data);
            data.batch(0, data.size())
                    .inputs()
                    .forEach(input -> kept.add(new String(input.query().instruction())));
        }

        @Override
        public State save() {
            return new State(Map.of(), Map.of("texts", String.join("\n", kept)));
        }

        @Override
        public void load(State state) {
            kept.addAll(state.metadata().get("texts").lines().toList());
        }
    }
}
