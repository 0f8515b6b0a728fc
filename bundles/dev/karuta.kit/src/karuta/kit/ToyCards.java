package karuta.kit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import karuta.api.Call;
import karuta.api.Calls;
import karuta.api.Card;
import karuta.api.Cards;
import karuta.api.Fusion;
import karuta.api.Guidance;
import karuta.api.Input;
import karuta.api.Insert;
import karuta.api.Insert.Tokens;
import karuta.api.PromptPool;
import karuta.api.Query;
import karuta.api.RandomStream;
import karuta.api.Sample;
import karuta.api.Selection;
import karuta.api.Selector;
import karuta.tensor.Tensors;

/**
 * Cards and calls out of plain numbers, for tests of selectors and fusions.
 *
 * @param manager owns the arrays
 */
public record ToyCards(NDManager manager) {

    /** A closed card of one task with one key and one soft token, both of the given numbers. */
    public Card closed(String task, float... key) {
        return card(task, false, key);
    }

    /** A card that is being trained. */
    public Card open(String task, float... key) {
        return card(task, true, key);
    }

    /** A closed card with one key for images and one for texts. */
    public Card twoKeys(String task, float[] image, float[] text) {
        var keys = Map.of(Guidance.IMAGE, row(image), Guidance.TEXT, row(text));
        return new Card(task, Optional.of(task), false, keys, List.of(new Tokens(row(image))));
    }

    /** A closed card that cannot be compared with anything. */
    public Card keyless(String task) {
        return new Card(task, Optional.of(task), false, Map.of(), List.of());
    }

    /** The call of a sample with a feature for each modality. */
    public Call call(float[] image, float[] text, Card... cards) {
        return call(guidance(Optional.of(image), Optional.of(text)), cards);
    }

    /** The call of a sample with given guidance. */
    public Call call(Guidance guidance, Card... cards) {
        return new Call(guidance, Cards.of(List.of(cards)), RandomStream.of(1, "toy call"), Optional.empty());
    }

    /** What a selector chooses for one sample. */
    public static Selection select(Selector selector, Call call) {
        return selector.select(new Calls(call.cards(), List.of(call))).get(0);
    }

    /** The names of the cards that a selector chooses for one sample, in their order. */
    public static List<String> chosen(Selector selector, Call call) {
        return select(selector, call).picks().stream()
                .map(pick -> pick.card().id())
                .toList();
    }

    /** The calls of three samples of each of the first four toy tasks, for given cards. */
    public static Calls calls(ToyContext context, List<Card> all) {
        var samples = Stream.of(1, 2, 3, 4)
                .flatMap(task -> ToyTasks.samples(task, 3).stream())
                .toList();
        return calls(context, samples, all);
    }

    /** A closed card for each row of numbers, with these as its key. */
    public List<Card> closed(NDArray keys) {
        return IntStream.range(0, (int) keys.getShape().get(0))
                .mapToObj(i -> closed("card " + i, keys.get(i).toFloatArray()))
                .toList();
    }

    /** What a fusion makes of the cards that were chosen for one sample. */
    public static List<Insert> fuse(Fusion fusion, Selection selection, List<Card> cards) {
        var nothing = new Guidance(Map.of());
        var input = new Input(0, new Query(Optional.empty(), ""), List.of(), nothing, Optional.empty());
        return fusion.fuse(List.of(new Fusion.Choice(input, selection)), Cards.of(cards))
                .get(0);
    }

    /** The calls of toy samples for the cards of a pool. */
    public static Calls calls(ToyContext context, List<Sample> samples, PromptPool pool) {
        return calls(context, samples, pool.cards());
    }

    /** The calls of toy samples for given cards. */
    public static Calls calls(ToyContext context, List<Sample> samples, List<Card> all) {
        var cards = Cards.of(all);
        return new Calls(
                cards,
                samples.stream()
                        .map(sample -> context.encode(sample.query()))
                        .map(input -> new Call(
                                input.guidance(),
                                cards,
                                context.random("toy calls").fork(input.key()),
                                Optional.empty()))
                        .toList());
    }

    /** A fusion that puts what the chosen cards insert one after the other. */
    public static List<List<Insert>> concat(List<Fusion.Choice> samples, Cards cards) {
        return samples.stream()
                .map(sample -> sample.selection().picks().stream()
                        .flatMap(pick -> pick.card().inserts().stream())
                        .toList())
                .toList();
    }

    /** The guidance of a sample that may lack a modality. */
    public Guidance guidance(Optional<float[]> image, Optional<float[]> text) {
        return new Guidance(image.map(this::vector), text.map(this::vector));
    }

    private Card card(String task, boolean open, float[] key) {
        NDArray row = row(key);
        var keys = Map.of(Guidance.IMAGE, row, Guidance.TEXT, row);
        return new Card(task, Optional.of(task), open, keys, List.of(new Tokens(row)));
    }

    private NDArray vector(float[] numbers) {
        return Tensors.of(manager, numbers);
    }

    private NDArray row(float[] numbers) {
        return Tensors.of(manager, numbers, new Shape(1, numbers.length));
    }
}
