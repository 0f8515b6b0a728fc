/**
 * CLIP and LLaVA as functions of their weights. A model asks for its weights by their Hugging Face names; they may be
 * frozen or trained, and are never changed here.
 */
@NullMarked
@Export
@Version("0.1.0")
package karuta.lmm.model;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
