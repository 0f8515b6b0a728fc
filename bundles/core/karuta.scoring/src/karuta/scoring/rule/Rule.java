package karuta.scoring.rule;

import karuta.api.Scorer;

/**
 * A rule of scoring.
 *
 * @param id names it wherever a number of it is shown
 * @param scorer what it does
 */
public record Rule(String id, Scorer scorer) {}
