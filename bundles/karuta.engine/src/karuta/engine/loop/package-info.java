/** The continual loop: learns one stage after the other and scores all tasks after each. */
@NullMarked
package karuta.engine.loop;

import org.jspecify.annotations.NullMarked;
