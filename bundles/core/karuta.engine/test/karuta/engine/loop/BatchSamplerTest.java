package karuta.engine.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import karuta.api.RandomStream;
import karuta.kit.ToyTasks;
import org.junit.jupiter.api.Test;

class BatchSamplerTest {

    private final List<TaskSample> examples = ToyTasks.samples(0, 10).stream()
            .map(sample -> new TaskSample(sample, "t"))
            .toList();

    private BatchSampler deck() {
        return new BatchSampler(examples, 4, RandomStream.of(1, "order").fork(1));
    }

    private static List<TaskSample> epoch(BatchSampler sampler, int epoch) {
        var dealt = new ArrayList<TaskSample>();
        for (var step = 3 * epoch; step < 3 * (epoch + 1); step++) {
            dealt.addAll(sampler.batch(step));
        }
        return dealt;
    }

    @Test
    void everyEpochDealsEveryExampleOnceInAnOrderOfItsOwn() {
        var sampler = deck();
        var first = epoch(sampler, 0);
        var second = epoch(sampler, 1);

        assertEquals(10, first.size());
        assertEquals(new HashSet<>(examples), new HashSet<>(first));
        assertEquals(new HashSet<>(first), new HashSet<>(second));
        assertNotEquals(first, second);
        assertNotEquals(examples, first);
        assertEquals(2, sampler.batch(2).size(), "the last batch of an epoch is what is left");
    }

    @Test
    void aStepGetsItsBatchWhateverWasDealtBefore() {
        var all = deck();
        epoch(all, 0);
        epoch(all, 1);

        assertEquals(all.batch(5), deck().batch(5));
        assertEquals(all.batch(1), deck().batch(1));
    }
}
