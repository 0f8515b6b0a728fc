package karuta.engine.run;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import karuta.api.Card;
import karuta.api.Cards;
import karuta.api.Selection;
import karuta.api.Selection.Pick;

/**
 * What a learner would do if its selector were right, or if its cards were what they were earlier; for analysis. Strategies are
 * not told: what the selector has chosen and what the pool gives is changed on its way to the learner.
 */
final class Steering {

    private Optional<String> task = Optional.empty();
    private Map<String, Card> old = Map.of();
    private final Map<Card, Card> given = new IdentityHashMap<>();

    /**
     * Changes what holds from now on.
     *
     * @param right the task whose cards are to be chosen; empty where the selector has its way
     * @param before cards of an earlier time
     */
    void set(Optional<String> right, List<Card> before) {
        task = right;
        old = new HashMap<>();
        before.forEach(card -> old.put(card.id(), card));
        given.clear();
    }

    /** A card with its prompts of the earlier time, if it was there; its keys stay, so that it is chosen as now. */
    Card now(Card card) {
        return given.computeIfAbsent(
                card,
                each -> Optional.ofNullable(old.get(each.id()))
                        .map(before -> new Card(
                                each.id(),
                                each.task(),
                                each.trainable(),
                                each.keys(),
                                before.inserts(),
                                before.weights()))
                        .orElse(each));
    }

    /**
     * A choice, put right. Where the best card is that of another task, the cards of the right task take the best seats; those who
     * sat there move down, and the lowest give way. Scores and weights belong to the seats. Cards without a task keep theirs. A
     * choice that was right stays as it is, and so does every one in a pool without a card of the task.
     */
    Selection right(Selection chosen, Cards cards) {
        var own = cards.all().stream().filter(this::isRight).toList();
        var seats = seats(chosen);
        if (own.isEmpty()
                || !seats.isEmpty()
                        && isRight(
                                chosen.picks().get(seats.get(seats.size() - 1)).card())) {
            return chosen;
        }
        var picks = new ArrayList<>(chosen.picks());
        if (seats.isEmpty()) {
            picks.add(new Pick(own.get(own.size() - 1), Double.NaN));
            return new Selection(picks);
        }
        var order = new ArrayList<Card>();
        seats.stream()
                .map(seat -> picks.get(seat).card())
                .filter(card -> !isRight(card))
                .forEach(order::add);
        order.addAll(own);
        var best = order.subList(order.size() - seats.size(), order.size());
        for (var i = 0; i < best.size(); i++) {
            var seat = picks.get(seats.get(i));
            picks.set(seats.get(i), new Pick(best.get(i), seat.score(), seat.weight()));
        }
        return new Selection(picks);
    }

    /** The seats of cards that belong to tasks, the best one last: by score, or in their order where not all have one. */
    private static List<Integer> seats(Selection chosen) {
        var picks = chosen.picks();
        var seats = IntStream.range(0, picks.size())
                .filter(i -> picks.get(i).card().task().isPresent())
                .boxed()
                .toList();
        return seats.stream().anyMatch(seat -> Double.isNaN(picks.get(seat).score()))
                ? seats
                : seats.stream()
                        .sorted(Comparator.comparingDouble(
                                seat -> picks.get(seat).score()))
                        .toList();
    }

    private boolean isRight(Card card) {
        return task.isPresent() && card.task().equals(task);
    }
}
