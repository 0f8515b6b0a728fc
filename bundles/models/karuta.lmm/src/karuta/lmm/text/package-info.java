/** Texts as token ids: the tokenizers of Hugging Face model folders, and what CLIP and LLaVA wrap around a text. */
@NullMarked
@Export
@Version("0.1.0")
package karuta.lmm.text;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
