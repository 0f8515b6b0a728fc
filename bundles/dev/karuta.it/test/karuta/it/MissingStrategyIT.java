package karuta.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import karuta.api.KarutaException;
import karuta.engine.catalog.Kind;
import karuta.engine.catalog.Strategies;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.test.common.annotation.InjectBundleContext;
import org.osgi.test.common.annotation.InjectService;
import org.osgi.test.junit5.context.BundleContextExtension;
import org.osgi.test.junit5.service.ServiceExtension;

/** A strategy that is not there, or cannot be made, is explained. */
@ExtendWith({ServiceExtension.class, BundleContextExtension.class})
class MissingStrategyIT {

    private static final String COMPONENT = """
        <scr:component xmlns:scr="http://www.osgi.org/xmlns/scr/v1.4.0" name="lost" factory="karuta.selector">
          <implementation class="lost.Lost"/>
          <service><provide interface="karuta.api.Selector"/></service>
          %s
        </scr:component>
        """;

    @InjectService
    Strategies strategies;

    @InjectBundleContext
    BundleContext context;

    private static byte[] bundle(String imports, String reference) throws IOException {
        var manifest = new Manifest();
        var headers = manifest.getMainAttributes();
        headers.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        headers.putValue("Bundle-ManifestVersion", "2");
        headers.putValue("Bundle-SymbolicName", "lost.bundle");
        headers.putValue("Service-Component", "OSGI-INF/lost.xml");
        headers.putValue("Import-Package", imports);
        var bytes = new ByteArrayOutputStream();
        try (var jar = new JarOutputStream(bytes, manifest)) {
            jar.putNextEntry(new JarEntry("OSGI-INF/lost.xml"));
            jar.write(COMPONENT.formatted(reference).getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    private String missing(String imports, String reference) throws IOException, BundleException {
        var bundle = context.installBundle("test:lost", new ByteArrayInputStream(bundle(imports, reference)));
        try {
            if (!reference.isEmpty()) {
                bundle.start();
            }
            return strategies.missing(Kind.SELECTOR, "lost").what();
        } finally {
            bundle.uninstall();
        }
    }

    @Test
    void theNearestOneIsNamed() {
        assertEquals(
                "there is no selector \"duel\" (did you mean \"dual\"?)",
                strategies.missing(Kind.SELECTOR, "duel").what());
    }

    @Test
    void aPackageThatItsBundleLacksIsNamed() throws IOException, BundleException {
        assertEquals(
                "selector \"lost\" is in plugins/test:lost (bundle lost.bundle 0.0.0), which cannot be used: nobody has the"
                        + " package no.such.thing that it imports",
                missing("no.such.thing", ""));
    }

    @Test
    void aServiceThatItWaitsForIsNamed() throws IOException, BundleException {
        assertEquals(
                "selector \"lost\" of the bundle lost.bundle waits for services that nobody provides:"
                        + " no.such.Service",
                missing("karuta.api", "<reference name=\"s\" interface=\"no.such.Service\" bind=\"b\"/>"));
    }

    @Test
    void whatAConstructorSaysReachesTheUser() {
        var type = strategies.find(Kind.BACKBONE, "llava").orElseThrow();
        var options = Map.<String, Object>of("path", "no/such/folder");

        var failure = assertThrows(KarutaException.class, () -> strategies.create(type, options));
        assertTrue(failure.getMessage().contains("no/such/folder"), failure.getMessage());
    }
}
