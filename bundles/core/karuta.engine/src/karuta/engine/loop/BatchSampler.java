package karuta.engine.loop;

import java.util.Arrays;
import java.util.List;
import karuta.api.RandomStream;

/** Shuffled batches of the examples of a phase, in a new order in every epoch; a batch is a function of the step alone. */
final class BatchSampler {

    private final List<TaskSample> examples;
    private final int batch;
    private final RandomStream draws;
    private int epoch = -1;
    private int[] order = {};

    /**
     * @param examples at least one
     * @param batch how many go into a batch; the last one of an epoch may be smaller
     * @param draws of the stage
     */
    BatchSampler(List<TaskSample> examples, int batch, RandomStream draws) {
        this.examples = examples;
        this.batch = batch;
        this.draws = draws;
    }

    /** The number of batches in an epoch. */
    static int batches(int examples, int batch) {
        return examples / batch + (examples % batch > 0 ? 1 : 0); // their sum may be no int
    }

    /** How often all examples have been gone through before a step. */
    int epoch(int step) {
        return step / batches(examples.size(), batch);
    }

    List<TaskSample> batch(int step) {
        var batches = batches(examples.size(), batch);
        if (epoch != epoch(step)) {
            epoch = epoch(step);
            order = draws.fork(epoch).permutation(examples.size());
        }
        var from = step % batches * batch;
        return Arrays.stream(order, from, from + Math.min(batch, order.length - from))
                .mapToObj(examples::get)
                .toList();
    }
}
