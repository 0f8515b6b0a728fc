/**
 * A pool as people keep it: {@code pool.json} says what it was made with, {@code cards/NAME.safetensors} holds a card, and
 * {@code cards/NAME.json} who learned it, when, from what, and how good it was. No list of all cards stands anywhere, so that
 * two people who learn different cards change different files.
 */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("0.1.0")
@org.jspecify.annotations.NullMarked
package karuta.archive.pool;
