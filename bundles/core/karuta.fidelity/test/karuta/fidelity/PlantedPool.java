package karuta.fidelity;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import karuta.api.Card;
import karuta.api.Forward;
import karuta.api.Gradient;
import karuta.api.Guidance;
import karuta.api.Insert.Tokens;
import karuta.api.Parameter;
import karuta.api.PromptPool;
import karuta.api.RandomStream;
import karuta.api.Stage;
import karuta.api.StageData;
import karuta.api.StrategyBase;
import karuta.api.TrainingStep;
import karuta.kit.ToyContext;
import karuta.tensor.Autograd;
import karuta.tensor.Initial;
import karuta.tensor.Ops;
import karuta.tensor.Script;
import karuta.tensor.Tensors;

/** ModalPrompt's pool, written a second time, with room for a fault. */
final class PlantedPool extends StrategyBase implements PromptPool {

    private static final int D = ToyContext.HIDDEN;
    private static final int C = ToyContext.FEATURES;
    private static final AtomicLong UNSEEDED = new AtomicLong();
    private static final Script RELU = Script.of("""
        def relu(self, x: Tensor) -> Tensor:
          return torch.relu(x)
        """);

    private final Optional<Fault> fault;
    private final int length;
    private final double lossImage;
    private final double lossText;
    private final List<Card> closed = new ArrayList<>();
    private final List<NDArray> prompts = new ArrayList<>();
    private List<NDArray> transform = List.of();
    private Optional<Stage> open = Optional.empty();
    private Optional<NDArray> begun = Optional.empty();

    PlantedPool(Optional<Fault> fault, Map<String, Object> options) {
        this.fault = fault;
        length = ((Number) options.get("length")).intValue();
        lossImage = ((Number) options.get("lossImage")).doubleValue();
        lossText = ((Number) options.get("lossText")).doubleValue();
    }

    private boolean is(Fault other) {
        return fault.equals(Optional.of(other));
    }

    @Override
    public void beginStage(Stage stage, StageData data) {
        if (is(Fault.EIGHT_TASKS) && stage.number() > 8) {
            throw new IndexOutOfBoundsException("index " + stage.number() + " is out of bounds for 8 tasks");
        }
        var draws = context().random("planted").fork(stage.number());
        if (is(Fault.UNSEEDED_START)) {
            draws = RandomStream.of(UNSEEDED.incrementAndGet(), "unseeded");
        }
        var prompt = context().keep(start(draws));
        prompts.add(prompt);
        begun = Optional.of(context().keep(prompt));
        if (is(Fault.LAST_DIGIT) && stage.number() >= 10) {
            prompt.copyTo(prompts.get(stage.number() % 10));
        }
        if (!is(Fault.ONE_TRANSFORM) || transform.isEmpty()) {
            transform = List.of(
                    number(draws.fork("a"), D, D), number(draws.fork("b"), D),
                    number(draws.fork("c"), C, D), number(draws.fork("d"), C));
        }
        open = Optional.of(stage);
    }

    private NDArray start(RandomStream draws) {
        if (is(Fault.NORMAL_START)) {
            return Ops.scale(Tensors.of(context().manager(), draws.normals(length * D), new Shape(length, D)), 0.02);
        }
        var table = context().backbone().embeddings();
        var rows = LongStream.range(0, length)
                .map(i -> draws.below((int) table.getShape().get(0), i))
                .toArray();
        return Ops.rows(table, Tensors.of(context().manager(), rows));
    }

    private NDArray number(RandomStream draws, long... shape) {
        var size = new Shape(shape);
        return context()
                .keep(
                        is(Fault.WIDE_TRANSFORM)
                                ? Tensors.of(context().manager(), draws.normals((int) size.size()), size)
                                : Initial.uniform(context().manager(), size, 1 / Math.sqrt(D), draws));
    }

    /** {@code [1, c]}. */
    private NDArray key(NDArray prompt) {
        var hidden = is(Fault.NO_BIAS)
                ? Ops.linear(prompt, transform.get(0))
                : Ops.linear(prompt, transform.get(0), transform.get(1));
        hidden = is(Fault.RELU) ? RELU.call("relu", hidden) : Ops.silu(hidden);
        var rows = is(Fault.NO_BIAS)
                ? Ops.linear(hidden, transform.get(2))
                : Ops.linear(hidden, transform.get(2), transform.get(3));
        return is(Fault.LAST_ROW) ? rows.get("-1:") : rows.mean(new int[] {0}, true);
    }

