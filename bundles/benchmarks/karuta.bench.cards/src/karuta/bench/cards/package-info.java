/**
 * The embedded benchmark: eight tasks on procedural pictures, or fifteen of which some overlap, and the world that they
 * are drawn from.
 *
 * <p>A picture is 48 x 48 pixels, nine cells of 16 x 16 (one patch of the embedded model each), every cell with at
 * most one thing. What a question does not say is in which convention its answer is wanted: language, form of numbers,
 * name or category, words or a box. Each task has one {@linkplain karuta.bench.cards.Convention convention}, which a
 * learner must find. Every draw is a function of seed, task, split and index, so each sample can be made alone.
 */
@NullMarked
@Export
@Version("0.1.0")
package karuta.bench.cards;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
