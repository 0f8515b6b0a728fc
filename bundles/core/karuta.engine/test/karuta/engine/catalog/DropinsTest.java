package karuta.engine.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import karuta.diagnosis.Finding;
import org.eclipse.osgi.launch.EquinoxFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;

class DropinsTest {

    private static final String ANEW =
            "; build it with `karuta build-strategy`, or with bnd, which write the descriptions";

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

    private static final String GOOD = """
        <scr:component xmlns:scr="http://www.osgi.org/xmlns/scr/v1.4.0" name="good" factory="karuta.selector">
          <implementation class="good.Good"/>
        </scr:component>
        """;

    private void jar(String file, String... headers) throws IOException {
        jar(file, Map.of("OSGI-INF/good.xml", GOOD), headers);
    }

    /** The class of the component; what its parent is, nobody can tell. */
    static byte[] good() {
        var type = new ClassWriter(0);
        type.visit(Opcodes.V17, Opcodes.ACC_PUBLIC, "good/Good", null, "good/Parent", new String[0]);
        type.visitMethod(Opcodes.ACC_PUBLIC, "<init>", "()V", null, null);
        return type.toByteArray();
    }

    private void jar(String file, Map<String, String> entries, String... headers) throws IOException {
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        for (var header : headers) {
            var parts = header.split(": ", 2);
            manifest.getMainAttributes().putValue(parts[0], parts[1]);
        }
        try (var jar = new JarOutputStream(Files.newOutputStream(dropins.resolve(file)), manifest)) {
            for (var entry : entries.entrySet()) {
                jar.putNextEntry(new JarEntry(entry.getKey()));
                jar.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
            }
            if (!entries.isEmpty()) {
                jar.putNextEntry(new JarEntry("good/Good.class"));
                jar.write(good());
            }
        }
    }

