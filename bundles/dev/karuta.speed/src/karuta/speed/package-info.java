/**
 * What a LLaVA costs here in time and memory, beside the same work in Python with Transformers and PEFT ({@code
 * releng/speed/peer.py}).
 */
@NullMarked
@Export
@Version("0.1.0")
package karuta.speed;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
