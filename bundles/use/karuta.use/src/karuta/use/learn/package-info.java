/** Learns a task into a pool in a short cycle, and finds again what was held out from it. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("0.1.0")
@org.jspecify.annotations.NullMarked
package karuta.use.learn;
