package karuta.project;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarFile;
import karuta.api.KarutaException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class StrategyBuildTest {

    private static final ProjectName NAME = new ProjectName("my.lab.nearest");

    @TempDir
    private Path folder = Path.of("");

    private Path project = Path.of("");

    @BeforeEach
    void write() {
        project = folder.resolve("p");
        NewProject.write(project, ProjectKind.SELECTOR, NAME, Toys.karuta());
    }

    private StrategyBuild.Built build() {
        return new StrategyBuild(project, Toys.karuta()).build(Optional.empty());
    }

    private String refused() {
        return assertThrows(KarutaException.class, this::build).getMessage();
    }

    private void replace(String file, String before, String after) throws IOException {
        var path = project.resolve(file);
        var text = Files.readString(path);
        assertTrue(text.contains(before), before);
        Files.writeString(path, text.replace(before, after));
    }

    @Test
    void theBundleHasComponentOptionsAndImports() throws IOException {
        Files.createDirectories(project.resolve("src/main/resources/my/lab/nearest"));
        Files.writeString(project.resolve("src/main/resources/my/lab/nearest/table.txt"), "42");
        var built = build();
        assertEquals(project.resolve("target/my.lab.nearest.jar"), built.jar());
        assertEquals(List.of(), built.warnings());
        try (var jar = new JarFile(built.jar().toFile())) {
            var manifest = jar.getManifest().getMainAttributes();
            assertEquals("my.lab.nearest", manifest.getValue("Bundle-SymbolicName"));
            assertEquals("0.1.0", manifest.getValue("Bundle-Version"));
            assertEquals(Optional.empty(), Optional.ofNullable(manifest.getValue("Bnd-LastModified")));
            assertEquals("OSGI-INF/nearest.xml", manifest.getValue("Service-Component"));
            assertTrue(manifest.getValue("Import-Package").contains("karuta.api"), manifest.getValue("Import-Package"));
            var component = text(jar, "OSGI-INF/nearest.xml");
            assertTrue(component.contains("factory=\"karuta.selector\""), component);
            var options = text(jar, "OSGI-INF/metatype/my.lab.nearest.Nearest$Options.xml");
            assertTrue(options.contains("id=\"k\"") && options.contains("min=\"1\""), options);
            assertEquals("42", text(jar, "my/lab/nearest/table.txt"));
            assertTrue(jar.stream().noneMatch(entry -> entry.getName().contains("NearestTest")));
        }
    }

    private static String text(JarFile jar, String entry) throws IOException {
        try (var in = jar.getInputStream(jar.getEntry(entry))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aProjectOfEveryKindIsBuilt(ProjectKind kind) {
        project = folder.resolve(kind.word());
        NewProject.write(project, kind, NAME, Toys.karuta());
        assertEquals(List.of(), build().warnings());
    }

    @Test
    void theSameSourcesGiveTheSameBytes() throws IOException {
        var first = Files.readAllBytes(build().jar());
        var second = new StrategyBuild(project, Toys.karuta()).build(Optional.of(folder.resolve("again.jar")));
        assertEquals(-1, java.util.Arrays.mismatch(first, Files.readAllBytes(second.jar())));
    }

    @Test
    void mistakesAreToldAsCompilersDoAndNoJarIsLeft() throws IOException {
        var source = "src/main/java/my/lab/nearest/Nearest.java";
        replace(source, "calls.top(k,", "calls.topp(k,");
        replace(source, "import java.util.List;", "import java.util.List;\nimport org.nowhere.Thing;");
        var message = refused();
        assertTrue(message.startsWith("The project has 2 mistakes:\n"), message);
        assertTrue(message.contains(project.resolve(source) + ":4: package org.nowhere does not exist"), message);
        assertTrue(message.contains("build by `mvn package`"), message);
        assertFalse(Files.exists(project.resolve("target")));
    }

    @Test
    void aWarningIsToldAndBuiltAllTheSame() throws IOException {
        replace(
                "src/main/java/my/lab/nearest/Nearest.java",
                "        k = options.k();",
                "        k = new Integer(options.k());");
        var built = build();
        assertEquals(1, built.warnings().size(), built.warnings().toString());
        assertTrue(
                built.warnings().get(0).contains("Nearest.java:"),
                built.warnings().get(0));
    }

    /** An annotation processor on the class path would run. */
    @Test
    void nothingOfTheProjectIsRun() throws IOException {
        Files.createDirectories(project.resolve("src/main/resources/META-INF/services"));
        Files.writeString(
                project.resolve("src/main/resources/META-INF/services/javax.annotation.processing.Processor"),
                "my.lab.nearest.Nearest\n");
        replace(
                "src/main/java/my/lab/nearest/Nearest.java",
                "    private final int k;",
                "    static { System.setProperty(\"my.lab.ran\", \"yes\"); }\n    private final int k;");
        build();
        assertEquals(Optional.empty(), Optional.ofNullable(System.getProperty("my.lab.ran")));
    }

    @ParameterizedTest
    @CsvSource({
        "<plugins>, -plugin.x: my.lab.Runs, has the instruction \"-plugin.x\"",
        "<plugins>, Bundle-Name: ${system;id}, (it has a macro)",
        "<plugins>, Bundle-SymbolicName: other, Take it out: the bundle has the artifact's id",
        "<version>0.1.0</version>\\n  <name>, <version>${revision}</version>\\n  <name>, has \"${revision}\" as the project's <version>",
        "<karuta.contracts>0.2</karuta.contracts>, '', does not say for which contracts",
        "<karuta.contracts>0.2</karuta.contracts>, <karuta.contracts>x</karuta.contracts>, which is no version",
        "<karuta.contracts>0.2</karuta.contracts>, <karuta.contracts>0.10</karuta.contracts>, Use a newer Karuta",
        "</project>, '', cannot be read",
    })
    void aPomThatCannotBeFollowedIsRefusedInWords(String before, String after, String why) throws IOException {
        replace(
                "pom.xml",
                before.replace("\\n", "\n"),
                before.equals("<plugins>") ? bnd(after) : after.replace("\\n", "\n"));
        var message = refused();
        assertTrue(message.contains(why), message);
        assertTrue(message.contains("pom.xml") || message.contains("contracts"), message);
    }

    /** A pom that has instructions of its own. */
    private static String bnd(String instruction) {
        return "<plugins><plugin><artifactId>bnd-maven-plugin</artifactId><configuration><bnd><![CDATA[" + instruction
                + "]]></bnd></configuration></plugin>";
    }

    @Test
    void instructionsForBndAreFollowed() throws IOException {
        replace("pom.xml", "<plugins>", bnd("Bundle-Name: Mine\n-noimportjava: false"));
        try (var jar = new JarFile(build().jar().toFile())) {
            var manifest = jar.getManifest().getMainAttributes();
            assertEquals("Mine", manifest.getValue("Bundle-Name"));
            assertTrue(manifest.getValue("Import-Package").contains("java.lang"));
        }
    }

    @Test
    void whatIsNoProjectIsToldSo() throws IOException {
        project = folder.resolve("nothing");
        assertTrue(refused().contains("There is no " + project.resolve("pom.xml")), refused());
        project = folder.resolve("p");
        Files.delete(project.resolve("src/main/java/my/lab/nearest/Nearest.java"));
        assertTrue(refused().contains("There are no Java files in"), refused());
    }

    @Test
    void aProjectForOlderContractsIsToldWhatHasChangedAndWhere() throws IOException {
        var source = "src/main/java/my/lab/nearest/Nearest.java";
        replace("pom.xml", "<karuta.contracts>0.2<", "<karuta.contracts>0.1<");
        replace(source, "    public List<Selection> select(Calls calls) {", "    public Selection select(Call call) {");
        var message = refused();
        assertTrue(message.startsWith("The project was made for contracts 0.1, and this Karuta has 0.2."), message);
        var line = Files.readAllLines(project.resolve(source)).indexOf("    public Selection select(Call call) {") + 1;
        assertTrue(
                message.contains(project.resolve(source) + ":" + line + ": A selector chooses for a batch"), message);
        assertTrue(message.contains("write <karuta.contracts>0.2</karuta.contracts>"), message);
    }

    @Test
    void theDropInFolderGetsItInThePlaceOfTheOneBefore() throws IOException {
        var dropins = new DropinFolder(folder.resolve("new/dropins"));
        var place = dropins.install(build());
        assertEquals(folder.resolve("new/dropins/my.lab.nearest.jar"), place);
        replace("pom.xml", "<version>0.1.0</version>\n  <name>", "<version>0.2.0</version>\n  <name>");
        assertEquals(place, dropins.install(build()));
        try (var jar = new JarFile(place.toFile())) {
            assertEquals("0.2.0", jar.getManifest().getMainAttributes().getValue("Bundle-Version"));
        }
        Files.move(place, folder.resolve("new/dropins/nearest-old.jar"));
        var refused = assertThrows(KarutaException.class, () -> dropins.install(build()));
        assertTrue(
                refused.getMessage().contains("nearest-old.jar is the bundle my.lab.nearest, too"),
                refused.getMessage());
        assertFalse(Files.exists(place));
    }

    @Test
    void aPlaceThatCannotBeWrittenIsTold() throws IOException {
        Files.writeString(folder.resolve("file"), "mine");
        var jar = Optional.of(folder.resolve("file/nearest.jar"));
        var refused = assertThrows(KarutaException.class, () -> new StrategyBuild(project, Toys.karuta()).build(jar));
        assertTrue(refused.getMessage().contains("The jar cannot be written to"), refused.getMessage());
        var built = build();
        var dropins = new DropinFolder(folder.resolve("file"));
        var locked = assertThrows(KarutaException.class, () -> dropins.install(built));
        assertTrue(locked.getMessage().contains("Set KARUTA_DROPINS"), locked.getMessage());
    }
}
