package karuta.diagnosis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import karuta.api.PromptPool;
import karuta.api.Selector;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One fault is planted into a good jar, and that one is told, with its cure; none of the jar's code runs. */
class JarExamTest {

    private static final Seams SEAMS =
            new Seams(Map.of(Selector.KIND, Selector.class, PromptPool.KIND, PromptPool.class));

    @TempDir
    Path folder;

    private Jars jar;

    @BeforeEach
    void begin() {
        jar = Jars.good(folder);
    }

    private static List<Finding> findings(Path file) {
        return JarExam.of(file, file.getFileName().toString(), SEAMS).findings();
    }

    private void assertTold(Fault fault, String what, String cure) throws IOException {
        assertTold(jar.jar(), fault, what, cure);
    }

    private static void assertTold(Path file, Fault fault, String what, String cure) {
        var found = findings(file);
        assertEquals(1, found.size(), found.toString());
        assertEquals(fault, found.get(0).fault(), found.toString());
        assertTrue(found.get(0).what().contains(what), found.get(0).what());
        assertTrue(found.get(0).cure().contains(cure), found.get(0).cure());
    }

    @Test
    void aGoodOneIsFoundGood() throws IOException {
        var exam = JarExam.of(jar.jar(), "nearest.jar", SEAMS);
        assertEquals(List.of(), exam.findings());
        assertEquals("nearest.jar (bundle my.lab.nearest 1.0.0)", exam.where());
    }

    @Test
    void noArchive() throws IOException {
        var file = Files.writeString(folder.resolve("x.jar"), "this is no archive");
        assertTold(file, Fault.BROKEN_ZIP, "is no archive, or a damaged one", "build it again");
    }

    @Test
    void anArchiveThatWasCutShort() throws IOException {
        var file = jar.jar();
        var bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
        assertTold(file, Fault.BROKEN_ZIP, "is no archive, or a damaged one", "copy it again");
    }

    @Test
    void noFile() {
        assertTold(folder, Fault.NO_FILE, "is no file", "name a jar");
    }

    @Test
    void aBombInAFileThatIsNotRead() throws IOException {
        jar.entry("data.bin", new byte[80 << 20]);
        assertTold(Fault.BOMB, "has a data.bin that unpacks to more than 64 MiB", "do not unpack it");
    }

    @Test
    void aBombInAClass() throws IOException {
        jar.entry("my/lab/Big.class", new byte[20 << 20]);
        assertTold(Fault.BOMB, "has a my/lab/Big.class of more than 16 MiB", "do not unpack it");
    }

    @Test
    void aBombWhoseDirectoryLies() throws IOException {
        var file = jar.entry("data.bin", new byte[80 << 20]).jar();
        var bytes = Files.readAllBytes(file);
        for (var i = 0; i + 46 < bytes.length; i++) { // the size in the central directory stands 24 bytes after PK 1 2
            var directory = bytes[i] == 'P' && bytes[i + 1] == 'K' && bytes[i + 2] == 1 && bytes[i + 3] == 2;
            if (directory && bytes[i + 46] == 'd') {
                bytes[i + 24 + 3] = 0;
            }
        }
        Files.write(file, bytes);
        assertTold(file, Fault.BOMB, "has a data.bin that unpacks to more than 64 MiB", "do not unpack it");
    }

    @Test
    void noManifest() throws IOException {
        jar.withoutManifest();
        assertTold(
                Fault.NO_BUNDLE,
                "is no OSGi bundle: it has no manifest, but a strategy, my.lab.Nearest",
                "`karuta build-strategy`");
    }

    @Test
    void noSymbolicName() throws IOException {
        jar.without("Bundle-SymbolicName");
        assertTold(Fault.NO_BUNDLE, "it has a manifest without Bundle-SymbolicName", "`karuta build-strategy`");
    }

    @Test
    void aManifestThatIsNone() throws IOException {
        jar.withoutManifest().entry("META-INF/MANIFEST.MF", "no manifest\n");
        assertTold(Fault.NO_BUNDLE, "has a manifest that cannot be read", "let the build write it");
    }

