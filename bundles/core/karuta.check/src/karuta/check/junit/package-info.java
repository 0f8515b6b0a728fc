/**
 * The contract of each kind of strategy as a JUnit test: the test of a strategy extends that of its kind and says how one is
 * made; what must hold of all of the kind is inherited.
 *
 * <p>JUnit is an optional import: a program that has no JUnit can check strategies all the same.
 */
@NullMarked
@Export
@Version("0.1.0")
@Header(name = "Import-Package", value = "org.junit.jupiter.api.*;resolution:=optional,*")
package karuta.check.junit;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.bundle.Header;
import org.osgi.annotation.versioning.Version;
