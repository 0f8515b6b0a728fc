/**
 * What makes many arms out of few lines, before a study is read: ablations, sweeps, and settings from the command line. All of it
 * works on the tree of the file, whose values keep their places, so that the reader tells mistakes where somebody made them.
 */
@NullMarked
package karuta.study.expand;

import org.jspecify.annotations.NullMarked;
