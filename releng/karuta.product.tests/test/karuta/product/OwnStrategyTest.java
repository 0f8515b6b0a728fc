package karuta.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Strategies are built outside of the Karuta tree, with what the build makes for them, and dropped into the product. */
class OwnStrategyTest {

    private static final Path P2 = Path.of("..", "karuta.product", "target", "repository")
            .toAbsolutePath()
            .normalize();

    private static final String STRATEGY = """
            package my.lab.nearest;

            import java.util.List;
            import karuta.api.Calls;
            import karuta.api.Selection;
            import karuta.api.Selector;
            import karuta.tensor.CardSimilarity;
            import org.osgi.service.component.annotations.Component;

            /** Chooses the cards whose text is nearest. */
            @Component(name = "nearest", factory = Selector.KIND)
            public final class Nearest implements Selector {

                @Override
                public List<Selection> select(Calls calls) {
                    return calls.top(3, CardSimilarity.text(calls));
                }
            }
            """;

    private static final String TEST = """
            package my.lab.nearest;

            import java.util.Set;
            import karuta.api.Guidance;
            import karuta.kit.SelectorContract;
            import org.junit.jupiter.api.Test;

            class NearestTest {

                @Test
                void whatASampleChoosesDoesNotDependOnItsCompany() {
                    SelectorContract.holdsForManySizes(new Nearest(), Set.of(Guidance.TEXT));
                }
            }
            """;

    /** Where Maven keeps what it took; one for all, as the natives are large. */
    @TempDir
    private static Path local = Path.of("");

    @TempDir
    private Path folder = Path.of("");

