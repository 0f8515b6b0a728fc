package karuta.engine.catalog;

import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;

/**
 * The bundles that take part in a run, Karuta's own and those that were dropped in, and who takes packages from whom. Nothing
 * outside OSGi.
 *
 * @param bundles version, SHA-256 and, of one that was dropped in, its file, by symbolic name
 * @param wires symbolic names of the bundles that a bundle takes packages from, by its own
 */
public record Wiring(Map<String, String> bundles, Map<String, String> wires) {

    /** Of bundles with some names, of the engine, and of all that they are wired to. */
    public static Wiring of(Collection<String> names) {
        var found = new Wiring(new TreeMap<>(), new TreeMap<>());
        Optional.ofNullable(FrameworkUtil.getBundle(Wiring.class)).ifPresent(engine -> {
            found.add(engine);
            Optional.ofNullable(engine.getBundleContext()).map(BundleContext::getBundles).stream()
                    .flatMap(Arrays::stream)
                    .filter(bundle -> names.contains(bundle.getSymbolicName()))
                    .forEach(found::add);
        });
        return found;
    }

    private void add(Bundle bundle) {
        var name = bundle.getSymbolicName();
        if (bundles.putIfAbsent(name, describe(bundle)) == null) {
            var providers = new TreeSet<String>();
            providers(bundle).forEach(provider -> {
                providers.add(provider.getSymbolicName());
                add(provider);
            });
            wires.put(name, String.join(", ", providers));
        }
    }

    private static Stream<Bundle> providers(Bundle bundle) {
        return BundleHash.providers(bundle).filter(provider -> !provider.equals(bundle));
    }

    private static String describe(Bundle bundle) {
        return bundle.getVersion() + " " + BundleHash.of(bundle)
                + (Dropins.dropped(bundle) ? " " + Dropins.file(bundle) : "");
    }
}
