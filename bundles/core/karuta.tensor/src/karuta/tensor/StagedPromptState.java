package karuta.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import karuta.api.Card;
import karuta.api.Guidance;
import karuta.api.Insert.Tokens;
import karuta.api.KarutaException;
import karuta.api.RandomStream;
import karuta.api.State;
import karuta.api.StrategyContext;

/**
 * The prompts of a {@link StagedPromptPool} as they are kept: {@code card.I.prompt} [M, d], {@code card.I.key} where one key stands
 * for image and text and {@code card.I.key.FEATURE} elsewhere, and what is being trained below {@code open.}; ids and tasks are notes.
 *
 * @param pool its id, for messages
 * @param state what was kept
 * @param context of the run that takes it up
 * @param shape of the prompts that this run makes; frozen ones may have more or fewer rows
 */
record StagedPromptState(String pool, State state, StrategyContext context, Shape shape) {

    private static final String OPEN = "open.";

    static State write(List<Card> closed, List<OpenPrompt> open, long trained) {
        var tensors = new HashMap<String, NDArray>();
        var notes = new HashMap<String, String>();
        for (var i = 0; i < closed.size(); i++) {
            var card = closed.get(i);
            tensors.put(SavedNames.card(i, SavedNames.PROMPT), prompt(card));
            var key = SavedNames.card(i, SavedNames.KEY);
            if (single(card.keys())) {
                tensors.put(key, card.keys().get(Guidance.IMAGE));
            } else {
                card.keys().forEach((feature, value) -> tensors.put(key + "." + feature, value));
            }
            describe(SavedNames.card(i, ""), card.id(), card.task(), notes);
        }
        for (var i = 0; i < open.size(); i++) {
            var place = OPEN + StagedPromptPool.place(i);
            open.get(i).parameters(place, 1).forEach(value -> tensors.put(value.name(), value.value()));
            describe(place, open.get(i).id(), open.get(i).task(), notes);
        }
        notes.put(SavedNames.CARDS, String.valueOf(closed.size()));
        notes.put(SavedNames.TRAINED, String.valueOf(trained));
        return new State(tensors, notes);
    }

    /** Whether one key stands for both usual features, and for nothing else. */
    private static boolean single(Map<String, NDArray> keys) {
        var image = keys.get(Guidance.IMAGE);
        return keys.size() == 2 && image != null && image == keys.get(Guidance.TEXT);
    }

    private static void describe(String prefix, String id, Optional<String> task, Map<String, String> notes) {
        notes.put(prefix + SavedNames.ID, id);
        task.ifPresent(name -> notes.put(prefix + SavedNames.TASK, name));
    }

    /** How many numbers inference needs of a card. */
    static long size(Card card) {
        var keys = Collections.<NDArray>newSetFromMap(new IdentityHashMap<>());
        keys.addAll(card.keys().values());
        return prompt(card).size() + keys.stream().mapToLong(NDArray::size).sum();
    }

    private static NDArray prompt(Card card) {
        return ((Tokens) card.inserts().get(0)).embeddings();
    }

    List<Card> cards() {
        var cards = new ArrayList<Card>();
        for (var i = 0; i < Integer.parseInt(note(SavedNames.CARDS)); i++) {
            var prompt = prompt(SavedNames.card(i, SavedNames.PROMPT));
            cards.add(new Card(
                    note(SavedNames.card(i, SavedNames.ID)),
                    task(SavedNames.card(i, "")),
                    false,
                    keys(SavedNames.card(i, SavedNames.KEY)),
                    List.of(new Tokens(prompt))));
        }
        return cards;
    }

    private NDArray prompt(String name) {
        var found = Optional.ofNullable(state.tensors().get(name)).map(NDArray::getShape);
        var rows = found.filter(own -> own.dimension() == 2 && own.get(0) > 0).map(own -> own.get(0));
        return tensor(name, new Shape(rows.orElse(shape.get(0)), shape.get(1)));
    }

    private Map<String, NDArray> keys(String name) {
        if (state.tensors().containsKey(name)) {
            var both = key(name, Guidance.IMAGE);
            return Map.of(Guidance.IMAGE, both, Guidance.TEXT, both);
        }
        var keys = new HashMap<String, NDArray>();
        state.tensors().keySet().stream()
                .filter(tensor -> tensor.startsWith(name + "."))
                .forEach(tensor -> {
                    var feature = tensor.substring(name.length() + 1);
                    keys.put(feature, key(tensor, feature));
                });
        return keys;
    }

    /** As many rows as there are, of the feature's width if the encoder makes it. */
    private NDArray key(String name, String feature) {
        var shape = state.tensors().get(name).getShape();
        var width = context.encoder().sizes().getOrDefault(feature, (int) shape.get(shape.dimension() - 1));
        return tensor(name, new Shape(shape.get(0), width));
    }

    /** What was being trained, of the shapes that a start of this run has. */
    List<OpenPrompt> open(CardKeys keys) {
        var prompts = new ArrayList<OpenPrompt>();
        for (var place = OPEN; state.metadata().containsKey(place + SavedNames.ID); ) {
            var weights = new LinkedHashMap<String, NDArray>();
            for (var weight : shapes(keys).entrySet()) {
                weights.put(weight.getKey(), tensor(place + weight.getKey(), weight.getValue()));
            }
            prompts.add(new OpenPrompt(
                    note(place + SavedNames.ID), task(place), tensor(place + SavedNames.PROMPT, shape), weights));
            place = OPEN + StagedPromptPool.place(prompts.size());
        }
        return List.copyOf(prompts);
    }

    private Map<String, Shape> shapes(CardKeys keys) {
        var shapes = new LinkedHashMap<String, Shape>();
        try (var scope = Scope.open()) {
            keys.start(RandomStream.of(0, pool), context).forEach((name, value) -> shapes.put(name, value.getShape()));
        }
        return shapes;
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

    private NDArray tensor(String name, Shape wanted) {
        var tensor = Optional.ofNullable(state.tensors().get(name)).orElseThrow(() -> unfit("has no tensor " + name));
        if (!tensor.getShape().equals(wanted)) {
            throw unfit("holds " + name + " of shape " + tensor.getShape() + ", but this run needs " + wanted);
        }
        return context.keep(tensor);
    }

    private KarutaException unfit(String what) {
        return new KarutaException(
                "The kept state of the pool \"" + pool + "\" " + what + ".",
                "Go on with the options, backbone and encoder that it was made with.");
    }
}
