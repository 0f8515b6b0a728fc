package karuta.pool.prototype;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import karuta.api.Card;
import karuta.api.Guidance;
import karuta.api.Insert.Tokens;
import karuta.api.KarutaException;
import karuta.api.State;
import karuta.api.StrategyContext;
import karuta.tensor.SavedNames;

/**
 * The pool as it is kept: {@code card.I.prompt} [M, d], {@code card.I.key} [1, c], and what is being trained below
 * {@code open.}; ids and tasks are notes.
 *
 * @param state what was kept
 * @param context of the run that takes it up
 * @param length of the prompts in this run
 */
record PoolState(State state, StrategyContext context, int length) {

    static State write(List<Card> closed, Optional<TrainablePrompt> open, long trained) {
        var tensors = new HashMap<String, NDArray>();
        var notes = new HashMap<String, String>();
        for (var i = 0; i < closed.size(); i++) {
            var card = closed.get(i);
            tensors.put(SavedNames.card(i, SavedNames.PROMPT), prompt(card));
            tensors.put(SavedNames.card(i, SavedNames.KEY), key(card));
            describe(SavedNames.card(i, ""), card.id(), card.task(), notes);
        }
        open.ifPresent(prompt -> {
            prompt.tensors().forEach((name, value) -> tensors.put("open." + name, value));
            describe("open.", prompt.id(), prompt.task(), notes);
        });
        notes.put(SavedNames.CARDS, String.valueOf(closed.size()));
        notes.put(SavedNames.TRAINED, String.valueOf(trained));
        return new State(tensors, notes);
    }

    private static void describe(String prefix, String id, Optional<String> task, Map<String, String> notes) {
        notes.put(prefix + SavedNames.ID, id);
        task.ifPresent(name -> notes.put(prefix + SavedNames.TASK, name));
    }

    /** How many numbers inference needs of a card. */
    static long size(Card card) {
        return prompt(card).size() + key(card).size();
    }

    private static NDArray key(Card card) {
        return card.keys().get(Guidance.IMAGE);
    }

    /** The prototype {@code [1, c]} is what both modalities are compared with. */
    static Map<String, NDArray> keys(NDArray prototype) {
        return Map.of(Guidance.IMAGE, prototype, Guidance.TEXT, prototype);
    }

    /**
     * {@code c}.
     *
     * @throws KarutaException if image and text features differ in width
     */
    static int features(StrategyContext context) {
        var image = context.encoder().size(Guidance.IMAGE);
        var text = context.encoder().size(Guidance.TEXT);
        if (image != text) {
            throw new KarutaException(
                    "The pool \"prototype\" compares one prototype with image and text, but the encoder's features have the"
                            + " widths " + image + " and " + text + ".",
                    "Use an encoder that maps both into one space (for CLIP: \"text\": projected).");
        }
        return image;
    }

    private static NDArray prompt(Card card) {
        return ((Tokens) card.inserts().get(0)).embeddings();
    }

    List<Card> cards() {
        var cards = new ArrayList<Card>();
        for (var i = 0; i < Integer.parseInt(note(SavedNames.CARDS)); i++) {
            var prompt = tensor(SavedNames.card(i, SavedNames.PROMPT), new Shape(length, hidden()));
            var key = tensor(SavedNames.card(i, SavedNames.KEY), new Shape(1, features()));
            cards.add(new Card(
                    note(SavedNames.card(i, SavedNames.ID)),
                    task(SavedNames.card(i, "")),
                    false,
                    keys(key),
                    List.of(new Tokens(prompt))));
        }
        return cards;
    }

    Optional<TrainablePrompt> open() {
        if (!state.metadata().containsKey("open.id")) {
            return Optional.empty();
        }
        var weights = new LinkedHashMap<String, NDArray>();
        Transform.shapes(hidden(), features())
                .forEach((name, shape) -> weights.put(name, tensor("open.transform." + name, shape)));
        var prompt = tensor("open.prompt", new Shape(length, hidden()));
        return Optional.of(new TrainablePrompt(note("open.id"), task("open."), prompt, new Transform(weights)));
    }

    long trained() {
        return Long.parseLong(note(SavedNames.TRAINED));
    }

    private Optional<String> task(String prefix) {
        return Optional.ofNullable(state.metadata().get(prefix + SavedNames.TASK));
    }

    private String note(String name) {
        return Optional.ofNullable(state.metadata().get(name)).orElseThrow(() -> unfit("has no metadata " + name));
    }

    private NDArray tensor(String name, Shape shape) {
        var tensor = Optional.ofNullable(state.tensors().get(name)).orElseThrow(() -> unfit("has no tensor " + name));
        if (!tensor.getShape().equals(shape)) {
            throw unfit("holds " + name + " of shape " + tensor.getShape() + ", but this run needs " + shape);
        }
        return context.keep(tensor);
    }

    private static KarutaException unfit(String what) {
        return new KarutaException(
                "The kept state of the pool \"prototype\" " + what + ".",
                "Go on with the options, backbone and encoder that it was made with.");
    }

    private int hidden() {
        return context.backbone().spec().hidden();
    }

    private int features() {
        return features(context);
    }
}
