/**
 * A user's proof that a model folder computes what Transformers and PEFT compute, and folders of random models to
 * measure with.
 */
@NullMarked
@Export
@Version("0.1.0")
package karuta.lmm.check;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
