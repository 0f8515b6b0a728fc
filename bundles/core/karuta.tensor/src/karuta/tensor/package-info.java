/**
 * What DJL's own calls lack: gradients without one collector per process, arrays freed by scope, TorchScript out of
 * Java text, AdamW as PyTorch has it, and the functions that CLIP and LLaMA are made of.
 *
 * <p>Shapes are written {@code [batch, tokens, hidden]}. Traps of DJL that this package is built around: {@code
 * toType}, {@code toDevice} and {@code duplicate} cut the gradient ({@link karuta.tensor.Ops#cast} does not), and a
 * result belongs to the manager of its first operand, so that only a {@link karuta.tensor.Scope} frees what a step
 * made; an array that was created from Java numbers lies in Java's memory and must stay open until the gradient of what
 * was computed with it is there, which arithmetic with a plain number does not care for ({@link
 * karuta.tensor.Ops#scale} does); and a concatenation of one array cuts the gradient.
 */
@NullMarked
@Export
@Version("0.1.0")
package karuta.tensor;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
