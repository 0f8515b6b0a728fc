/**
 * The learner that plays a pool, a selector and a fusion against a frozen backbone; ModalPrompt is one setting of it.
 * Exported for the tests of pools, selectors and fusions, which need somebody who plays them.
 */
@NullMarked
@Export
@Version("0.1.0")
package karuta.prompt;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
