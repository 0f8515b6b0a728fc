package karuta.kit;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import karuta.api.Answer;
import karuta.api.Card;
import karuta.api.Insert.Adapter;
import karuta.api.Insert.Prefix;
import karuta.api.Insert.Tokens;
import karuta.api.Parameter;
import karuta.api.PromptPool;
import karuta.api.Sample;
import karuta.tensor.LoraLayer;

/** What every pool must keep to: a fresh one goes on from a kept state, and frozen cards stand. */
public final class PoolContract {

    private PoolContract() {}

    /**
     * Gives a fresh pool the state of another one, and compares cards, costs, what is trained, and answers.
     *
     * @param training of the pool
     * @param again of the fresh one
     * @throws AssertionError naming what differs
     */
    public static void goesOn(
            ToyTraining training, PromptPool pool, ToyTraining again, PromptPool fresh, List<Sample> samples) {
        fresh.load(pool.save());
        same("cards", contents(pool), contents(fresh));
        same("costs", pool.footprint(), fresh.footprint());
        same(
                "parameters",
                pool.trainable().stream().map(Parameter::name).toList(),
                fresh.trainable().stream().map(Parameter::name).toList());
        same("answers", texts(training, samples), texts(again, samples));
    }

    private static void same(String what, Object expected, Object actual) {
        if (!expected.equals(actual)) {
            throw new AssertionError("With a kept state a fresh pool has other " + what + ": " + actual + " instead of "
                    + expected + ".");
        }
    }

    private static List<String> texts(ToyTraining training, List<Sample> samples) {
        return training.answer(samples).stream().map(Answer::text).toList();
    }

    /** All of a pool's cards as they are now, to be compared with what they are later. */
    public static List<List<Object>> contents(PromptPool pool) {
        return pool.cards().stream().map(PoolContract::content).toList();
    }

    /** All of a card as it is now: names, and the bits of its arrays. */
    public static List<Object> content(Card card) {
        var content = new ArrayList<Object>(List.of(card.id(), card.task(), card.trainable()));
        content.add(copies(card.keys()));
        content.add(copies(card.weights()));
        for (var insert : card.inserts()) {
            if (insert instanceof Tokens tokens) {
                content.add(tokens.embeddings().duplicate());
            } else if (insert instanceof Prefix prefix) {
                content.addAll(List.of(
                        prefix.layer(),
                        prefix.keys().duplicate(),
                        prefix.values().duplicate()));
            } else if (insert instanceof Adapter adapter && adapter.delta() instanceof LoraLayer pair) {
                content.addAll(
                        List.of(adapter.linear(), pair.a().duplicate(), pair.b().duplicate()));
            }
        }
        return content;
    }

    private static Map<String, NDArray> copies(Map<String, NDArray> arrays) {
        var copies = new TreeMap<String, NDArray>();
        arrays.forEach((name, array) -> copies.put(name, array.duplicate()));
        return copies;
    }
}
