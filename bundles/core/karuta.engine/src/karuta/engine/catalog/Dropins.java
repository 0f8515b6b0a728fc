package karuta.engine.catalog;

import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.startlevel.BundleStartLevel;
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

    private final BundleContext framework;
    private final List<String> warnings = new ArrayList<>();

    @Activate
    public Dropins(BundleContext context) {
        framework = context.getBundle(0).getBundleContext();
        Optional.ofNullable(context.getProperty(FOLDER))
                .map(Path::of)
                .filter(Files::isDirectory)
                .map(Path::toAbsolutePath)
                .ifPresent(this::synchronise);
        for (var bundle : framework.getBundles()) {
            var old = ContractVersion.complaint(bundle);
            if (old.isPresent()) {
                warnings.add(describe(bundle) + " " + old.get());
                continue; // started, it would fail wherever it meets what has changed
            }
            if (bundle.getHeaders().get("Service-Component") != null) {
                start(bundle);
            }
            if (dropped(bundle)) {
                new ComponentFiles(bundle)
                        .complaint()
                        .ifPresent(complaint -> warnings.add(describe(bundle) + " " + complaint));
                BorrowedMemory.complaint(bundle)
                        .ifPresent(complaint -> warnings.add(describe(bundle) + " " + complaint));
            }
        }
        warnings.forEach(log::info);
    }

    /** What could not be brought in or started, and why: one sentence each. */
    public List<String> warnings() {
        return List.copyOf(warnings);
    }

    private void synchronise(Path folder) {
        removeGone(folder);
        try (Stream<Path> files = Files.list(folder)) {
            files.filter(file -> file.toString().endsWith(".jar")).sorted().forEach(this::install);
        } catch (IOException unreadable) {
            warnings.add("the dropins folder " + folder + " cannot be read: " + unreadable.getMessage());
        }
    }

    private void removeGone(Path folder) {
        Arrays.stream(framework.getBundles())
                .filter(bundle -> bundle.getLocation().startsWith(folder.toUri().toString()))
                .filter(bundle -> !Files.exists(Path.of(URI.create(bundle.getLocation()))))
                .forEach(bundle -> {
                    try {
                        bundle.uninstall();
                    } catch (BundleException refused) {
                        warnings.add("the removed " + file(bundle) + " is still there: " + refused.getMessage());
                    }
                });
    }

    private void install(Path jar) {
        try {
            var bundle = framework.installBundle(jar.toUri().toString());
            if (bundle.getSymbolicName() == null) {
                bundle.uninstall();
                warnings.add("dropins/" + jar.getFileName() + " is no OSGi bundle: its manifest has no"
                        + " Bundle-SymbolicName; build it with bnd or Tycho");
                return;
            }
            if (bundle.getLastModified() < Files.getLastModifiedTime(jar).toMillis()) {
                bundle.update();
            }
            bundle.adapt(BundleStartLevel.class).setStartLevel(1); // so that starting it does not wait for a level
        } catch (BundleException | IOException | RuntimeException | LinkageError broken) {
            warnings.add("dropins/" + jar.getFileName() + " cannot be installed: " + reason(broken));
        }
    }

    private void start(Bundle bundle) {
        try {
            bundle.start(Bundle.START_TRANSIENT);
        } catch (BundleException | RuntimeException | LinkageError refused) {
            warnings.add(describe(bundle) + " cannot be used: " + MissingStrategy.requirement(reason(refused)));
        }
    }

    private static String reason(Throwable failed) {
        var said = Optional.ofNullable(failed.getMessage()).orElseGet(failed::toString);
        var below = Optional.ofNullable(failed.getCause()).map(Throwable::getMessage);
        return said
                + below.filter(more -> !said.contains(more))
                        .map(more -> ": " + more)
                        .orElse("");
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
        return (dropped(bundle) ? "dropins/" : "plugins/")
                + URLDecoder.decode(name.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
