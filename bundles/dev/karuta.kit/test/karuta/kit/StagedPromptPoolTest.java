package karuta.kit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import karuta.api.Card;
import karuta.api.Footprint;
import karuta.api.Guidance;
import karuta.api.Insert.Tokens;
import karuta.api.KarutaException;
import karuta.api.Parameter;
import karuta.api.PromptPool;
import karuta.api.Stage;
import karuta.api.StageData;
import karuta.api.StrategyContext;
import karuta.tensor.CardKeys;
import karuta.tensor.FeatureMeans;
import karuta.tensor.PromptStart;
import karuta.tensor.PrototypeKeys;
import karuta.tensor.StagedPromptPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StagedPromptPoolTest {

    private static final int M = 3;
    private static final PrototypeKeys PROTOTYPES = new PrototypeKeys(1, 0.5, 0.5);

    /** Keys that are nothing before the stage ends. */
    private static final CardKeys MEANS = new CardKeys() {
        @Override
        public Map<String, NDArray> closed(Map<String, NDArray> last, StageData data, StrategyContext context) {
            return FeatureMeans.of(data, context);
        }
    };

    private static final class Pool extends StagedPromptPool {
        Pool(int prompts, PromptStart start, CardKeys keys) {
            super("some", prompts, M, start, keys);
        }
    }

    private final ToyContext context = new ToyContext(1);

    @AfterEach
    void free() {
        context.close();
    }

    private static ToyTraining training(ToyContext context, PromptPool pool) {
        return new ToyTraining(context.start(new AllCards(context.start(pool))), context);
    }

    private static Stage stage(int number) {
        return new Stage(number, List.of(ToyTasks.name(number)));
    }

    @Test
    void aStageHasAsManyPromptsAsAreAskedForEachWithNumbersOfItsOwn() {
        var pool = new Pool(3, PromptStart.tokens(), PROTOTYPES);
        var training = training(context, pool);
        var names = training.open(stage(1), ToyTasks.samples(1, 4)).stream()
                .map(Parameter::name)
                .toList();
        assertEquals(15, new HashSet<>(names).size());
        assertTrue(
                names.containsAll(List.of("prompt", "2.prompt", "3.prompt", "3.transform.2.bias")), names.toString());
        assertEquals(
                List.of("task1", "task1#2", "task1#3"),
                pool.cards().stream().map(Card::id).toList());
        assertEquals(3, prompts(pool).size());
        var terms = training.losses(training.batch(ToyTasks.samples(1, 4)), training.step(stage(1)));
        assertEquals(7, terms.size(), terms.keySet().toString());
        training.gradients(stage(1), ToyTasks.samples(1, 4))
                .forEach((name, largest) -> assertTrue(largest > 0, name + " got no gradient"));
    }

    /** So that a study with more prompts has the first one of a study with one. */
    @Test
    void theFirstOfSeveralStartsAsOneThatIsAlone() {
        var one = new Pool(1, PromptStart.tokens(), PROTOTYPES);
        var several = new Pool(2, PromptStart.tokens(), PROTOTYPES);
        for (var pool : List.of(one, several)) {
            training(context, pool).open(stage(1), ToyTasks.samples(1, 4));
        }
        var alone = one.trainable();
        for (var i = 0; i < alone.size(); i++) {
            var first = several.trainable().get(i);
            assertEquals(alone.get(i).name(), first.name());
            assertArrayEquals(alone.get(i).value().toFloatArray(), first.value().toFloatArray());
        }
    }

    @Test
    void keysThatAreMeansOfTheStageStandWhenItEnds() {
        var pool = new Pool(2, PromptStart.normal(0.02), MEANS);
        var training = training(context, pool);
        training.open(stage(1), ToyTasks.samples(1, 6));
        assertTrue(pool.cards().stream().allMatch(card -> card.keys().isEmpty()));
        training.close(stage(1), ToyTasks.samples(1, 6));
        var expected = FeatureMeans.of(new ToyStageData(context, ToyTasks.samples(1, 6)), context);
        for (var card : pool.cards()) {
            for (var feature : List.of(Guidance.IMAGE, Guidance.TEXT)) {
                assertArrayEquals(
                        expected.get(feature).toFloatArray(),
                        card.keys().get(feature).toFloatArray());
            }
        }
        var each = M * ToyContext.HIDDEN + 2 * ToyContext.FEATURES;
        assertEquals(new Footprint(2 * M * ToyContext.HIDDEN, 2 * each, 0, 0), pool.footprint());
    }

    @Test
    void aFreshPoolGoesOnFromAKeptStateEvenWithinAStage() {
        for (var keys : List.of(PROTOTYPES, MEANS)) {
            var pool = new Pool(2, PromptStart.normal(0.5), keys);
            var training = training(context, pool);
            training.stage(1, "task1", ToyTasks.samples(1, 4), 2, 0.05);
            training.open(stage(2), ToyTasks.samples(2, 4));
            training.train(stage(2), ToyTasks.samples(2, 4), 2, 0.05);
            try (var other = new ToyContext(1)) {
                var fresh = new Pool(2, PromptStart.normal(0.5), keys);
                var again = training(other, fresh);
                PoolContract.goesOn(training, pool, again, fresh, ToyTasks.samples(1, 3));
                assertEquals(4, fresh.cards().size());
                training.close(stage(2), ToyTasks.samples(2, 4));
                again.close(stage(2), ToyTasks.samples(2, 4));
                assertEquals(PoolContract.contents(pool), PoolContract.contents(fresh));
            }
        }
    }

    @Test
    void frozenCardsStandWhileLaterOnesAreTrained() {
        var pool = new Pool(2, PromptStart.tokens(), PROTOTYPES);
        var training = training(context, pool);
        training.stage(1, "task1", ToyTasks.samples(1, 4), 2, 0.05);
        var before = PoolContract.contents(pool);
        training.stage(2, "task2", ToyTasks.samples(2, 4), 2, 0.05);
        assertEquals(before, PoolContract.contents(pool).subList(0, 2));
        assertNotEquals(before, PoolContract.contents(pool).subList(2, 4));
    }

    @Test
    void aStartMaySeeEarlierCardsAndTheDataOfItsStage() {
        PromptStart last = opening -> opening.earlier().isEmpty()
                ? PromptStart.tokens().of(opening)
                : tokens(opening.earlier().get(opening.earlier().size() - 1));
        var pool = new Pool(1, last, PROTOTYPES);
        var training = training(context, pool);
        training.stage(1, "task1", ToyTasks.samples(1, 4), 2, 0.05);
        training.open(stage(2), ToyTasks.samples(2, 4));
        var prompts = prompts(pool);
        assertEquals(1, prompts.size(), "the second starts as the first ended");
        training.train(stage(2), ToyTasks.samples(2, 4), 1, 0.05);
        assertEquals(2, prompts(pool).size(), "and is a copy");
    }

    @Test
    void aStartOrAKeyOfAWrongShapeIsRefusedByName() {
        var narrow = training(context, new Pool(1, opening -> context.manager().zeros(new Shape(M, 1)), PROTOTYPES));
        var start = assertThrows(KarutaException.class, () -> narrow.open(stage(1), ToyTasks.samples(1, 2)));
        assertTrue(start.getMessage().contains("\"task1\" starts as (3, 1)"), start.getMessage());
        CardKeys flat = new CardKeys() {
            @Override
            public Map<String, NDArray> of(NDArray prompt, Map<String, NDArray> trained) {
                return Map.of(Guidance.TEXT, prompt);
            }
        };
        var wide = training(context, new Pool(1, PromptStart.tokens(), flat));
        wide.open(stage(1), ToyTasks.samples(1, 2));
        var key = assertThrows(KarutaException.class, () -> wide.close(stage(1), ToyTasks.samples(1, 2)));
        assertTrue(key.getMessage().contains("\"text\" of shape (3, 12)"), key.getMessage());
    }

    private static HashSet<List<Float>> prompts(PromptPool pool) {
        var prompts = new HashSet<List<Float>>();
        for (var card : pool.cards()) {
            var numbers = tokens(card).toFloatArray();
            prompts.add(
                    IntStream.range(0, numbers.length).mapToObj(i -> numbers[i]).toList());
        }
        return prompts;
    }

    private static NDArray tokens(Card card) {
        return ((Tokens) card.inserts().get(0)).embeddings();
    }
}
