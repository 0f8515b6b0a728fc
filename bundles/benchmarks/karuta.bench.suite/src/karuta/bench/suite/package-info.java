/** The field's suites as a benchmark: CoIN, UCIT and others, from a user's copy of them. */
@NullMarked
package karuta.bench.suite;

import org.jspecify.annotations.NullMarked;
