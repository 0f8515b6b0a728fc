/** The null of the pool: no cards. */
@NullMarked
package karuta.pool.none;

import org.jspecify.annotations.NullMarked;
