/**
 * Tensors out of files that {@code torch.save} wrote. Such a file holds a pickle, a program whose execution can do
 * anything; here it is never executed, and everything that a dictionary of tensors does not need is refused.
 */
@NullMarked
package karuta.lmm.pickle;

import org.jspecify.annotations.NullMarked;
