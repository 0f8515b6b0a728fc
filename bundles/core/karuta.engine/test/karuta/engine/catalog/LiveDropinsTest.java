package karuta.engine.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
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

class LiveDropinsTest {

    private static final String COMPONENT = """
        <scr:component xmlns:scr="http://www.osgi.org/xmlns/scr/v1.4.0" name="%s" factory="karuta.selector">
          <implementation class="good.Good"/>
        </scr:component>
        """;

    @TempDir
    private Path folder;

    private Path dropins;
    private Framework framework;
    private LiveDropins live;

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
        jar("before.jar", "before", "old");
        var context = framework.getBundleContext();
        live = new LiveDropins(context, new Dropins(context), new Bundles());
    }

    @AfterEach
    void close() throws BundleException, InterruptedException {
        framework.stop();
        framework.waitForStop(10_000);
    }

    /** Strategies as far as they are looked at here: one of each bundle. */
    private final class Bundles implements Strategies {

        @Override
        public List<StrategyType> types() {
            return Arrays.stream(framework.getBundleContext().getBundles())
                    .filter(Dropins::dropped)
                    .map(bundle -> new StrategyType(
                            Kind.SELECTOR,
                            bundle.getSymbolicName(),
                            new Source(bundle.getSymbolicName(), "1", Dropins.file(bundle), content(bundle), ""),
                            Optional.empty(),
                            "",
                            List.of(),
                            RuleFacts.of(Map.of()),
                            Abilities.of(Map.of())))
                    .toList();
        }

        @Override
        public Missing missing(Kind kind, String id) {
            return new Missing("there is no " + id, "");
        }

        @Override
        public Instance create(StrategyType type, Map<String, Object> options) {
            throw new UnsupportedOperationException();
        }
    }

    private static String content(Bundle bundle) {
        try (var in = bundle.getEntry("content.txt").openStream()) {
            return new String(in.readAllBytes());
        } catch (IOException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    private void jar(String file, String name, String content) throws IOException {
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Bundle-ManifestVersion", "2");
        manifest.getMainAttributes().putValue("Bundle-SymbolicName", name);
        manifest.getMainAttributes().putValue("Bundle-Version", "1.0.0");
        manifest.getMainAttributes().putValue("Import-Package", "java.lang");
        manifest.getMainAttributes().putValue("Service-Component", "OSGI-INF/it.xml");
        var draft = folder.resolve(file);
        try (var jar = new JarOutputStream(Files.newOutputStream(draft), manifest)) {
            for (var entry : Map.of(
                            "content.txt", content.getBytes(),
                            "OSGI-INF/it.xml", COMPONENT.formatted(name).getBytes(),
                            "good/Good.class", DropinsTest.good())
                    .entrySet()) {
                jar.putNextEntry(new JarEntry(entry.getKey()));
                jar.write(entry.getValue());
            }
        }
        Files.move(draft, dropins.resolve(file), StandardCopyOption.REPLACE_EXISTING);
    }

    private Optional<String> twoLooks() {
        live.look();
        return live.look();
    }

    private String counting(String name) {
        return live.strategies()
                .find(Kind.SELECTOR, name)
                .map(type -> type.source().hash())
                .orElse("none");
    }

    private long bundles() {
        return Arrays.stream(framework.getBundleContext().getBundles())
                .filter(Dropins::dropped)
                .count();
    }

    @Test
    void aJarThatIsReplacedCountsBesideTheOldOneWhichGoesWhenNobodyUsesIt() throws IOException {
        assertEquals("old", counting("before"));
        jar("before.jar", "before", "new one");
        assertEquals(Optional.empty(), twoLooks());
        assertEquals("new one", counting("before"));
        assertEquals(2, bundles());
        live.sweep();
        assertEquals(1, bundles());
        assertEquals("new one", counting("before"));

        jar("before.jar", "before", "old");
        assertEquals(Optional.empty(), twoLooks());
        assertEquals("old", counting("before"));
        jar("before.jar", "before", "third version");
        twoLooks();
        assertEquals("third version", counting("before"));
        assertEquals(3, bundles());
        live.sweep();
        assertEquals(1, bundles());
    }

    @Test
    void aJarThatIsDroppedInOrTakenAwayCounts() throws IOException {
        jar("more.jar", "more", "more");
        live.look();
        assertEquals("none", counting("more")); // it may still be written
        live.look();
        assertEquals("more", counting("more"));
        Files.delete(dropins.resolve("more.jar"));
        assertEquals(Optional.empty(), live.look());
        assertEquals("none", counting("more"));
        assertTrue(live.strategies().missing(Kind.SELECTOR, "more").what().contains("dropins/more.jar was taken away"));
        live.sweep();
        assertEquals(1, bundles());
        jar("more.jar", "more", "again");
        twoLooks();
        assertEquals("again", counting("more"));
    }

    @Test
    void aBadJarIsRefusedInWordsAndWhatItShouldReplaceStays() throws IOException {
        Files.writeString(dropins.resolve("before.jar"), "no archive at all");
        var words = twoLooks().orElse("");
        assertTrue(words.contains("dropins/before.jar is no archive, or a damaged one"), words);
        assertEquals("old", counting("before"));
        assertEquals(words, live.look().orElse("")); // it is still so
        live.sweep();
        assertEquals("old", counting("before"));

        jar("before.jar", "before", "mended");
        assertEquals(Optional.empty(), twoLooks());
        assertEquals("mended", counting("before"));
    }

    @Test
    void theSameBundleInAnotherFileIsRefused() throws IOException {
        jar("copy.jar", "before", "copy");
        var words = twoLooks().orElse("");
        assertTrue(words.contains("dropins/copy.jar (bundle before 1.0.0) is there twice"), words);
        assertEquals("old", counting("before"));
        assertEquals(1, bundles());
    }

    @Test
    void nothingHappensWhereNothingHasChanged() {
        var before = Set.of(framework.getBundleContext().getBundles());
        assertEquals(Optional.empty(), twoLooks());
        assertEquals(before, Set.of(framework.getBundleContext().getBundles()));
    }
}