    private Card card(int number, boolean trainable, NDArray key) {
        return new Card(
                "card" + number,
                Optional.of("task" + number),
                trainable,
                Map.of(Guidance.IMAGE, key, Guidance.TEXT, key),
                List.of(new Tokens(prompts.get(number - 1))));
    }

    @Override
    public List<Card> cards() {
        var cards = new ArrayList<Card>();
        for (var i = 1; i <= closed.size(); i++) {
            cards.add(
                    is(Fault.FRESH_CARDS)
                            ? card(
                                    i,
                                    false,
                                    closed.get(i - 1).keys(Guidance.IMAGE).orElseThrow())
                            : is(Fault.NEW_KEY) && open.isPresent()
                                    ? card(i, false, Autograd.noGrad(() -> key(prompts.get(0))))
                                    : closed.get(i - 1));
        }
        open.ifPresent(stage -> cards.add(card(stage.number(), true, key(now()))));
        return cards;
    }

    private NDArray now() {
        return prompts.get(prompts.size() - 1);
    }

    @Override
    public List<Parameter> trainable() {
        if (open.isEmpty()) {
            return List.of();
        }
        var parameters = new ArrayList<Parameter>();
        for (var i = 0; i < transform.size(); i++) {
            if (!is(Fault.NO_BIAS) || i % 2 == 0) {
                parameters.add(new Parameter("h" + i, transform.get(i)));
            }
        }
        if (!is(Fault.FROZEN)) {
            parameters.add(new Parameter("p", now()));
        }
        if (is(Fault.ALL_TRAINED)) {
            for (var i = 0; i < closed.size(); i++) {
                parameters.add(new Parameter("p" + i, prompts.get(i)));
            }
        }
        if (is(Fault.EXTRA)) {
            parameters.add(new Parameter("extra", begun.orElseThrow()));
        }
        return parameters;
    }

    @Override
    public Map<String, NDArray> losses(Forward forward, TrainingStep step) {
        if (is(Fault.NO_ALIGNMENT)) {
            return Map.of();
        }
        var prompt = is(Fault.PROMPT_DETACHED) ? Autograd.detach(now()) : now();
        var key = is(Fault.NO_GRADIENT) ? Autograd.noGrad(() -> key(prompt)) : key(prompt);
        var exchanged = is(Fault.WEIGHTS_EXCHANGED);
        var losses = new LinkedHashMap<String, NDArray>();
        losses.put(
                "guide.u",
                aligned(
                        forward,
                        is(Fault.TEXT_TWICE) ? Guidance.TEXT : Guidance.IMAGE,
                        key,
                        exchanged ? lossText : lossImage));
        if (!is(Fault.IMAGE_ONLY_ALIGNED)) {
            losses.put("guide.v", aligned(forward, Guidance.TEXT, key, exchanged ? lossImage : lossText));
        }
        return losses;
    }

    private NDArray aligned(Forward forward, String feature, NDArray key, double weight) {
        var features = new NDList(forward.guidance().stream()
                .map(guidance -> guidance.feature(feature).orElseThrow())
                .toList());
        NDArray mean = Ops.cosine(NDArrays.stack(features), key).mean();
        return Ops.scale(is(Fault.WRONG_SIGN) ? mean : Ops.plus(mean.neg(), 1), weight);
    }

    @Override
    public List<Gradient> gradients(List<Gradient> gradients, TrainingStep step) {
        return is(Fault.HALF_GRADIENT) && step.step() == 1
                ? gradients.stream()
                        .map(each -> new Gradient(each.parameter(), Ops.scale(each.value(), 0.5)))
                        .toList()
                : gradients;
    }

    @Override
    public void afterStep(Forward forward, TrainingStep step) {
        if (is(Fault.RESET)) {
            begun.orElseThrow().copyTo(now());
        }
    }

    @Override
    public void endStage(Stage stage, StageData data) {
        var key = context().keep(Autograd.noGrad(() -> key(is(Fault.OLD_KEY) ? begun.orElseThrow() : now())));
        closed.add(card(stage.number(), false, key));
        open = Optional.empty();
    }
}
