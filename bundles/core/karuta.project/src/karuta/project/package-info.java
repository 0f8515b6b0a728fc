/**
 * A strategy of a researcher's own, outside of Karuta's tree: {@link karuta.project.NewProject} writes the project, and
 * {@link karuta.project.StrategyBuild} makes a bundle of it without Maven.
 *
 * <p>Compiler and bnd are optional imports: where a Java lacks what they need, nothing else of the program shall fail.
 */
@NullMarked
@Export
@Version("0.1.0")
@Header(name = "Import-Package", value = "javax.tools;resolution:=optional,aQute.bnd.osgi;resolution:=optional,*")
package karuta.project;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.bundle.Header;
import org.osgi.annotation.versioning.Version;
