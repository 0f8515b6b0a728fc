package karuta.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import karuta.api.Card;
import karuta.api.Footprint;
import karuta.api.Forward;
import karuta.api.Parameter;
import karuta.api.PromptPool;
import karuta.api.Stage;
import karuta.api.StageData;
import karuta.api.State;
import karuta.api.StrategyBase;
import karuta.api.TrainingStep;

/**
 * A pool that opens some prompts for every stage, trains them, and then freezes them: a frozen card never changes. What it is composed of
 * is given: how many prompts, how long, what they start as, and how they are found. ModalPrompt's pool is one setting of it.
 *
 * <p>Of several prompts of a stage each has a card, with numbers and keys of its own; while the stage lasts all of them are used, in
 * their order. Names of parameters, loss terms and kept tensors of the second begin with {@code 2.}, and so on.
 */
public abstract class StagedPromptPool extends StrategyBase implements PromptPool {

    private final String id;
    private final int prompts;
    private final int length;
    private final PromptStart start;
    private final CardKeys keys;
    private final List<Card> closed = new ArrayList<>();
    private List<OpenPrompt> open = List.of();

    /** The last stage's arrays, freed only when the next stage opens: until then others may still look at them. */
    private List<OpenPrompt> previous = List.of();

    private long trained;

    /**
     * Without cards.
     *
     * @param id of the pool, for messages and random numbers
     * @param prompts for each stage
     * @param length soft tokens of each (M)
     * @param start what they start as
     * @param keys how they are found
     */
    protected StagedPromptPool(String id, int prompts, int length, PromptStart start, CardKeys keys) {
        this.id = id;
        this.prompts = prompts;
        this.length = length;
        this.start = start;
        this.keys = keys;
    }

    @Override
    public void beginStage(Stage stage, StageData data) {
        var what = "\"length\": " + length + " of pool." + id;
        Room.forLearned(what, (double) prompts * shape().size());
        Room.forJava(what, (double) length * Long.BYTES);
        previous.forEach(OpenPrompt::free);
        previous = List.of();
        var draws = context().random("pool." + id).fork(stage.number());
        var opened = new ArrayList<OpenPrompt>();
        for (var i = 0; i < prompts; i++) {
            var own = i == 0 ? draws : draws.fork(i);
            var used =
                    Stream.concat(closed.stream().map(Card::id), opened.stream().map(OpenPrompt::id));
            var name = CardShelf.unused(String.join("+", stage.tasks()), used.toList());
            var opening = new PromptStart.Opening(shape(), closed, data, own.fork("rows"), context());
            opened.add(OpenPrompt.begin(name, CardShelf.task(stage), opening, start, keys, own));
        }
        open = List.copyOf(opened);
        trained = open.stream().mapToLong(OpenPrompt::size).sum();
    }

    private Shape shape() {
        return new Shape(length, context().backbone().spec().hidden());
    }

    @Override
    public List<Card> cards() {
        return Stream.concat(closed.stream(), open.stream().map(prompt -> prompt.card(keys)))
                .toList();
    }

    @Override
    public List<Parameter> trainable() {
        return IntStream.range(0, open.size())
                .boxed()
                .flatMap(i -> open.get(i).parameters(place(i), keys.rate()).stream())
                .toList();
    }

    /** What stands before the names of all that belongs to a stage's prompt: nothing for the first. */
    static String place(int prompt) {
        return prompt == 0 ? "" : (prompt + 1) + ".";
    }

    @Override
    public Map<String, NDArray> losses(Forward forward, TrainingStep step) {
        var batch = forward.guidance();
        var losses = new LinkedHashMap<String, NDArray>();
        for (var i = 0; i < open.size(); i++) {
            var place = place(i);
            keys.losses(open.get(i).keys(keys), batch).forEach((name, term) -> losses.put(place + name, term));
        }
        return losses;
    }

    @Override
    public void endStage(Stage stage, StageData data) {
        open.forEach(prompt -> closed.add(prompt.frozen(keys, data, context())));
        previous = open;
        open = List.of();
    }

    @Override
    public Footprint footprint() {
        var stored = closed.stream().mapToLong(StagedPromptState::size).sum();
        return new Footprint(trained, stored, 0, 0);
    }

    @Override
    public State save() {
        return StagedPromptState.write(closed, open, trained);
    }

    @Override
    public void load(State state) {
        var kept = new StagedPromptState(id, state, context(), shape());
        closed.clear();
        closed.addAll(kept.cards());
        open = kept.open(keys);
        trained = kept.trained();
    }
}
