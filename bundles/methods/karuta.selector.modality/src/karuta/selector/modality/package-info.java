/** Learns how much image and instruction count. */
@NullMarked
package karuta.selector.modality;

import org.jspecify.annotations.NullMarked;
