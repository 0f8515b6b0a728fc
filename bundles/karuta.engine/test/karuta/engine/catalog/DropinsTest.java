package karuta.engine.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.eclipse.osgi.launch.EquinoxFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;

class DropinsTest {

    @TempDir
    private Path folder;

    private Path dropins;
    private Framework framework;

    @BeforeEach
    void open() throws IOException, BundleException {
        dropins = Files.createDirectory(folder.resolve("drop ins"));
        framework = new EquinoxFactory()
                .newFramework(Map.of(
                        Constants.FRAMEWORK_STORAGE,
                        folder.resolve("storage").toString(),
                        Dropins.FOLDER,
                        dropins.toString()));
        framework.start();
    }

    @AfterEach
    void close() throws BundleException, InterruptedException {
        framework.stop();
        framework.waitForStop(10_000);
    }

    private void jar(String file, String... headers) throws IOException {
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        for (var header : headers) {
            var parts = header.split(": ", 2);
            manifest.getMainAttributes().putValue(parts[0], parts[1]);
        }
        new JarOutputStream(Files.newOutputStream(dropins.resolve(file)), manifest).close();
    }

    private List<String> warnings() {
        return new Dropins(framework.getBundleContext()).warnings();
    }

    private List<String> active() {
        return Arrays.stream(framework.getBundleContext().getBundles())
                .filter(bundle -> bundle.getBundleId() > 0 && bundle.getState() == Bundle.ACTIVE)
                .map(Bundle::getSymbolicName)
                .toList();
    }

    @Test
    void aBundleThatWasDroppedIsStartedAndOneThatWasRemovedIsGone() throws IOException {
        jar(
                "good.jar",
                "Bundle-ManifestVersion: 2",
                "Bundle-SymbolicName: good",
                "Service-Component: OSGI-INF/good.xml");

        assertEquals(List.of(), warnings());
        assertEquals(List.of("good"), active());
        Files.delete(dropins.resolve("good.jar"));
        assertEquals(List.of(), warnings());
        assertEquals(List.of(), active());
    }

    @Test
    void aBundleThatLacksAPackageIsNamedWithIt() throws IOException {
        jar(
                "broken.jar",
                "Bundle-ManifestVersion: 2",
                "Bundle-SymbolicName: broken",
                "Bundle-Version: 1.2.3",
                "Import-Package: no.such.thing;version=\"[2,3)\"",
                "Service-Component: OSGI-INF/broken.xml");

        var warning = warnings().get(0);
        assertTrue(
                warning.startsWith("broken.jar (bundle broken 1.2.3) cannot be used: nobody provides"
                        + " Import-Package: no.such.thing; version=\"[2.0.0,3.0.0)\""),
                warning);
        assertEquals(List.of(), active());
    }

    @Test
    void aJarThatIsNoBundleIsNamed() throws IOException {
        jar("plain.jar");
        Files.writeString(dropins.resolve("garbage.jar"), "this is no archive");

        var warnings = warnings();
        assertEquals(2, warnings.size(), warnings.toString());
        assertTrue(warnings.get(0).startsWith("dropins/garbage.jar cannot be installed"), warnings.toString());
        assertTrue(warnings.get(1).startsWith("dropins/plain.jar is no OSGi bundle"), warnings.toString());
    }
}
