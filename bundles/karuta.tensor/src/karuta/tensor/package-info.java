/**
 * What DJL's own calls lack: gradients without one collector per process, arrays freed by scope, TorchScript out of Java
 * text, AdamW as PyTorch has it, and the functions that CLIP and LLaMA are made of.
 *
 * <p>Shapes are written {@code [batch, tokens, hidden]}. Two traps of DJL that this package is built around: {@code
 * toType}, {@code toDevice} and {@code duplicate} cut the gradient ({@link karuta.tensor.Ops#cast} does not), and a result
 * belongs to the manager of its first operand, so that only a {@link karuta.tensor.Scope} frees what a step made.
 */
@NullMarked
@Export
@Version("0.1.0")
package karuta.tensor;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
