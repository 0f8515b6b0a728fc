package karuta.prompt;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import karuta.api.Answer;
import karuta.api.Batch;
import karuta.api.Call;
import karuta.api.Card;
import karuta.api.Footprint;
import karuta.api.Fusion;
import karuta.api.Input;
import karuta.api.Learner;
import karuta.api.Paper;
import karuta.api.Parameter;
import karuta.api.PromptPool;
import karuta.api.PromptedInput;
import karuta.api.RandomStream;
import karuta.api.Selection;
import karuta.api.Selector;
import karuta.api.Stage;
import karuta.api.StageData;
import karuta.api.StrategyContext;
import karuta.api.TrainingStep;
import karuta.tensor.Ops;
import org.osgi.service.component.annotations.Component;

/**
 * Plays pool x selector x fusion. For every sample the selector chooses among the pool's cards, the fusion makes
 * inserts of the chosen ones, and the frozen backbone runs with them. With the pool "prototype", the selector "dual"
 * and the fusion "concat" this is ModalPrompt.
 */
@Component(name = "prompt", factory = Learner.KIND)
@Paper("Zeng, Zhu, Guo, Zhang, Liu: ModalPrompt: Towards Efficient Multimodal Continual Instruction Tuning with"
        + " Dual-Modality Guided Prompt, EMNLP 2025, section 3")
public final class PromptLearner implements Learner {

    private Optional<StrategyContext> context = Optional.empty();

    @Override
    public void start(StrategyContext context) {
        this.context = Optional.of(context);
    }

    @Override
    public void beginStage(Stage stage) {
        pool().beginStage(stage);
    }

    @Override
    public List<Parameter> trainable() {
        return pool().trainable();
    }

    @Override
    public Map<String, NDArray> loss(Batch batch, TrainingStep step) {
        var cards = pool().cards();
        var selections = select(batch.inputs(), cards, step.random().fork("selector"));
        var scored = context().backbone().score(fuse(batch.inputs(), selections, cards), batch.answers());
        var losses = new LinkedHashMap<String, NDArray>();
        losses.put("lm", scored.loss());
        losses.putAll(pool().losses(batch.inputs().stream().map(Input::guidance).toList()));
        losses.putAll(mean(selections));
        return losses;
    }

    /** The mean of each loss term of the selections over the batch. */
    private static Map<String, NDArray> mean(List<Selection> selections) {
        var terms = new LinkedHashMap<String, NDList>();
        selections.forEach(selection -> selection
                .losses()
                .forEach((name, loss) ->
                        terms.computeIfAbsent(name, key -> new NDList()).add(loss)));
        var means = new LinkedHashMap<String, NDArray>();
        terms.forEach((name, losses) ->
                means.put(name, Ops.scale(NDArrays.stack(losses).sum(), 1.0 / selections.size())));
        return means;
    }

    @Override
    public void endStage(Stage stage, StageData data) {
        pool().endStage(stage, data);
    }

    @Override
    public List<Answer> answer(List<Input> inputs) {
        var cards = pool().cards().stream().filter(card -> !card.trainable()).toList();
        var selections = select(inputs, cards, context().random("prompt.selector"));
        var texts = context().backbone().generate(fuse(inputs, selections, cards));
        return IntStream.range(0, texts.size())
                .mapToObj(i -> new Answer(texts.get(i), selections.get(i)))
                .toList();
    }

    @Override
    public Footprint footprint() {
        return pool().footprint();
    }

    private List<Selection> select(List<Input> inputs, List<Card> cards, RandomStream draws) {
        if (cards.isEmpty()) {
            return inputs.stream().map(input -> Selection.none()).toList();
        }
        var selector = context().part(Selector.class);
        return inputs.stream()
                .map(input -> new Call(input.guidance(), cards, draws.fork(input.key()), input.trueTask()))
                .map(selector::select)
                .toList();
    }

    private List<PromptedInput> fuse(List<Input> inputs, List<Selection> selections, List<Card> cards) {
        if (cards.isEmpty()) {
            return inputs.stream()
                    .map(input -> new PromptedInput(input, List.of()))
                    .toList();
        }
        var fusion = context().part(Fusion.class);
        var prompted = new ArrayList<PromptedInput>();
        for (var i = 0; i < inputs.size(); i++) {
            prompted.add(new PromptedInput(inputs.get(i), fusion.fuse(selections.get(i), cards)));
        }
        return prompted;
    }

    private PromptPool pool() {
        return context().part(PromptPool.class);
    }

    private StrategyContext context() {
        return context.orElseThrow();
    }
}