    @Test
    void noManifestVersion() throws IOException {
        jar.without("Bundle-ManifestVersion");
        assertTold(Fault.HEADER, "without \"Bundle-ManifestVersion: 2\"", "let the build write the manifest");
    }

    @Test
    void aVersionThatIsNone() throws IOException {
        jar.with("Bundle-Version", "1.0-SNAPSHOT");
        assertTold(Fault.HEADER, "a Bundle-Version that is none: \"1.0-SNAPSHOT\"", "1.0.0.beta");
    }

    @Test
    void aNewerJava() throws IOException {
        jar.bytes("my/lab/Nearest.class")[7] = 44 + 42;
        var found = findings(jar.jar());
        assertEquals(Fault.JAVA, found.get(0).fault());
        assertTrue(
                found.get(0).what().contains("my.lab.Nearest is for Java 42, and this is Java "),
                found.get(0).what());
        assertTrue(found.get(0).cure().contains("--release 17"));
    }

    @Test
    void nothingAtAll() throws IOException {
        jar.without("Service-Component").without("OSGI-INF/nearest.xml").without("Nearest");
        assertTold(Fault.NOTHING, "brings nothing", "implements a contract of karuta.api");
    }

    @Test
    void butNotALibrary() throws IOException {
        jar.without("Service-Component").without("OSGI-INF/nearest.xml").without("Nearest");
        assertEquals(List.of(), findings(jar.with("Export-Package", "my.lab").jar()));
    }

    @Test
    void noComponentAnnotation() throws IOException {
        jar.without("Service-Component").without("OSGI-INF/nearest.xml");
        assertTold(
                Fault.NO_COMPONENT,
                "has my.lab.Nearest, which implements Selector and is no component",
                "@Component(name = \"an-id\", factory = Selector.KIND)");
    }

    @Test
    void aComponentAnnotationThatNoBuildHasRead() throws IOException {
        jar.without("Service-Component").without("OSGI-INF/nearest.xml");
        jar.source(
                "Nearest",
                Jars.NEAREST.replace(
                        "public class",
                        "@org.osgi.service.component.annotations.Component(name = \"a\")\npublic class"));
        assertTold(
                Fault.NO_COMPONENT,
                "has my.lab.Nearest with @Component, and no description of it",
                "`karuta build-strategy`");
    }

    @Test
    void noServiceComponentHeader() throws IOException {
        jar.without("Service-Component");
        assertTold(
                Fault.HEADER,
                "has OSGI-INF/nearest.xml, and its manifest lacks the header that names it (Service-Component)",
                "build it with");
    }

    @Test
    void aBrokenDescription() throws IOException {
        jar.entry("OSGI-INF/nearest.xml", Jars.COMPONENT.replace("</scr:component>", ""));
        assertTold(
                Fault.DESCRIPTION,
                "has a broken component description, OSGI-INF/nearest.xml, line 5: ",
                "build it with");
    }

    @Test
    void aDescriptionThatReachesOutside() throws IOException {
        jar.entry("OSGI-INF/nearest.xml", "<!DOCTYPE x SYSTEM \"file:/etc/passwd\">" + Jars.COMPONENT);
        assertTold(Fault.DESCRIPTION, "has a broken component description, ", "build it with");
    }

    @Test
    void aDescriptionThatIsNotThere() throws IOException {
        jar.with("Service-Component", "OSGI-INF/nearest.xml, OSGI-INF/other.xml");
        assertTold(
                Fault.DESCRIPTION, "names a component description that it does not have: OSGI-INF/other.xml", "build");
    }

    @Test
    void aDescriptionWithWildcards() throws IOException {
        assertEquals(
                List.of(),
                findings(jar.with("Service-Component", "OSGI-INF/*.xml").jar()));
    }

