package karuta.engine.features;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import karuta.api.Backbone;
import karuta.api.Input;
import karuta.api.Insert;
import karuta.api.Insert.Delta;
import karuta.api.PromptedInput;
import karuta.api.TokenContext;
import karuta.engine.toy.PassingBackbone;
import karuta.kit.ToyContext;
import karuta.kit.ToyTasks;
import karuta.tensor.LoraLayer;
import karuta.tensor.Tensors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AnswerMemoryTest {

    private ToyContext toys;
    private final AtomicInteger generated = new AtomicInteger();
    private final AnswerMemory memory = new AnswerMemory();
    private List<Input> inputs = List.of();

    @BeforeEach
    void open() {
        toys = new ToyContext(1);
        inputs = ToyTasks.samples(0, 3).stream()
                .map(sample -> toys.encode(sample.query()))
                .toList();
    }

    @AfterEach
    void close() {
        toys.close();
    }

    /** Says how often it has been asked. */
    private record Counting(Backbone toy, AtomicInteger generated) implements PassingBackbone {

        @Override
        public List<String> generate(List<PromptedInput> batch) {
            var number = generated.incrementAndGet();
            return batch.stream().map(sample -> "answer " + number).toList();
        }
    }

    private NDArray array(float... numbers) {
        return Tensors.of(toys.manager(), numbers, new Shape(1, numbers.length));
    }

    private List<PromptedInput> batch(Insert... inserts) {
        return inputs.stream()
                .map(input -> new PromptedInput(input, List.of(inserts)))
                .toList();
    }

    private AnswerMemory.Told ask(AnswerMemory asked, List<PromptedInput> batch) {
        return asked.answer(new Counting(toys.backbone(), generated), inputs.subList(0, batch.size()), batch);
    }

    private void isNew(List<PromptedInput> batch) {
        var before = generated.get();
        assertEquals(0, ask(memory, batch).reuse().answers());
        assertEquals(before + 1, generated.get());
    }

    private void isKnown(List<PromptedInput> batch, String text) {
        var before = generated.get();
        var told = ask(memory, batch);
        assertEquals(batch.size(), told.reuse().answers());
        assertEquals(before, generated.get());
        assertEquals(batch.stream().map(sample -> text).toList(), told.texts());
    }

    @Test
    void theSameBatchIsAnsweredOnceWhateverObjectsHoldItsNumbers() {
        isNew(batch(new Insert.Tokens(array(1, 2))));
        isKnown(batch(new Insert.Tokens(array(1, 2))), "answer 1");
        isNew(batch());
        isKnown(batch(), "answer 2");
    }

    @Test
    void oneBitOfOneNumberMakesAnotherBatch() {
        isNew(batch(new Insert.Tokens(array(1, 0f))));
        isNew(batch(new Insert.Tokens(array(1, -0f))));
        isNew(batch(new Insert.Tokens(array(Math.nextUp(1f), 0f))));
        isKnown(batch(new Insert.Tokens(array(1, 0f))), "answer 1");
    }

    @Test
    void kindPlaceShapeAndOrderCountToo() {
        isNew(batch(new Insert.Tokens(array(1, 2))));
        isNew(batch(new Insert.Tokens(array(1, 2).reshape(2, 1))));
        isNew(batch(new Insert.Tokens(array(1)), new Insert.Tokens(array(2))));
        isNew(batch(new Insert.Tokens(array(2)), new Insert.Tokens(array(1))));
        isNew(batch(new Insert.Prefix(0, array(1), array(2))));
        isNew(batch(new Insert.Prefix(1, array(1), array(2))));
        isNew(batch(new Insert.Prefix(0, array(2), array(1))));
    }

    @Test
    void aBatchIsOneOnlyWithAllItsSamplesInTheirPlaces() {
        isNew(batch());
        isNew(batch().subList(0, 2));
        inputs = List.of(inputs.get(1), inputs.get(0), inputs.get(2));
        isNew(batch());
    }

    @Test
    void anInputThatTheLearnerHasReplacedIsNeverTakenOver() {
        var others = inputs.stream()
                .map(input -> new Input(input.key(), input.query(), input.vision(), input.guidance(), input.trueTask()))
                .map(input -> new PromptedInput(input, List.of()))
                .toList();
        isNew(others);
        isNew(others);
    }

    @Test
    void whoeverIsToldTheTaskIsAskedApart() {
        isNew(batch());
        inputs = inputs.stream()
                .map(input ->
                        new Input(input.key(), input.query(), input.vision(), input.guidance(), Optional.of("a task")))
                .toList();
        isNew(batch());
    }

    /** Adds the same as an adapter of one value, but is another class. */
    private record Other(NDArray a, NDArray b, double scale, double dropout, long seed) implements Delta {

        @Override
        public NDArray apply(NDArray x, TokenContext tokens) {
            return x;
        }
    }

    @Test
    void anAdapterIsKnownByItsClassItsNumbersAndItsLayer() {
        Delta low = new LoraLayer(array(1), array(2), 0.5);
        isNew(batch(new Insert.Adapter("one", low)));
        isKnown(batch(new Insert.Adapter("one", new LoraLayer(array(1), array(2), 0.5))), "answer 1");
        isNew(batch(new Insert.Adapter("two", low)));
        isNew(batch(new Insert.Adapter("one", new LoraLayer(array(1), array(2), 0.25))));
        isNew(batch(new Insert.Adapter("one", new Other(array(1), array(2), 0.5, 0, 0))));
        isNew(batch(new Insert.Adapter("one", low, Optional.of(array(1)))));
        isNew(batch(new Insert.Adapter("one", low, Optional.of(array(2)))));
    }

    @Test
    void samplesThatShareAnAdapterAreComputedTogetherAndThatIsAnotherBatch() {
        isNew(batch(new Insert.Adapter("one", new LoraLayer(array(1), array(2), 0.5))));
        isNew(inputs.stream()
                .map(input -> new PromptedInput(
                        input, List.of(new Insert.Adapter("one", new LoraLayer(array(1), array(2), 0.5)))))
                .toList());
    }

    /** What it adds is nowhere to be read. */
    private static final class Foreign implements Delta {

        @Override
        public NDArray apply(NDArray x, TokenContext tokens) {
            return x;
        }
    }

    /** A record with something in it that is no value. */
    private record Hidden(Delta delta) implements Delta {

        @Override
        public NDArray apply(NDArray x, TokenContext tokens) {
            return delta.apply(x, tokens);
        }
    }

    @Test
    void whatHasNoValueIsNeverTakenOver() {
        Delta foreign = new Foreign();
        Delta function = (x, tokens) -> x;
        for (var delta : List.of(foreign, function, new Hidden(foreign), new Hidden(function))) {
            isNew(batch(new Insert.Adapter("one", delta)));
            isNew(batch(new Insert.Adapter("one", delta)));
        }
    }

    @Test
    void whatWasUsedLongestAgoGivesWay() {
        var small = new AnswerMemory(2500);
        var batches = IntStream.range(0, 5)
                .mapToObj(i -> batch(new Insert.Tokens(array(i))))
                .toList();
        batches.forEach(batch -> ask(small, batch));
        assertEquals(0, ask(small, batches.get(0)).reuse().answers());
        assertEquals(3, ask(small, batches.get(4)).reuse().answers());
        assertEquals(3, ask(small, batches.get(0)).reuse().answers());
    }
}
