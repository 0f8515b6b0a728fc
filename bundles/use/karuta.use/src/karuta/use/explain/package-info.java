/** What can be told of a card: what its soft tokens are near, which samples it is found by, what it is good for. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("0.1.0")
@org.jspecify.annotations.NullMarked
package karuta.use.explain;