    @Test
    void aClassThatIsNotThere() throws IOException {
        jar.entry("OSGI-INF/nearest.xml", Jars.COMPONENT.replace("my.lab.Nearest", "my.lab.Neerest"));
        assertTold(
                Fault.NO_CLASS,
                "has a component \"nearest\" of the class my.lab.Neerest, and no such class (did you mean"
                        + " my.lab.Nearest?)",
                "build it with");
    }

    @Test
    void noFactory() throws IOException {
        jar.entry("OSGI-INF/nearest.xml", Jars.COMPONENT.replace(" factory=\"karuta.selector\"", ""));
        assertTold(
                Fault.FACTORY,
                "has my.lab.Nearest, which implements Selector, and its @Component has no factory",
                "@Component(name = \"nearest\", factory = Selector.KIND)");
    }

    @Test
    void aFactoryThatIsNone() throws IOException {
        jar.entry("OSGI-INF/nearest.xml", Jars.COMPONENT.replace("karuta.selector", "karuta.selectr"));
        assertTold(
                Fault.FACTORY,
                "its @Component has the factory \"karuta.selectr\" (did you mean \"karuta.selector\"?)",
                "factory = Selector.KIND");
    }

    @Test
    void theFactoryOfAnotherKind() throws IOException {
        jar.entry("OSGI-INF/nearest.xml", Jars.COMPONENT.replace("karuta.selector", "karuta.pool"));
        assertTold(
                Fault.FACTORY,
                "has my.lab.Nearest with the factory karuta.pool, and it is no PromptPool but a Selector",
                "write factory = Selector.KIND");
    }

    @Test
    void aClassOfAParentThatNobodyHereKnowsMayBeAnything() throws IOException {
        jar.source("Nearest", "package my.lab; public class Nearest extends Parent {} class Parent {}");
        jar.without("Parent").with("Import-Package", "my.lab,karuta.api");
        assertEquals(List.of(), findings(jar.jar()));
    }

    @Test
    void aClassThatIsNotPublic() throws IOException {
        jar.source("Nearest", Jars.NEAREST.replace("public class", "class"));
        assertTold(Fault.NOT_PUBLIC, "has my.lab.Nearest, which is not public", "public final class Nearest");
    }

    @Test
    void anAbstractClass() throws IOException {
        jar.source("Nearest", Jars.NEAREST.replace("public class", "public abstract class"));
        assertTold(Fault.NOT_PUBLIC, "has my.lab.Nearest, which is abstract", "public final class Nearest");
    }

    @Test
    void anInnerClass() throws IOException {
        jar.source("Outer", Jars.NEAREST.replace("package my.lab;", "package my.lab; public class Outer {") + "}");
        jar.entry("OSGI-INF/nearest.xml", Jars.COMPONENT.replace("my.lab.Nearest", "my.lab.Outer$Nearest"));
        assertTold(Fault.NOT_PUBLIC, "has my.lab.Outer$Nearest, which is an inner class", "public final class Nearest");
    }

    @Test
    void aConstructorThatIsNotPublic() throws IOException {
        jar.source("Nearest", Jars.NEAREST.replace("Selector {", "Selector { Nearest() {}"));
        assertTold(
                Fault.NOT_PUBLIC,
                "without a public constructor that takes nothing: the one that it has is not public",
                "@Activate");
    }

    @Test
    void aConstructorOfOtherParameters() throws IOException {
        jar.source("Nearest", Jars.NEAREST.replace("Selector {", "Selector { public Nearest(int k) {}"));
        assertTold(Fault.NOT_PUBLIC, "without a public constructor that takes nothing", "@Activate");
    }

    @Test
    void anEndOfTheWholeProgram() throws IOException {
        jar.source("Nearest", Jars.NEAREST.replace("Selector {", "Selector {\n  static { System.exit(0); }"));
        assertTold(
                Fault.EXIT,
                "would end the whole program with everything that it does: my.lab.Nearest.<clinit>, line 3 calls"
                        + " System.exit",
                "throw an exception instead");
    }

