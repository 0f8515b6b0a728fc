package karuta.selector.repro;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import karuta.api.Calls;
import karuta.api.Card;
import karuta.api.Footprint;
import karuta.api.KarutaException;
import karuta.api.Sample;
import karuta.api.Selection;
import karuta.api.Stage;
import karuta.kit.Reference;
import karuta.kit.SelectorContract;
import karuta.kit.ToyCards;
import karuta.kit.ToyContext;
import karuta.kit.ToyStageData;
import karuta.kit.ToyTasks;
import karuta.selector.repro.ReproSelector.Distance;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReproSelectorTest {

    private static final List<String> TASKS = List.of("task1", "task2", "task3");

    private final ToyContext context = new ToyContext(1);
    private final ReproSelector selector = learned(0.3, Distance.COSINE);
    private final List<Sample> asked = Stream.of(1, 2, 3, 4)
            .flatMap(task -> ToyTasks.samples(task, 3).stream())
            .toList();

    private ReproSelector learned(double lambda, Distance distance) {
        var made = context.start(new ReproSelector(lambda, distance));
        for (var number = 1; number <= 3; number++) {
            var stage = new Stage(number, List.of(ToyTasks.name(number)));
            var data = new ToyStageData(context, ToyTasks.samples(number, 5));
            made.beginStage(stage, data);
            assertEquals(List.of(), made.trainable());
            made.endStage(stage, data);
        }
        return made;
    }

    @AfterEach
    void free() {
        selector.close();
        context.close();
    }

    private static Card card(String task, boolean trainable) {
        return new Card(task, Optional.of(task), trainable, Map.of(), List.of());
    }

    private Calls calls() {
        return ToyCards.calls(
                context, asked, TASKS.stream().map(task -> card(task, false)).toList());
    }

    @Test
    void itRoutesAsTheMeansOfEachTaskSay() {
        var reference = new Reference(Path.of("test/fixtures/repro.txt"), context.manager());
        for (var name : List.of("cosine", "l2")) {
            var made = learned(0.3, Distance.valueOf(name.toUpperCase(Locale.ROOT)));
            var selections = made.select(calls());
            reference.chose(name + ".chosen", selections, TASKS);
            reference.scored(name + ".scores", selections);
            var state = made.save();
            for (var task = 0; task < 3; task++) {
                reference.agrees("image." + task, state.tensors().get(task + ".image"));
                reference.agrees("text." + task, state.tensors().get(task + ".text"));
            }
            made.close();
        }
        assertEquals(Set.of(), reference.left());
    }

    @Test
    void aSampleIsRoutedForItselfAndNotByItsTask() {
        for (var distance : Distance.values()) {
            var made = learned(0.5, distance);
            SelectorContract.batchEqualsSingles(made, calls());
            SelectorContract.readsNoTask(made, calls());
            made.close();
        }
    }

    @Test
    void inTrainingTheCardThatIsTrainedIsChosen() {
        var cards = List.of(card("task1", false), card("task2", false), card("task4", true));
        for (var selection : selector.select(ToyCards.calls(context, asked, cards))) {
            assertEquals(List.of("task4"), ids(selection));
        }
    }

    @Test
    void theCardThatCameNextIsOneOfThePool() {
        var calls = calls();
        for (var selection : selector.select(calls)) {
            var next = selection.runnerUp().orElseThrow();
            var best = selection.picks().get(0);
            assertTrue(calls.cards().all().contains(next.card()) && next.card() != best.card());
            assertTrue(next.score() <= best.score(), next.score() + " " + best.score());
        }
    }

    private static List<String> ids(Selection selection) {
        return selection.picks().stream().map(pick -> pick.card().id()).toList();
    }

    @Test
    void aTaskThatIsLearnedAgainHasACardAndPrototypesMore() {
        var stage = new Stage(4, List.of("task1"));
        selector.endStage(stage, new ToyStageData(context, ToyTasks.samples(4, 3)));
        var again = new Card("task1#2", Optional.of("task1"), false, Map.of(), List.of());
        var cards = Stream.concat(TASKS.stream().map(task -> card(task, false)), Stream.of(again))
                .toList();
        var chosen = selector.select(ToyCards.calls(context, asked, cards));
        assertEquals(List.of("task1"), ids(chosen.get(0)));
        assertEquals(List.of("task1#2"), ids(chosen.get(9)));
    }

    @Test
    void newCardsOfThePoolAreSeen() {
        var two = TASKS.subList(0, 2).stream().map(task -> card(task, false)).toList();
        assertEquals(
                List.of("task2"),
                ids(selector.select(ToyCards.calls(context, asked, two)).get(3)));
        assertEquals(List.of("task3"), ids(selector.select(calls()).get(6)));
    }

    @Test
    void aFreshOneGoesOnFromAKeptState() {
        var fresh = context.start(new ReproSelector(0.3, Distance.COSINE));
        fresh.load(selector.save());
        assertEquals(
                selector.select(calls()).stream().map(ReproSelectorTest::ids).toList(),
                fresh.select(calls()).stream().map(ReproSelectorTest::ids).toList());
        assertEquals(selector.footprint(), fresh.footprint());
        fresh.close();
    }

    @Test
    void whatDoesNotFitIsRefused() {
        var shared = new Card("shared", Optional.empty(), false, Map.of(), List.of());
        refused(
                "no stage stands for card \"shared\" alone",
                () -> selector.select(ToyCards.calls(context, asked, List.of(shared))));
        var twice = IntStream.range(0, 2)
                .mapToObj(i -> new Card("part " + i, Optional.of("task1"), false, Map.of(), List.of()))
                .toList();
        refused("\"part 1\" alone", () -> selector.select(ToyCards.calls(context, asked, twice)));
        var joint = new Stage(1, TASKS);
        refused("at once", () -> selector.beginStage(joint, new ToyStageData(context, List.of())));
    }

    private static void refused(String why, Runnable work) {
        var message = assertThrows(KarutaException.class, work::run).getMessage();
        assertTrue(message.contains(why), message);
    }

    @Test
    void itCostsTwoMeansPerTask() {
        assertEquals(new Footprint(0, 3 * 2L * ToyContext.FEATURES, 0, 0), selector.footprint());
    }
}
