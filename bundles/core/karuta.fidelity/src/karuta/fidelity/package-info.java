/**
 * Whether an arm is ModalPrompt. Its strategies are played on the toys of the kit, and what they do is compared with the definition
 * (`modalprompt.md` of the documents) part by part, and in the end with numbers that a script has computed without them.
 */
@NullMarked
@Export
@Version("0.1.0")
package karuta.fidelity;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
