/**
 * The pool behind a service: its newest revision is opened beside the one that answers and takes its place, or is refused and told
 * of.
 */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("0.1.0")
@org.jspecify.annotations.NullMarked
package karuta.serve.pool;
