package karuta.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import karuta.diagnosis.Fault;
import karuta.diagnosis.Finding;
import karuta.engine.catalog.Doctor;
import karuta.it.dropped.Faulty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.test.common.annotation.InjectBundleContext;
import org.osgi.test.common.annotation.InjectService;
import org.osgi.test.junit5.context.BundleContextExtension;
import org.osgi.test.junit5.service.ServiceExtension;

/** What shows only in a framework: one fault is planted into a jar, and that one is told. */
@ExtendWith({ServiceExtension.class, BundleContextExtension.class})
class DoctorIT {

    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final Doctor.Witness UNSEEN = (soFar, ifItEnds) -> {};
    private static final String GOOD = "java.lang,java.util,karuta.api;version=\"[0.2,1)\"";

    @InjectService
    Doctor doctor;

    @InjectBundleContext
    BundleContext context;

    @TempDir
    Path folder;

    private final Map<String, Path> jars = new LinkedHashMap<>();

    @BeforeEach
    void begin() {
        System.clearProperty(Faulty.RELEASE);
    }

    @AfterEach
    void takeOut() throws BundleException {
        System.setProperty(Faulty.RELEASE, "true");
        for (var bundle : context.getBundles()) {
            if (bundle.getSymbolicName().startsWith("planted.")) {
                bundle.uninstall();
            }
        }
    }

    private static String component(String name, Class<?> type, String more) {
        return """
            <scr:component xmlns:scr="http://www.osgi.org/xmlns/scr/v1.4.0" name="%s" %s>
              <implementation class="%s"/>
              %s
            </scr:component>
            """.formatted(name, more.contains("provide") ? "" : "factory=\"karuta.selector\"", type.getName(), more);
    }

    private void jar(String name, Class<?> type, String imports, String... descriptions) throws IOException {
        var manifest = new Manifest();
        var headers = manifest.getMainAttributes();
        headers.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        headers.putValue("Bundle-ManifestVersion", "2");
        headers.putValue("Bundle-SymbolicName", "planted." + name);
        headers.putValue("Bundle-Version", "1.0.0");
        headers.putValue("Service-Component", "OSGI-INF/*.xml");
        headers.putValue("Import-Package", imports);
        var file = folder.resolve(name + ".jar");
        try (var jar = new JarOutputStream(Files.newOutputStream(file), manifest)) {
            for (var i = 0; i < descriptions.length; i++) {
                jar.putNextEntry(new JarEntry("OSGI-INF/c" + i + ".xml"));
                jar.write(descriptions[i].getBytes(StandardCharsets.UTF_8));
            }
            for (var each : List.of(Faulty.class, type)) {
                var path = each.getName().replace('.', '/') + ".class";
                jar.putNextEntry(new JarEntry(path));
                try (var in = each.getResourceAsStream("/" + path)) {
                    in.transferTo(jar);
                }
            }
        }
        jars.put(name + ".jar", file);
    }

    private void jar(String name, Class<?> type) throws IOException {
        jar(name, type, GOOD, component(name, type, ""));
    }

    private Finding only() {
        var findings = doctor.examine(jars, LIMIT, UNSEEN);
        assertEquals(1, findings.size(), findings.toString());
        return findings.get(0);
    }

    private void assertTold(Fault fault, String what) {
        var found = only();
        assertEquals(fault, found.fault(), found.toString());
        assertTrue(found.what().contains(what), found.what());
        assertTrue(found.where().matches("\\w+\\.jar \\(bundle planted\\.\\w+ 1\\.0\\.0\\)"), found.where());
    }

    @Test
    void nothingIsWrongWithAGoodOne() throws IOException {
        jar("well", Faulty.Well.class);
        assertEquals(List.of(), doctor.examine(jars, LIMIT, UNSEEN));
    }

    @Test
    void aPackageThatNobodyHas() throws IOException {
        jar("lacks", Faulty.Well.class, GOOD + ",karuta.tensr", component("lacks", Faulty.Well.class, ""));
        assertTold(Fault.PACKAGE, "nobody has the package karuta.tensr that it imports (did you mean karuta.tensor?)");
    }

