/** Chooses by the true task: for analysis only. */
@NullMarked
package karuta.selector.oracle;

import org.jspecify.annotations.NullMarked;
