package karuta.product;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/**
 * A selector in a jar of its own, {@code my.lab.ID}, which compares texts.
 *
 * @param id of the strategy
 * @param code that its class begins with
 * @param cards that it takes
 */
record OwnSelector(String id, String code, int cards) {

    /**
     * Builds the jar, and puts it in its place whole.
     *
     * @param product against which it is compiled
     * @return {@code ID.jar}
     */
    Path jar(Product product, Path into) throws IOException {
        var work = Files.createTempDirectory(product.cache(), "classes");
        var source = Files.writeString(work.resolve("Own.java"), """
            package my.lab;
            public final class Own implements karuta.api.Selector {
                %s
                @Override
                public java.util.List<karuta.api.Selection> select(karuta.api.Calls calls) {
                    return calls.top(%d, karuta.tensor.CardSimilarity.text(calls));
                }
            }
            """.formatted(code, cards));
        assertEquals(
                0,
                ToolProvider.getSystemJavaCompiler()
                        .run(
                                null,
                                null,
                                null,
                                "--release",
                                "17",
                                "-proc:none",
                                "-nowarn",
                                "-g",
                                "-cp",
                                plugins(product),
                                "-d",
                                work.toString(),
                                source.toString()));
        var manifest = new Manifest();
        var headers = manifest.getMainAttributes();
        headers.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        headers.putValue("Bundle-ManifestVersion", "2");
        headers.putValue("Bundle-SymbolicName", "my.lab." + id);
        headers.putValue("Bundle-Version", "1.0.0");
        headers.putValue("Service-Component", "OSGI-INF/own.xml");
        headers.putValue("Import-Package", "karuta.api;version=\"[0.2,1)\",karuta.tensor,ai.djl.ndarray");
        var draft = work.resolve("draft");
        try (var jar = new JarOutputStream(Files.newOutputStream(draft), manifest)) {
            jar.putNextEntry(new JarEntry("OSGI-INF/own.xml"));
            jar.write("""
                <scr:component xmlns:scr="http://www.osgi.org/xmlns/scr/v1.4.0" name="%s" factory="karuta.selector">
                  <service><provide interface="karuta.api.Selector"/></service>
                  <implementation class="my.lab.Own"/>
                </scr:component>
                """.formatted(id).getBytes(StandardCharsets.UTF_8));
            jar.putNextEntry(new JarEntry("my/lab/Own.class"));
            jar.write(Files.readAllBytes(work.resolve("my/lab/Own.class")));
        }
        return Files.move(draft, into.resolve(id + ".jar"), StandardCopyOption.REPLACE_EXISTING);
    }

    private static String plugins(Product product) throws IOException {
        try (Stream<Path> all = Files.list(product.home().resolve("plugins"))) {
            return all.map(Path::toString).collect(Collectors.joining(File.pathSeparator));
        }
    }
}
