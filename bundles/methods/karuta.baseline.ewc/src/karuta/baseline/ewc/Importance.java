package karuta.baseline.ewc;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.stream.IntStream;
import karuta.api.Batch;
import karuta.api.Forward;
import karuta.api.KarutaException;
import karuta.api.Learner;
import karuta.api.Parameter;
import karuta.api.StageData;
import karuta.api.StrategyContext;
import karuta.api.TrainingStep;
import karuta.tensor.Ops;
import karuta.tensor.Scope;
import karuta.tensor.Script;

/**
 * The diagonal of the empirical Fisher information: the mean over a stage's batches of the squared gradient of the loss of
 * the reference answers.
 *
 * @param batch examples in a batch; with one, the gradients are those of single examples, as the information is defined
 * @param batches how many, from the first on; 0 for all
 * @param whole whether the loss is that of the whole answer, the sum over its tokens, rather than their mean
 */
record Importance(int batch, int batches, boolean whole) {

    private static final Script SCRIPT = Script.of("""
        def more(self, sum: Tensor, gradient: Tensor) -> Tensor:
          return torch.add_(sum, gradient * gradient)
        """);

    /**
     * @param learner whose training pass is differentiated
     * @param step of the stage that ends
     * @return F of each parameter, of its shape
     * @throws KarutaException if the stage has no examples
     */
    List<NDArray> of(
            StageData data, Learner learner, List<Parameter> parameters, StrategyContext context, TrainingStep step) {
        if (data.size() == 0) {
            throw new KarutaException(
                    "EWC takes the importance of parameters from a stage's examples, and the stage has none.",
                    "Give every task training examples.");
        }
        var all = (data.size() + batch - 1) / batch;
        var count = batches == 0 ? all : Math.min(batches, all);
        var squares = IntStream.range(0, parameters.size())
                .mapToObj(i -> parameters.get(i).value().zerosLike())
                .toList();
        for (var i = 0; i < count; i++) {
            try (var scope = Scope.open()) {
                var examples = data.batch(i * batch, Math.min((i + 1) * batch, data.size()));
                add(context.gradients(() -> loss(examples, learner, context, step), parameters), squares);
            }
        }
        return squares.stream().map(square -> Ops.scale(square, 1.0 / count)).toList();
    }

    private NDArray loss(Batch examples, Learner learner, StrategyContext context, TrainingStep step) {
        var output = Forward.of(context.backbone(), learner, examples, step).output();
        var tokens = output.lengths().stream().mapToInt(Integer::intValue).sum();
        return whole ? Ops.scale(output.loss(), (double) tokens / examples.size()) : output.loss();
    }

    /** Adds the squares of gradients to what has been added up, in place. */
    static void add(List<NDArray> gradients, List<NDArray> squares) {
        for (var p = 0; p < squares.size(); p++) {
            SCRIPT.call("more", squares.get(p), gradients.get(p));
        }
    }
}
