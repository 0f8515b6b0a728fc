/**
 * Contents that their recipients alone can read, in the age format (age-encryption.org/v1), so that the program {@code age}
 * opens what Karuta closes and the other way round. Jagged does the cryptography.
 */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("0.1.0")
@org.jspecify.annotations.NullMarked
package karuta.archive.age;
