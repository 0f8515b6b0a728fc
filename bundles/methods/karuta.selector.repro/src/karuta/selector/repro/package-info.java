/** RePro: routes by prototypes of frozen features, without training. */
@NullMarked
package karuta.selector.repro;

import org.jspecify.annotations.NullMarked;
