/**
 * Adapters in the format of Hugging Face's PEFT: a folder with {@code adapter_config.json} and {@code
 * adapter_model.safetensors}. What PEFT would silently ignore, and what is not implemented, is refused by name.
 */
@NullMarked
@Export
@Version("0.1.0")
package karuta.lmm.peft;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
