package karuta.method.drape;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import karuta.api.Card;
import karuta.api.Fusion.Choice;
import karuta.api.KarutaException;
import karuta.api.QueryEmbeddings;
import karuta.api.StrategyContext;

/**
 * Soft tokens of a batch: each chosen card's generator runs once, for all samples that chose it.
 *
 * @param length M
 * @param heads of both attentions
 * @param context of the run
 */
record GeneratedTokens(int length, int heads, StrategyContext context) {

    /**
     * @param samples with the cards that were chosen for each
     * @param queries their embeddings
     * @return for each sample, by the ids of its cards, {@code [M, d]}
     */
    List<Map<String, NDArray>> of(List<Choice> samples, List<QueryEmbeddings> queries) {
        var made = new ArrayList<Map<String, NDArray>>();
        samples.forEach(sample -> made.add(new HashMap<>()));
        for (var group : groups(samples)) {
            NDArray tokens = generate(
                    group.card(), group.places().stream().map(queries::get).toList());
            for (var i = 0; i < group.places().size(); i++) {
                made.get(group.places().get(i)).put(group.card().id(), tokens.get(i));
            }
        }
        return made;
    }

    /** The places of the samples that chose a card. */
    private record Group(Card card, List<Integer> places) {}

    private static List<Group> groups(List<Choice> samples) {
        var groups = new LinkedHashMap<String, Group>();
        for (var i = 0; i < samples.size(); i++) {
            for (var pick : samples.get(i).selection().picks()) {
                groups.computeIfAbsent(pick.card().id(), id -> new Group(pick.card(), new ArrayList<>()))
                        .places()
                        .add(i);
            }
        }
        return List.copyOf(groups.values());
    }

    private NDArray generate(Card card, List<QueryEmbeddings> queries) {
        if (card.weights().isEmpty()) {
            throw new KarutaException(
                    "The fusion \"drape\" needs generators, and the card \"" + card.id() + "\" has none.",
                    "Use it with the pool \"drape\".");
        }
        var hidden = Generator.hidden(card.weights());
        if (hidden % heads != 0) {
            throw new KarutaException(
                    "The " + heads + " heads of the fusion \"drape\" do not divide the width " + hidden
                            + " of the pool's" + " generators.",
                    "Choose \"heads\" of the fusion, or \"hidden\" of the pool, otherwise.");
        }
        var manager = context.manager();
        NDArray nothing = manager.zeros(new Shape(0, context.backbone().spec().hidden()));
        var text = Padded.of(queries.stream().map(QueryEmbeddings::text).toList(), manager);
        var image = Padded.of(
                queries.stream().map(query -> query.image().orElse(nothing)).toList(), manager);
        return new Generator(card.weights()).tokens(text, image, text.segments(length, manager), heads);
    }
}