    @Test
    void aVersionThatNobodyHas() throws IOException {
        jar(
                "newer",
                Faulty.Well.class,
                GOOD + ",karuta.tensor;version=\"[7,8)\"",
                component("newer", Faulty.Well.class, ""));
        assertTold(
                Fault.VERSION, "it imports the package karuta.tensor in a version of [7.0.0,8.0.0), and here it is 0.");
    }

    @Test
    void otherContracts() throws IOException {
        jar(
                "old",
                Faulty.Well.class,
                "java.util,karuta.api;version=\"[0.1,1)\"",
                component("old", Faulty.Well.class, ""));
        assertTold(Fault.CONTRACTS, "was built for contracts 0.1, these are 0.2");
    }

    @Test
    void aServiceThatNobodyProvides() throws IOException {
        var waits = "<reference name=\"s\" interface=\"no.such.Service\" bind=\"b\"/>";
        jar("waits", Faulty.Well.class, GOOD, component("waits", Faulty.Well.class, waits));
        assertTold(Fault.SERVICE, "waits for services that nobody provides: no.such.Service");
    }

    @Test
    void servicesThatWaitForEachOther() throws IOException {
        var one = "<service><provide interface=\"one.Service\"/></service>"
                + "<reference name=\"s\" interface=\"two.Service\" bind=\"b\"/>";
        var two = "<service><provide interface=\"two.Service\"/></service>"
                + "<reference name=\"s\" interface=\"one.Service\" bind=\"b\"/>";
        var waits = "<reference name=\"s\" interface=\"one.Service\" bind=\"b\"/>";
        var type = Faulty.Well.class;
        jar("circle", type, GOOD, component("circle", type, waits));
        jar("helpers", type, GOOD, component("one", Object.class, one), component("two", Object.class, two));
        var found = doctor.examine(jars, LIMIT, UNSEEN).stream()
                .filter(each -> each.fault() == Fault.CYCLE)
                .toList();
        assertEquals(1, found.size(), found.toString());
        assertTrue(
                found.get(0).what().contains("one, which waits for two, which waits for one"),
                found.get(0).what());
    }

    @Test
    void anIdThatIsTaken() throws IOException {
        jar("taken", Faulty.Well.class, GOOD, component("dual", Faulty.Well.class, ""));
        assertTold(Fault.SAME_ID, "there are 2 of selector \"dual\": of bundle ");
    }

    @Test
    void aStaticInitialiserThatThrows() throws IOException {
        jar("statically", Faulty.InStatic.class);
        assertTold(
                Fault.INITIALISER,
                "its static initialiser threw java.lang.NumberFormatException: For input string: \"three\", in"
                        + " karuta.it.dropped.Faulty$InStatic.<clinit>(Faulty.java:");
    }

    @Test
    void aConstructorThatThrows() throws IOException {
        jar("constructed", Faulty.InConstructor.class);
        assertTold(
                Fault.CONSTRUCTOR,
                "brings selector.constructed, which cannot be made: its constructor threw"
                        + " java.lang.IllegalStateException: no weights, in"
                        + " karuta.it.dropped.Faulty$InConstructor.<init>(Faulty.java:");
    }

    @Test
    void whatDoesNotComeToAnEndIsLeft() throws IOException {
        jar("endless", Faulty.Endless.class);
        assertTold(
                Fault.ENDLESS,
                "does not come to an end: after 5 s selector.endless is still in the static initialiser,"
                        + " karuta.it.dropped.Faulty$Endless.<clinit>(Faulty.java:");
        assertTrue(doctor.isLeftWithCode());
    }

    @Test
    void aNativeLibraryThatDoesNotLoad() throws IOException {
        jar("natively", Faulty.Native.class);
        assertTold(Fault.NATIVE, "its native library does not load: no no_such_library_anywhere in ");
    }

    @Test
    void aJarTakesThePlaceOfWhatItWasBefore() throws IOException {
        jar("again", Faulty.InConstructor.class);
        assertEquals(Fault.CONSTRUCTOR, only().fault());
        var other = Files.createDirectory(folder.resolve("other")).resolve("again.jar");
        jar("again", Faulty.Well.class);
        Files.move(jars.get("again.jar"), other);
        jars.put("again.jar", other);
        assertEquals(List.of(), doctor.examine(jars, LIMIT, UNSEEN));
        assertEquals(
                1,
                Arrays.stream(context.getBundles())
                        .filter(bundle -> bundle.getSymbolicName().equals("planted.again"))
                        .count());
    }
}