    private List<String> warnings() {
        return new Dropins(framework.getBundleContext())
                .findings().stream().map(Finding::toString).toList();
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
    void aBundleForOtherContractsIsToldAsSuchAndNotStarted() throws IOException {
        jar(
                "old.jar",
                "Bundle-ManifestVersion: 2",
                "Bundle-SymbolicName: old",
                "Import-Package: java.lang,karuta.api;resolution:=optional;version=\"[0.1,1)\",karuta.tensor;resolution:=optional",
                "Service-Component: OSGI-INF/good.xml");

        assertEquals(
                List.of("dropins/old.jar (bundle old 0.0.0) was built for contracts 0.1, these are 0.2; build it anew"
                        + " against this Karuta"),
                warnings());
        assertEquals(List.of(), active());
    }

    @Test
    void theContractsOfAManifestAreThoseOfTheApiAlone() {
        assertEquals(Optional.of("0.1"), ContractVersion.importedBy("karuta.api;version=\"[0.1,1)\""));
        assertEquals(
                Optional.of("0.2.0"),
                ContractVersion.importedBy("karuta.tensor;version=\"[0.1,1)\",karuta.api;version=\"[0.2.0,1)\""));
        assertEquals(Optional.empty(), ContractVersion.importedBy("karuta.api.other;version=\"1\""));
        assertEquals(Optional.empty(), ContractVersion.importedBy("karuta.api,karuta.tensor;version=\"[0.1,1)\""));
    }

    @Test
    void aBundleThatLacksAPackageIsNamedWithIt() throws IOException {
        jar(
                "broken.jar",
                "Bundle-ManifestVersion: 2",
                "Bundle-SymbolicName: broken",
                "Bundle-Version: 1.2.3",
                "Import-Package: no.such.thing;version=\"[2,3)\"",
                "Service-Component: OSGI-INF/good.xml");

        var warning = warnings().get(0);
        assertTrue(
                warning.startsWith("dropins/broken.jar (bundle broken 1.2.3) cannot be used: nobody has the package"
                        + " no.such.thing that it imports; put a bundle"),
                warning);
        assertEquals(List.of(), active());
    }

    @Test
    void aJarThatIsNoBundleIsNamed() throws IOException {
        jar("plain.jar");
        Files.writeString(dropins.resolve("garbage.jar"), "this is no archive");

        var warnings = warnings();
        assertEquals(2, warnings.size(), warnings.toString());
        assertTrue(
                warnings.get(0).startsWith("dropins/garbage.jar is no archive, or a damaged one ("),
                warnings.toString());
        assertTrue(warnings.get(1).startsWith("dropins/plain.jar is no OSGi bundle"), warnings.toString());
    }

    private String only(String description) throws IOException {
        jar(
                "some.jar",
                Map.of("OSGI-INF/x.xml", description),
                "Bundle-ManifestVersion: 2",
                "Bundle-SymbolicName: some",
                "Service-Component: OSGI-INF/x.xml");
        var warnings = warnings();
        assertEquals(1, warnings.size(), warnings.toString());
        return warnings.get(0);
    }

    @Test
    void aBrokenComponentDescriptionIsToldWithItsBundle() throws IOException {
        var warning = only("<scr:component");
        assertTrue(
                warning.startsWith("dropins/some.jar (bundle some 0.0.0) has a broken component description,"
                        + " OSGI-INF/x.xml, line 1: "),
                warning);
    }

    @Test
    void aDescriptionWithoutAComponentIsTold() throws IOException {
        assertEquals(
                "dropins/some.jar (bundle some 0.0.0) has a component description without a component: OSGI-INF/x.xml"
                        + ANEW,
                only("<html/>"));
    }

    @Test
    void componentsThatAreNoStrategiesAreTold() throws IOException {
        assertEquals(
                "dropins/some.jar (bundle some 0.0.0) has a component \"good\" with the factory \"karuta.selectr\" (did you"
                        + " mean \"karuta.selector\"?); write @Component(name = \"good\", factory = Selector.KIND)",
                only(GOOD.replace("karuta.selector", "karuta.selectr")));
    }

    @Test
    void aDescriptionThatIsNotThereIsTold() throws IOException {
        jar(
                "some.jar",
                "Bundle-ManifestVersion: 2",
                "Bundle-SymbolicName: some",
                "Service-Component: OSGI-INF/good.xml, OSGI-INF/other.xml");
        assertEquals(
                List.of("dropins/some.jar (bundle some 0.0.0) names a component description that it does not have:"
                        + " OSGI-INF/other.xml" + ANEW),
                warnings());
    }

    @Test
    void aJarThatBringsNothingIsToldButNotALibrary() throws IOException {
        jar("idle.jar", Map.of(), "Bundle-ManifestVersion: 2", "Bundle-SymbolicName: idle");
        jar(
                "library.jar",
                Map.of(),
                "Bundle-ManifestVersion: 2",
                "Bundle-SymbolicName: library",
                "Export-Package: some.thing");
        var warnings = warnings();
        assertEquals(1, warnings.size(), warnings.toString());
        assertTrue(
                warnings.get(0).startsWith("dropins/idle.jar (bundle idle 0.0.0) brings nothing: "), warnings.get(0));
    }

    @Test
    void aJarThatLendsPyTorchMemoryOfJavaIsToldWithTheLine() throws IOException {
        var name = BorrowedMemoryTest.Borrowing.class.getName().replace('.', '/') + ".class";
        jar(
                "lends.jar",
                Map.of(),
                "Bundle-ManifestVersion: 2",
                "Bundle-SymbolicName: lends",
                "Export-Package: some.thing",
                "Require-Bundle: system.bundle");
        var uri = URI.create("jar:" + dropins.resolve("lends.jar").toUri());
        try (var jar = FileSystems.newFileSystem(uri, Map.of());
                var type = getClass().getResourceAsStream("/" + name)) {
            Files.write(jar.getPath("Borrowing.class"), type.readAllBytes());
        }
        var warnings = warnings();
        assertEquals(1, warnings.size(), warnings.toString());
        assertTrue(
                warnings.get(0)
                        .matches(
                                "dropins/lends.jar \\(bundle lends 0.0.0\\) may change its numbers without a word: .*Borrowing\\"
                                        + ".wraps, line \\d+ calls NDManager.create\\(long\\[\\]\\) \\(and 3 more places\\), .*"),
                warnings.get(0));
    }

    @Test
    void theSameBundleTwiceIsTold() throws IOException {
        for (var file : List.of("one.jar", "two.jar")) {
            jar(file, "Bundle-ManifestVersion: 2", "Bundle-SymbolicName: twin", "Service-Component: OSGI-INF/good.xml");
        }
        var warnings = warnings();
        assertEquals(1, warnings.size(), warnings.toString());
        assertTrue(warnings.get(0).startsWith("dropins/two.jar (bundle twin 0.0.0) is there twice: "), warnings.get(0));
    }

    @Test
    void theHashOfABundleIsThatOfItsContentAndNotOfItsManifest() throws IOException {
        var hashes = new ArrayList<String>();
        for (var version : List.of("1.0.0", "2.0.0")) {
            for (var content : List.of(GOOD, GOOD + " ")) {
                jar(
                        "good.jar",
                        Map.of("OSGI-INF/good.xml", content),
                        "Bundle-ManifestVersion: 2",
                        "Bundle-SymbolicName: good",
                        "Bundle-Version: " + version,
                        "Service-Component: OSGI-INF/good.xml");
                assertEquals(List.of(), warnings());
                var good = Arrays.stream(framework.getBundleContext().getBundles())
                        .filter(bundle -> "good".equals(bundle.getSymbolicName()))
                        .findFirst()
                        .orElseThrow();
                hashes.add(BundleHash.of(good));
                Files.delete(dropins.resolve("good.jar"));
                assertEquals(List.of(), warnings());
            }
        }
        assertEquals(hashes.get(0), hashes.get(2));
        assertEquals(hashes.get(1), hashes.get(3));
        assertNotEquals(hashes.get(0), hashes.get(1));
    }
}
