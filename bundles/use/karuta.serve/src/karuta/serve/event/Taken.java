package karuta.serve.event;

import java.util.Optional;

/**
 * A card that was taken for a question.
 *
 * @param card its name
 * @param task that it was made for; empty where cards are not tied to tasks
 * @param score how well it answers; NaN where the choice was not made by score
 */
public record Taken(String card, Optional<String> task, double score) {}
