/**
 * A pool and the models that its cards were made with, together: what learns, asks and looks after cards. The files of a pool
 * are {@code karuta.archive}'s, the models and strategies the engine's.
 */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("0.1.0")
@org.jspecify.annotations.NullMarked
package karuta.use;
