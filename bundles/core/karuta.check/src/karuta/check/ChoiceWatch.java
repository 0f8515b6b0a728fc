package karuta.check;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import karuta.api.PromptedInput;

/** Who chooses among cards chooses some, and not the same for samples of different tasks. */
final class ChoiceWatch implements Watch {

    private final Set<Set<String>> choices = new HashSet<>();
    private int cards;

    @Override
    public void prompted(Trial trial, List<PromptedInput> prompted, boolean training) {
        if (!training) {
            cards = Math.max(cards, trial.cards().size());
            prompted.forEach(sample -> choices.add(sample.selection().picks().stream()
                    .map(pick -> pick.card().id())
                    .collect(Collectors.toSet())));
        }
    }

    @Override
    public Outcome verdict() {
        if (cards == 0) {
            return new Outcome.NotApplicable("there are no cards to choose from");
        }
        if (choices.equals(Set.of(Set.of()))) {
            return new Outcome.Fails(
                    "It never picks a card.",
                    cards + " cards, samples of " + (Exercises.TASKS + 1) + " tasks",
                    "See what it computes with, and whether a threshold can be reached; Selection.top always gives k.");
        }
        if (choices.size() > 1) {
            return Outcome.holds();
        }
        var only = choices.iterator().next();
        return only.size() == cards
                ? new Outcome.Holds("it always takes all " + cards + " cards")
                : new Outcome.Fails(
                        "It always picks the same cards, " + only + ".",
                        cards + " cards, samples of " + (Exercises.TASKS + 1) + " tasks",
                        "See whether its scores depend on the sample at all.");
    }
}
