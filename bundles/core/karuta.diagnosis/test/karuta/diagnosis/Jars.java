package karuta.diagnosis;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import javax.tools.ToolProvider;
import karuta.api.Selector;
import org.jspecify.annotations.NullMarked;

/** Makes jars as people do, right and wrong ones: a fault is planted by changing one thing of a good one. */
final class Jars {

    /** What a good jar holds; its build has written the description. */
    static final String COMPONENT = """
        <scr:component xmlns:scr="http://www.osgi.org/xmlns/scr/v1.4.0" name="nearest" factory="karuta.selector">
          <service><provide interface="karuta.api.Selector"/></service>
          <implementation class="my.lab.Nearest"/>
        </scr:component>
        """;

    static final String NEAREST = """
        package my.lab;
        public class Nearest implements karuta.api.Selector {
            @Override
            public java.util.List<karuta.api.Selection> select(karuta.api.Calls calls) {
                return java.util.List.of();
            }
        }
        """;

    /** As bnd sees it and the jar does not hold it. */
    private static final String ANNOTATION = """
        package org.osgi.service.component.annotations;
        public @interface Component { String name(); String factory() default ""; }
        """;

    private final Path folder;
    private final Map<String, byte[]> entries = new LinkedHashMap<>();
    private final Map<String, String> headers = new LinkedHashMap<>();
    private boolean hasManifest = true;

    private Jars(Path folder) {
        this.folder = folder;
    }

    /** A jar with nothing wrong. */
    static Jars good(Path folder) {
        return new Jars(folder)
                .with("Bundle-ManifestVersion", "2")
                .with("Bundle-SymbolicName", "my.lab.nearest")
                .with("Bundle-Version", "1.0.0")
                .with("Import-Package", "java.util,karuta.api;version=\"[0.2,1)\"")
                .with("Service-Component", "OSGI-INF/nearest.xml")
                .entry("OSGI-INF/nearest.xml", COMPONENT)
                .source("Nearest", NEAREST);
    }

    Jars with(String header, String value) {
        headers.put(header, value);
        return this;
    }

    Jars without(String name) {
        headers.remove(name);
        entries.keySet().removeIf(entry -> entry.equals(name) || entry.startsWith("my/lab/" + name));
        return this;
    }

    Jars withoutManifest() {
        hasManifest = false;
        return this;
    }

    Jars entry(String path, String text) {
        return entry(path, text.getBytes(StandardCharsets.UTF_8));
    }

    Jars entry(String path, byte[] bytes) {
        entries.put(path, bytes);
        return this;
    }

    /** Compiles a class of the package my.lab into the jar. */
    Jars source(String name, String text) {
        try {
            var work = Files.createTempDirectory(folder, "classes");
            var arguments =
                    new ArrayList<>(List.of("-proc:none", "-nowarn", "--release", "17", "-g", "-d", work.toString()));
            arguments.addAll(List.of("-cp", whereIs(Selector.class) + File.pathSeparator + whereIs(NullMarked.class)));
            for (var source : List.of(text, ANNOTATION)) {
                var file = Files.createDirectory(work.resolve(source == text ? "a" : "b"))
                        .resolve((source == text ? name : "Component") + ".java");
                arguments.add(Files.writeString(file, source).toString());
            }
            var code = ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new));
            assertTrue(code == 0, text);
            try (var files = Files.list(work.resolve("my/lab"))) {
                for (var file : files.toList()) {
                    entry("my/lab/" + file.getFileName(), Files.readAllBytes(file));
                }
            }
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whoever starts the tests may have class loaders of its own. */
    private static Path whereIs(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The bytes of a file of the jar, to be spoiled. */
    byte[] bytes(String path) {
        return entries.get(path);
    }

    /** Writes it. */
    Path jar() throws IOException {
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        headers.forEach((name, value) -> manifest.getMainAttributes().putValue(name, value));
        var file = folder.resolve("nearest.jar");
        try (var out = Files.newOutputStream(file);
                var jar = hasManifest ? new JarOutputStream(out, manifest) : new JarOutputStream(out)) {
            for (var entry : entries.entrySet()) {
                jar.putNextEntry(new ZipEntry(entry.getKey()));
                jar.write(entry.getValue());
            }
        }
        return file;
    }
}
