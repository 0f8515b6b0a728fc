package karuta.bench.score.caption;

import java.util.List;

/**
 * METEOR of captions, from 0 to 1.
 *
 * @param value of all together
 * @param each of every caption
 */
record Meteor(double value, List<Double> each) {}
