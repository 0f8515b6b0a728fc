/** What runs have learned as PEFT's adapters, and PEFT's adapters as what a run begins with. */
@NullMarked
package karuta.lmm.exchange;

import org.jspecify.annotations.NullMarked;
