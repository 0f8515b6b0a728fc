/**
 * What all rooms need of files, once: writing them whole or not at all, keeping them private, their SHA-256, folders that
 * one process alone works in, and folders that go with their process. Knows nothing of Karuta; what fails is told as an
 * {@link java.io.IOException}, which the rooms put into their own words.
 */
@NullMarked
@Export
@Version("0.1.0")
package karuta.files;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
