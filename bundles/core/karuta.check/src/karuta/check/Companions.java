package karuta.check;

import ai.djl.ndarray.NDArray;
import java.util.Optional;
import karuta.api.Fusion;
import karuta.api.Insert;
import karuta.api.Learner;
import karuta.api.PromptPool;
import karuta.api.Selection.Pick;
import karuta.api.Selector;
import karuta.check.Made.Maker;
import karuta.kit.ToyTaskPool;
import karuta.tensor.CardPlayer;
import karuta.tensor.CardSimilarity;

/** Partners without a fault for a strategy that brings none. */
public final class Companions {

    private static final int K = 2;

    private Companions() {}

    /** Who plays them. */
    public static Maker<Learner> player() {
        return Maker.of(CardPlayer::new);
    }

    /** Two soft tokens per stage, found by the means of its features. */
    public static Maker<PromptPool> pool() {
        return Maker.of(ToyTaskPool::new);
    }

    /** The two cards that are most like image and text. */
    public static Maker<Selector> selector() {
        return Maker.of(() -> calls -> calls.top(K, CardSimilarity.dual(calls, 0.5)));
    }

    /** The inserts of the chosen cards one after the other, times their weights where they have some. */
    public static Maker<Fusion> fusion() {
        return Maker.of(() -> (samples, cards) -> samples.stream()
                .map(sample -> sample.selection().picks().stream()
                        .flatMap(pick -> pick.card().inserts().stream().map(insert -> weighed(insert, pick)))
                        .toList())
                .toList());
    }

    private static Insert weighed(Insert insert, Pick pick) {
        return pick.weight().map(weight -> weighed(insert, weight)).orElse(insert);
    }

    private static Insert weighed(Insert insert, NDArray weight) {
        if (insert instanceof Insert.Tokens tokens) {
            return new Insert.Tokens(tokens.embeddings().mul(weight));
        }
        if (insert instanceof Insert.Prefix prefix) {
            return new Insert.Prefix(
                    prefix.layer(), prefix.keys().mul(weight), prefix.values().mul(weight));
        }
        var adapter = (Insert.Adapter) insert;
        return new Insert.Adapter(
                adapter.linear(),
                adapter.delta(),
                Optional.of(adapter.weight().map(weight::mul).orElse(weight)));
    }

    /** One soft token that every stage goes on to train. */
    public static Maker<Learner> below() {
        return Maker.of(PlainLearner::new);
    }
}
