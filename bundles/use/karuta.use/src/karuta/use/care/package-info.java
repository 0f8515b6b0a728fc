/**
 * Looking after the cards of a pool: taking them from one pool to another, storing them in fewer bits, fitting them to another
 * encoder; and measuring what that does to size, selection and scores before it is kept.
 */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("0.1.0")
@org.jspecify.annotations.NullMarked
package karuta.use.care;
