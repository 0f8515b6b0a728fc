package karuta.prompt.methods;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import karuta.api.Call;
import karuta.api.Card;
import karuta.api.Selection;
import karuta.api.Selection.Pick;
import karuta.api.Selector;
import karuta.tensor.Ops;

/** L2P's choice: the K nearest keys, which are pulled to the query by a loss of their own. */
record L2pSelector(int k, double pull) implements Selector {

    private record Scored(Card card, NDArray cosine) {
        double score() {
            return cosine.getFloat();
        }
    }

    @Override
    public Selection select(Call call) {
        NDArray query = call.guidance().image().orElseThrow();
        List<Scored> all = new ArrayList<>();
        call.cards()
                .forEach(card -> all.add(
                        new Scored(card, Ops.cosine(card.keys().orElseThrow().get(0), query))));
        all.sort(Comparator.comparingDouble(Scored::score));
        var chosen = all.subList(Math.max(0, all.size() - k), all.size());
        NDArray likeness =
                chosen.stream().map(Scored::cosine).reduce(NDArray::add).orElseThrow();
        return new Selection(
                chosen.stream()
                        .map(scored -> new Pick(scored.card(), scored.score()))
                        .toList(),
                Map.of(
                        "pull",
                        Ops.scale(Ops.scale(likeness, 1.0 / chosen.size()).neg().add(1), pull)));
    }
}
