/**
 * What the scoring rules share.
 *
 * <p>A rule's id is the rule, a dot and whose it is: {@code equal.coin-upper}, {@code box.prism}. A dot, since a slash is
 * not allowed in the name of a component or a PID: bnd complains and renames the file. The bundle hash of a record tells
 * two versions of Karuta apart; a changed rule gets a new id.
 */
@NullMarked
package karuta.bench.score.rule;

import org.jspecify.annotations.NullMarked;
