package karuta.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code ./karuta test BUNDLE} in a checkout of four small bundles, with a Maven that only says what it would do. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class ShortLoopTest {

    private static final Path LAUNCHER = Path.of("../../../karuta").toAbsolutePath();

    private static final String MAVEN = """
            #!/bin/sh
            [ "$1" != -v ] || { echo "Apache Maven 3.9.11"; exit; }
            case "$*" in *" -pl "*) ;; *) echo "builds all: ${3}"; exit ;; esac
            while [ "$1" != -pl ]; do shift; done
            for part in $(echo "$2" | tr , ' '); do
                [ -f "$part/target/skip-tests" ] && echo "builds ${part##*/}" || echo "tests ${part##*/}"
                [ ! -e "$part/src/broken" ] || exit 1
                touch "$part/target/made.jar"
            done
            shift 2
            [ $# = 0 ] || echo "with $*"
            """;

    private record End(int code, List<String> out) {}

    @TempDir
    private Path folder;

    @BeforeEach
    void makeCheckout() throws IOException {
        write("pom.xml", "<project/>");
        write(".mvn/maven.config", "");
        write("releng/karuta.target/karuta.target.target", "");
        write("releng/karuta.product/pom.xml", "");
        bundle("core/karuta.api", "ai.djl.api");
        bundle("dev/karuta.kit", "karuta.api, ai.djl.api");
        bundle("methods/karuta.prompt", "karuta.kit, karuta.api");
        bundle("methods/karuta.prompts", "karuta.api");
        bundle("dev/karuta.it", "");
        write("bundles/dev/karuta.it/pom.xml", "<id>karuta.strategies</id>");
        write("features/karuta.strategies/feature.xml", "<plugin id=\"karuta.prompts\" version=\"0.0.0\"/>");
        write("jdk/release", "JAVA_VERSION=\"17.0.1\"\n");
        write("jdk/bin/javac", "").toFile().setExecutable(true);
        write(".karuta/apache-maven-3.9.11/bin/mvn", MAVEN).toFile().setExecutable(true);
        Files.copy(LAUNCHER, folder.resolve("karuta"));
    }

    private void bundle(String path, String needs) throws IOException {
        write("bundles/" + path + "/pde.bnd", "Bundle-SymbolicName: x\n-buildpath: " + needs + "\n");
        write("bundles/" + path + "/src/A.java", "");
    }

    private Path write(String path, String text) throws IOException {
        var file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private End test(String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("test"));
        command.addAll(Arrays.asList(arguments));
        return karuta(command);
    }

    private End karuta(List<String> arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(folder.resolve("karuta").toString()));
        command.addAll(arguments);
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", folder.resolve("jdk").toString());
        var process = builder.start();
        var out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(20, TimeUnit.SECONDS));
        return new End(process.exitValue(), out.lines().toList());
    }

    private static End passed(String... lines) {
        return new End(0, List.of(lines));
    }

    @Test
    void aBundleIsTestedAfterAllThatItNeeds() throws IOException, InterruptedException {
        assertEquals(passed("tests karuta.api", "tests karuta.kit", "tests karuta.prompt"), test("karuta.prompt"));
    }

    @Test
    void severalBundlesShareWhatTheyNeed() throws IOException, InterruptedException {
        var lines = new String[] {"tests karuta.api", "tests karuta.prompts", "tests karuta.kit"};
        assertEquals(passed(lines), test("karuta.prompts", "karuta.kit"));
    }

    @Test
    void whatTheContainerHoldsIsKnownByItsFeatures() throws IOException, InterruptedException {
        var lines =
                new String[] {"tests karuta.api", "tests karuta.prompts", "tests karuta.strategies", "tests karuta.it"};
        assertEquals(passed(lines), test("karuta.it"));
    }

    @Test
    void whatIsNeededIsTestedAgainOnlyWhenItHasChanged() throws IOException, InterruptedException {
        test("karuta.prompt");
        var kept = write("bundles/dev/karuta.kit/target/classes/A.class", "");
        write("bundles/methods/karuta.prompt/src/A.java", "class A {}");
        assertEquals(passed("builds karuta.api", "builds karuta.kit", "tests karuta.prompt"), test("karuta.prompt"));
        assertTrue(Files.exists(kept));
    }

    @ParameterizedTest
    @CsvSource({"bundles/core/karuta.api/src/A.java", "bundles/core/karuta.api/test/fixtures/a", "pom.xml"})
    void whatNeedsAChangedBundleIsBuiltAnewAndTested(String changed) throws IOException, InterruptedException {
        test("karuta.prompt");
        var stale = write("bundles/dev/karuta.kit/target/classes/A.class", "");
        write(changed, "changed");
        test("karuta.api");
        assertEquals(passed("builds karuta.api", "tests karuta.kit", "tests karuta.prompt"), test("karuta.prompt"));
        assertFalse(Files.exists(stale));
    }

    @Test
    void whatComesAfterAFailureIsTestedNextTime() throws IOException, InterruptedException {
        var broken = write("bundles/dev/karuta.kit/src/broken", "");
        assertEquals(new End(1, List.of("tests karuta.api", "tests karuta.kit")), test("karuta.prompt"));
        Files.delete(broken);
        assertEquals(passed("builds karuta.api", "tests karuta.kit", "tests karuta.prompt"), test("karuta.prompt"));
    }

    @Test
    void mavensArgumentsAreForTheNamedBundlesAlone() throws IOException, InterruptedException {
        var lines = new String[] {"builds karuta.api", "builds karuta.kit", "tests karuta.prompt", "with -Dtest=ATest"};
        assertEquals(passed(lines), test("karuta.prompt", "-Dtest=ATest"));
        assertEquals(passed("tests karuta.api", "tests karuta.kit", "tests karuta.prompt"), test("karuta.prompt"));
    }

    @ParameterizedTest
    @CsvSource({
        "karuta.promt, karuta.prompt karuta.prompts",
        "kit, karuta.kit",
        "karuta.strategies, karuta.api karuta.it karuta.kit karuta.prompt karuta.prompts",
        "'', karuta.api karuta.it karuta.kit karuta.prompt karuta.prompts"
    })
    void anUnknownNameIsToldWithThoseLikeIt(String name, String alike) throws IOException, InterruptedException {
        var line = "karuta: There is no bundle with tests named '" + name + "'; is it one of these? " + alike;
        assertEquals(new End(2, List.of(line)), test("karuta.api", name));
    }

    @Test
    void withoutANameAllIsBuiltAnew() throws IOException, InterruptedException {
        test("karuta.api");
        var stale = write("bundles/core/karuta.api/target/classes/A.class", "");
        assertEquals(passed("builds all: verify"), test());
        assertFalse(Files.exists(stale));
    }

    @ParameterizedTest
    @CsvSource({
        "bundles/core/karuta.api/src/A.java, true",
        "bundles/core/karuta.api/test/ATest.java, false",
        "bundles/dev/karuta.doc/a.md, false"
    })
    void onlyWhatTheProductIsMadeOfMakesItStale(String changed, boolean stale)
            throws IOException, InterruptedException {
        test();
        write(changed, "changed");
        var out = karuta(List.of("version")).out();
        assertEquals(stale, out.get(0).startsWith("Building Karuta"), out.get(0));
    }

    @Test
    void theProductIsAsFreshAsBefore() throws IOException, InterruptedException {
        var stamp = write(".karuta/built", "then");
        test("karuta.prompt");
        assertEquals("then", Files.readString(stamp));
    }
}
