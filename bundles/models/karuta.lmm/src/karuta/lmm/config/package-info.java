/**
 * What the JSON files of Hugging Face model folders say, as Transformers 4 and 5 and the original LLaVA repository
 * write them, and one naming for all layouts of weights. What a model asks for that is not implemented is refused by
 * name, and sizes are bounded before anything is allocated.
 */
@NullMarked
@Export
@Version("0.1.0")
package karuta.lmm.config;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
