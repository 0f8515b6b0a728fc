/**
 * Where questions wait for a pool: one thread forms batches of them and asks, and the pool can be another from one batch to the
 * next.
 */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("0.1.0")
@org.jspecify.annotations.NullMarked
package karuta.serve.desk;
