package karuta.project;

import aQute.bnd.osgi.Builder;
import aQute.bnd.osgi.Jar;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.Manifest;
import karuta.api.KarutaException;

/** Makes a bundle of classes: bnd writes manifest, component and options out of their annotations. */
final class BundleJar {

    /** As the parent of the projects has them for Maven; and the same classes give the same bytes. */
    private static final Map<String, String> DEFAULTS =
            Map.of("-noimportjava", "true", "-noextraheaders", "true", "-reproducible", "true");

    private BundleJar() {}

    /**
     * Makes it.
     *
     * @param classes a folder of compiled classes and resources
     * @param jars what they were compiled with
     * @param out gets the jar
     * @return warnings
     * @throws KarutaException if bnd refuses
     */
    static List<String> write(Path classes, List<Path> jars, Pom pom, OutputStream out) throws IOException {
        try (var builder = new Builder()) {
            var content = new Jar(pom.name(), classes.toFile());
            content.setManifest(new Manifest());
            builder.setJar(content);
            builder.setClasspath(jars.stream().map(Path::toFile).toArray(File[]::new));
            DEFAULTS.forEach(builder::setProperty);
            pom.instructions()
                    .stringPropertyNames()
                    .forEach(key -> builder.setProperty(key, pom.instructions().getProperty(key)));
            builder.setProperty("Bundle-SymbolicName", pom.name());
            builder.setProperty("Bundle-Version", pom.bundleVersion());
            var jar = builder.build();
            if (!builder.isOk()) {
                throw new KarutaException(
                        "No bundle can be made of the project: " + String.join("; ", builder.getErrors()) + ".",
                        "Mend what is named.");
            }
            jar.write(out);
            return List.copyOf(builder.getWarnings());
        } catch (IOException | KarutaException failed) {
            throw failed;
        } catch (Exception failed) {
            throw new KarutaException(
                    "No bundle can be made of the project: " + failed.getMessage() + ".",
                    "Mend what is named; `mvn package` may say more.",
                    failed);
        }
    }
}
