package karuta.metrics.statistics;

/**
 * What a test says.
 *
 * @param statistic what it is made of
 * @param p the probability of one at least as extreme, on either side, if there is no difference
 */
public record Outcome(double statistic, double p) {}