    @Test
    void aProgramOfItsOwnMayEndItself() throws IOException {
        jar.source(
                "Nearest",
                Jars.NEAREST.replace(
                        "Selector {", "Selector {\n  public static void main(String[] args) { System.exit(0); }"));
        assertEquals(List.of(), findings(jar.jar()));
    }

    @Test
    void aPackageThatIsNotImported() throws IOException {
        jar.with("Import-Package", "java.util");
        assertTold(
                Fault.NOT_IMPORTED,
                "uses packages that its manifest does not import: karuta.api (in my.lab.Nearest)",
                "let bnd write Import-Package");
    }

    @Test
    void aNativeLibraryThatIsNotThere() throws IOException {
        jar.with("Bundle-NativeCode", "lib/libnear.so;osname=linux;processor=x86_64,*");
        assertTold(Fault.NATIVE, "names the native library lib/libnear.so", "put the file into the jar");
    }

    private static String options(String... attributes) {
        return """
            <metatype:MetaData xmlns:metatype="http://www.osgi.org/xmlns/metatype/v1.2.0">
              <OCD id="my.lab.Nearest$Options">%s</OCD>
              <Designate pid="nearest"><Object ocdref="my.lab.Nearest$Options"/></Designate>
            </metatype:MetaData>
            """.formatted(String.join("", attributes));
    }

    private void assertOptions(String xml, String what, String cure) throws IOException {
        jar.entry("OSGI-INF/metatype/x.xml", xml);
        assertTold(Fault.OPTIONS, what, cure);
    }

    @Test
    void optionsThatCannotBe() throws IOException {
        var mend = "mend its @AttributeDefinition";
        assertOptions(
                options("<AD id='k' type='Integer' min='1' default='0'/>"),
                "an option \"k\" of my.lab.Nearest.Options whose default 0 is outside of its own limits",
                mend);
        assertOptions(
                options("<AD id='k' type='Integer' min='one' default='1'/>"), "with a min that is no number", mend);
        assertOptions(options("<AD id='k' type='Double' min='2' max='1'/>"), "that no number fits", mend);
        assertOptions(options("<AD id='k' type='Integer' default='1.5'/>"), "whose default 1.5 is outside", mend);
        assertOptions(options("<AD id='k' type='Thing'/>"), "of a type that is none: \"Thing\"", mend);
        assertOptions(options("<AD id='id' type='String'/>"), "that no study can set", mend);
        assertOptions(options("<AD id='k' type='String'/>", "<AD id='k' type='String'/>"), "\"k\" of", mend);
    }

    @Test
    void optionsOfNoComponent() throws IOException {
        assertOptions(
                options().replace("pid=\"nearest\"", "pid=\"neerest\""),
                "describes options of \"neerest\", and there is no such component (did you mean \"nearest\"?)",
                "@Designate over the class");
        assertOptions(
                options().replace("ocdref=\"my", "ocdref=\"your"), "has no such options", "@ObjectClassDefinition");
        assertOptions(options().replace("</OCD>", ""), "has a broken description of options", "@ObjectClassDefinition");
    }

    @Test
    void goodOptionsAreNotTold() throws IOException {
        jar.entry(
                "OSGI-INF/metatype/x.xml",
                options(
                        "<AD id='k' type='Integer' min='1' default='3'/>",
                        "<AD id='names' type='String' cardinality='9' default='a,b'/>",
                        "<AD id='on' type='Boolean' default='true'/>",
                        "<AD id='lambda' type='Double' min='0' max='1'/>"));
        assertEquals(List.of(), findings(jar.jar()));
    }

    @Test
    void optionsThatNobodyDescribes() throws IOException {
        jar.source("Nearest", Jars.NEAREST.replace("Selector {", """
            Selector {
                public @interface Options { int k() default 3; }
                public Nearest(Options options) {}
            """));
        jar.entry("OSGI-INF/nearest.xml", Jars.COMPONENT.replace("factory=", "init=\"1\" factory="));
        assertTold(
                Fault.OPTIONS,
                "has my.lab.Nearest with the options my.lab.Nearest.Options, and does not describe them",
                "@Designate(ocd = Options.class)");
    }
}
