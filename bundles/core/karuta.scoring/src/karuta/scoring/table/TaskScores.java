package karuta.scoring.table;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import karuta.scoring.rule.Outcome;
import karuta.scoring.rule.Scoring;

/**
 * The answers to one task, asked after one stage.
 *
 * @param source where they come from
 * @param task its name
 * @param stage after which it was asked; empty where nobody says
 * @param scoring what the rules say
 */
public record TaskScores(String source, String task, OptionalInt stage, Scoring scoring) {

    List<Outcome> outcomes() {
        return scoring.outcomes();
    }

    Optional<String> stageText() {
        return stage.isPresent() ? Optional.of(Integer.toString(stage.getAsInt())) : Optional.empty();
    }

    /** Stage and task, to begin a line with; empty where nobody says. */
    public String place() {
        return stageText().map(number -> "stage " + number + ", ").orElse("") + (task.isEmpty() ? "" : task + ": ");
    }
}
