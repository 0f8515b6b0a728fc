/**
 * What a pool in service tells of the questions that it answers: metrics, the audit log and the monitor listen.
 */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("0.1.0")
@org.jspecify.annotations.NullMarked
package karuta.serve.event;
