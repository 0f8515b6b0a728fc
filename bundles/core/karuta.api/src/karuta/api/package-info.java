/**
 * The contracts that strategies implement, and the values that pass between them.
 *
 * <p>Values in, values out: a strategy gets tensors and records and gives such back. Tensors are float32 {@link
 * ai.djl.ndarray.NDArray}s; their shapes are written {@code [batch, tokens, hidden]}. Symbols as in ModalPrompt (Zeng et
 * al., EMNLP 2025): {@code d} the backbone's hidden size, {@code c} the guidance feature size, {@code M} the length of a
 * prompt, {@code K} the number of cards used at once.
 */
@NullMarked
@Export
@Version(Contracts.VERSION)
package karuta.api;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
