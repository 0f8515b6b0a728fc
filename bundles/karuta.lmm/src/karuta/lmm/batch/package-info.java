/** Samples with inserts of their own, put together so that the decoder can take them in one pass. */
@NullMarked
package karuta.lmm.batch;

import org.jspecify.annotations.NullMarked;
