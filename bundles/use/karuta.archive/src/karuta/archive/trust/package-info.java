/**
 * Who may change a pool. The pool itself says so in {@code roles.txt}, by public keys; every revision is judged by the roles
 * of the one before. What a pool cannot say of itself, that it is not an older copy or somebody else's, is remembered outside.
 */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("0.1.0")
@org.jspecify.annotations.NullMarked
package karuta.archive.trust;
