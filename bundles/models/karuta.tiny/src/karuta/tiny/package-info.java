/**
 * The embedded small model: its weights, and the pretraining that made them out of nothing.
 *
 * <p>A frozen language model can be steered by prompts only towards what it already does. So the pretraining teaches
 * every way of answering that the world of {@link karuta.bench.cards} knows, each switched on by directive tokens in a
 * preamble between BOS and the image; a task of the benchmark then asks for one of them without saying which.
 * Prompts select and recombine; they do not teach new mappings.
 */
@NullMarked
@Export
@Version("0.1.0")
package karuta.tiny;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