    private void write(String file, String text) throws IOException {
        var path = folder.resolve("project").resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    private Path project() {
        return folder.resolve("project");
    }

    /** A project that knows no repositories but Karuta's and, for Maven's own plugins, that of this build. */
    private void mavenProject(Path repository, String version, String bundle) throws IOException {
        var nothing = Files.createDirectories(folder.resolve("nothing")).toUri();
        write("settings.xml", """
                <settings>
                  <profiles>
                    <profile>
                      <id>nothing</id>
                      <repositories><repository><id>central</id><url>%s</url></repository></repositories>
                      <pluginRepositories><pluginRepository><id>central</id><url>%s</url></pluginRepository></pluginRepositories>
                    </profile>
                  </profiles>
                  <activeProfiles><activeProfile>nothing</activeProfile></activeProfiles>
                </settings>
                """.formatted(nothing, nothing));
        write(".mvn/maven.config", "--settings\nsettings.xml\n-Daether.offline.protocols=file\n");
        write("pom.xml", """
                <project xmlns="http://maven.apache.org/POM/4.0.0">
                  <modelVersion>4.0.0</modelVersion>
                  <parent>
                    <groupId>karuta</groupId>
                    <artifactId>karuta.strategy</artifactId>
                    <version>%s</version>
                    <relativePath/>
                  </parent>
                  <groupId>my.lab</groupId>
                  <artifactId>%s</artifactId>
                  <version>1.0.0</version>
                  <repositories>
                    <repository>
                      <id>karuta</id>
                      <url>%s</url>
                      <snapshots><updatePolicy>always</updatePolicy></snapshots>
                    </repository>
                  </repositories>
                  <pluginRepositories>
                    <pluginRepository><id>karuta</id><url>%s</url></pluginRepository>
                    <pluginRepository><id>build</id><url>%s</url></pluginRepository>
                  </pluginRepositories>
                </project>
                """.formatted(
                        version,
                        bundle,
                        repository.toUri(),
                        repository.toUri(),
                        Maven.ofThisBuild().local().toUri()));
    }

    /** All but Maven's own plugins, which are this build's, comes from the product. */
    @ParameterizedTest
    @MethodSource("karuta.product.Maven#programs")
    void mavenNeedsNothingButTheRepositoryInTheProduct(Path program) throws Exception {
        var product = Product.in(folder);
        write("src/main/java/my/lab/nearest/Nearest.java", STRATEGY);
        write("src/test/java/my/lab/nearest/NearestTest.java", TEST);
        var repository = product.home().resolve("repository").toRealPath();
        mavenProject(repository, version(repository), "my.lab.nearest");
        var built = new Maven(program, local).run(project(), "package");
        assertEquals(0, built.code(), built.out());
        assertTrue(built.out().contains("Tests run: 1, Failures: 0, Errors: 0, Skipped: 0"), built.out());
        assertEquals(Set.of("karuta"), origins("biz/aQute"));
        assertEquals(Set.of("karuta"), origins("ai/djl"));
        isListed(product, project().resolve("target/my.lab.nearest.jar"));
    }

    /** With its own test, which has the properties of its kind. */
    @ParameterizedTest
    @MethodSource("karuta.product.Maven#programs")
    void mavenBuildsAndTestsAnExample(Path program) throws Exception {
        assumeTrue(Files.isExecutable(program), "there is no Maven at " + program);
        var example = Examples.all().stream()
                .filter(each -> each.name().equals("several"))
                .findFirst()
                .orElseThrow();
        var product = Product.in(folder);
        var repository = product.home().resolve("repository").toRealPath();
        mavenProject(repository, version(repository), example.bundle());
        example.copyTo(project());
        var built = new Maven(program, local).run(project(), "package");
        assertEquals(0, built.code(), built.out());
        var tests = Pattern.compile("Tests run: (\\d+), Failures: 0, Errors: 0, Skipped: \\d+ *\\R")
                .matcher(built.out());
        assertTrue(tests.find() && Integer.parseInt(tests.group(1)) > 15, built.out());
        isListed(product, project().resolve("target/" + example.bundle() + ".jar"), example.kind(), example.bundle());
    }

    /** A release would stay in Maven's own repository as it once was, whatever is built after it. */
    @Test
    void mavenSeesThatKarutaWasBuiltAnew() throws Exception {
        var built = Product.in(folder).home().resolve("repository").toRealPath();
        var version = version(built);
        var copy = folder.resolve("copy");
        var place =
                Files.createDirectories(copy.resolve("karuta/karuta.strategy").resolve(version));
        try (var files = Files.list(built.resolve("karuta/karuta.strategy").resolve(version))) {
            for (var file : files.toList()) {
                Files.copy(file, place.resolve(file.getFileName()));
            }
        }
        mavenProject(copy, version, "my.lab.nearest");
        var first = new Maven(Maven.ofThisBuild().program(), folder.resolve("local")).run(project(), "validate");
        assertEquals(0, first.code(), first.out());

        var metadata = place.resolve("maven-metadata.xml");
        var text = Files.readString(metadata);
        var year = Pattern.compile("<lastUpdated>(\\d{4})").matcher(text);
        assertTrue(year.find(), text);
        Files.writeString(metadata, text.replace(year.group(1), "9999"));
        Files.delete(place.resolve("maven-metadata.xml.sha1"));
        var timestamp = Pattern.compile("<value>(.*)</value>").matcher(Files.readString(metadata));
        assertTrue(timestamp.find(), text);
        Files.writeString(place.resolve("karuta.strategy-" + timestamp.group(1) + ".pom"), "no pom");
        var second = new Maven(Maven.ofThisBuild().program(), folder.resolve("local")).run(project(), "validate");
        assertEquals(1, second.code(), second.out());
        assertTrue(second.out().contains("Non-parseable POM"), second.out());
    }

    /** A folder per version; there is one. */
    private static String version(Path repository) throws IOException {
        try (var versions = Files.list(repository.resolve("karuta/karuta.strategy"))) {
            return versions.findFirst().orElseThrow().getFileName().toString();
        }
    }

    /** From which repositories Maven took what lies below a folder. */
    private static Set<String> origins(String below) throws IOException {
        var origins = new TreeSet<String>();
        try (var files = Files.walk(local.resolve(below))) {
            for (var file :
                    files.filter(each -> each.endsWith("_remote.repositories")).toList()) {
                Pattern.compile(">(.*)=")
                        .matcher(Files.readString(file))
                        .results()
                        .forEach(found -> origins.add(found.group(1)));
            }
        }
        return origins;
    }

    /** The target file is the one that {@code eclipse.md} gives to Eclipse. */
    @Test
    void tychoNeedsNothingButTheP2Repository() throws Exception {
        write("my.lab.nearest/src/my/lab/nearest/Nearest.java", STRATEGY);
        write("my.lab.nearest/pde.bnd", """
                Bundle-Name: Nearest
                Bundle-SymbolicName: my.lab.nearest
                Bundle-Version: 1.0.0.qualifier
                -buildpath: karuta.api, karuta.tensor, ai.djl.api, org.jspecify.jspecify, org.osgi.service.component.annotations
                """);
        write("my.lab.target", """
                <?xml version="1.0" encoding="UTF-8"?>
                <?pde version="3.8"?>
                <target name="my.lab">
                  <locations>
                    <location type="InstallableUnit" includeMode="planner" includeAllPlatforms="false" includeSource="true">
                      <repository location="%s"/>
                      <unit id="karuta.sdk.feature.group" version="0.0.0"/>
                    </location>
                  </locations>
                </target>
                """.formatted(P2.toUri()));
        var tycho = "<groupId>org.eclipse.tycho</groupId><version>" + System.getProperty("karuta.tycho") + "</version>";
        write(
                ".mvn/extensions.xml",
                "<extensions><extension>" + tycho + "<artifactId>tycho-build</artifactId></extension></extensions>");
        write("pom.xml", """
                <project xmlns="http://maven.apache.org/POM/4.0.0">
                  <modelVersion>4.0.0</modelVersion>
                  <groupId>my.lab</groupId>
                  <artifactId>my.lab</artifactId>
                  <version>1.0.0-SNAPSHOT</version>
                  <packaging>pom</packaging>
                  <modules><module>my.lab.nearest</module></modules>
                  <build>
                    <sourceDirectory>src</sourceDirectory>
                    <plugins>
                      <plugin>%s<artifactId>tycho-maven-plugin</artifactId><extensions>true</extensions></plugin>
                      <plugin>
                        %s<artifactId>target-platform-configuration</artifactId>
                        <configuration>
                          <target><file>${maven.multiModuleProjectDirectory}/my.lab.target</file></target>
                          <executionEnvironment>JavaSE-17</executionEnvironment>
                        </configuration>
                      </plugin>
                    </plugins>
                  </build>
                </project>
                """.formatted(tycho, tycho));
        var built = Maven.ofThisBuild().run(project(), "verify");
        assertEquals(0, built.code(), built.out());
        isListed(Product.in(folder), project().resolve("my.lab.nearest/target/my.lab.nearest-1.0.0-SNAPSHOT.jar"));
    }

    @Test
    void theSdkHasTheSourcesOfWhatStrategiesAreWrittenWith() throws IOException {
        for (var name :
                new String[] {"karuta.api", "karuta.check", "karuta.tensor", "karuta.kit", "karuta.rehearsal"}) {
            try (var bundles = Files.newDirectoryStream(P2.resolve("plugins"), name + ".source_*.jar")) {
                try (var jar = new JarFile(bundles.iterator().next().toFile())) {
                    var of = jar.getManifest().getMainAttributes().getValue("Eclipse-SourceBundle");
                    assertTrue(of.startsWith(name + ";"), of);
                    assertTrue(jar.stream().anyMatch(entry -> entry.getName().endsWith(".java")));
                }
            }
        }
    }

    private static void isListed(Product product, Path jar) throws IOException {
        isListed(product, jar, "selector", "my.lab.nearest");
    }

    private static void isListed(Product product, Path jar, String kind, String bundle) throws IOException {
        var dropins = Files.createDirectories(product.home().resolve("dropins"));
        Files.copy(jar, dropins.resolve(bundle + ".jar"));
        var listed = product.start(Map.of(), "strategies").end();
        assertEquals(0, listed.code(), listed.err());
        var line = kind + " +" + bundle.substring(bundle.lastIndexOf('.') + 1) + " +" + Pattern.quote(bundle)
                + " +1\\.0\\.0";
        assertTrue(Pattern.compile(line).matcher(listed.out()).find(), listed.out());
    }
}
