package karuta.engine.catalog;

import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import karuta.diagnosis.Fault;
import karuta.diagnosis.Finding;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings in the jars of the folder that the property {@value #FOLDER} names, and starts every bundle that has
 * components. Whoever refers to this service finds all strategies in place.
 */
@Component(service = Dropins.class, immediate = true)
public final class Dropins {

    /** The property that names the folder. */
    public static final String FOLDER = "karuta.dropins";

    private static final Logger log = LoggerFactory.getLogger(Dropins.class);

    /** Bundles of the product are referred to where they lie ({@code reference:file:}). */
    private static final String DROPPED = "file:";

    /** As people call the folder. */
    static final String NAME = "dropins/";

    private final BundleContext framework;
    private final List<Finding> findings = new ArrayList<>();

    @Activate
    public Dropins(BundleContext context) {
        framework = context.getBundle(0).getBundleContext();
        Arrays.stream(framework.getBundles())
                .filter(bundle -> !dropped(bundle) && bundle.getHeaders().get("Service-Component") != null)
                .forEach(this::start);
        Optional.ofNullable(context.getProperty(FOLDER))
                .map(Path::of)
                .filter(Files::isDirectory)
                .map(Path::toAbsolutePath)
                .ifPresent(this::synchronise);
        findings.forEach(found -> log.info("{}", found));
    }

    /** What cannot be brought in or used, and why. */
    public List<Finding> findings() {
        return List.copyOf(findings);
    }

    private void synchronise(Path folder) {
        removeGone(folder);
        var jars = new LinkedHashMap<String, Path>();
        try (Stream<Path> files = Files.list(folder)) {
            files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .forEach(jar -> jars.put(NAME + jar.getFileName(), jar));
        } catch (IOException unreadable) {
            findings.add(new Finding(
                    Fault.NO_FILE,
                    "the dropins folder " + folder,
                    "cannot be read: " + unreadable.getMessage(),
                    "check who owns it"));
        }
        var admission = new Admission(framework, false);
        admission.admit(jars);
        findings.addAll(admission.findings());
    }

    private void removeGone(Path folder) {
        Arrays.stream(framework.getBundles())
                .filter(bundle -> bundle.getLocation().startsWith(folder.toUri().toString()))
                .filter(bundle -> !Files.exists(Path.of(URI.create(bundle.getLocation()))))
                .forEach(bundle -> {
                    try {
                        bundle.uninstall();
                    } catch (BundleException refused) {
                        findings.add(new Finding(
                                Fault.NO_FILE,
                                file(bundle),
                                "is removed, and its bundle is still there: " + refused.getMessage(),
                                "start Karuta again"));
                    }
                });
    }

    private void start(Bundle bundle) {
        try {
            bundle.start(Bundle.START_TRANSIENT);
        } catch (BundleException | RuntimeException | LinkageError refused) {
            findings.add(Admission.requirement(framework, describe(bundle), String.valueOf(refused.getMessage())));
        }
    }

    /** Whether a bundle came out of the folder. */
    static boolean dropped(Bundle bundle) {
        return bundle.getLocation().startsWith(DROPPED);
    }

    /** Bundle, version and file, for messages. */
    static String describe(Bundle bundle) {
        return file(bundle) + " (bundle " + bundle.getSymbolicName() + " " + bundle.getVersion() + ")";
    }

    /** Where a bundle lies, in words: {@code dropins/mine.jar}. */
    static String file(Bundle bundle) {
        var location = bundle.getLocation();
        var name = location.substring(location.lastIndexOf('/') + 1);
        return (dropped(bundle) ? NAME : "plugins/")
                + URLDecoder.decode(name.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
