package karuta.it;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/**
 * A bundle with a selector, as somebody would drop it in.
 *
 * @param bundle its symbolic name
 * @param version of it
 * @param imports packages
 */
record ComponentJar(String bundle, String version, String imports) {

    private static final String COMPONENT = "OSGI-INF/it.xml";

    /**
     * Writes it.
     *
     * @param id of the selector
     * @param implementation name of its class
     * @param classes that are in the jar
     * @param texts further files
     */
    void write(Path file, String id, String implementation, List<Class<?>> classes, Map<String, String> texts)
            throws IOException {
        try (var jar = new JarOutputStream(Files.newOutputStream(file), manifest())) {
            put(jar, COMPONENT, """
                <scr:component xmlns:scr="http://www.osgi.org/xmlns/scr/v1.4.0" name="%s" factory="karuta.selector">
                  <implementation class="%s"/>
                  <service><provide interface="karuta.api.Selector"/></service>
                </scr:component>
                """.formatted(id, implementation).getBytes(StandardCharsets.UTF_8));
            for (var text : texts.entrySet()) {
                put(jar, text.getKey(), text.getValue().getBytes(StandardCharsets.UTF_8));
            }
            for (var each : classes) {
                var path = each.getName().replace('.', '/') + ".class";
                try (var in = each.getResourceAsStream("/" + path)) {
                    put(jar, path, in.readAllBytes());
                }
            }
        }
    }

    private Manifest manifest() {
        var manifest = new Manifest();
        var headers = manifest.getMainAttributes();
        headers.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        headers.putValue("Bundle-ManifestVersion", "2");
        headers.putValue("Bundle-SymbolicName", bundle);
        headers.putValue("Bundle-Version", version);
        headers.putValue("Service-Component", COMPONENT);
        headers.putValue("Import-Package", imports);
        return manifest;
    }

    private static void put(JarOutputStream jar, String name, byte[] content) throws IOException {
        jar.putNextEntry(new JarEntry(name));
        jar.write(content);
    }
}
