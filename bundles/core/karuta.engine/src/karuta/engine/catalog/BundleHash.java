package karuta.engine.catalog;

import java.io.IOException;
import java.net.URL;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import karuta.api.KarutaException;
import karuta.engine.features.Hash;
import karuta.files.Sha256;
import org.osgi.framework.Bundle;
import org.osgi.framework.wiring.BundleWiring;

/**
 * Names what bundles hold: the SHA-256 of the names and bytes of all their files, and of the fragments attached to them.
 * The manifest, Maven's files and the sources are left out, since every build writes another time into the first, and
 * the last change nothing: the same sources give the same hash, whenever they are built.
 */
public final class BundleHash {

    /** Karuta's own bundles; of the libraries that come with it the record has the versions. */
    private static final String OWN = "karuta.";

    private static final List<String> LEFT_OUT = List.of("META-INF/MANIFEST.MF", "META-INF/maven/", "OSGI-OPT/");

    private record State(long id, long modified) {}

    private static final Map<State, String> known = new ConcurrentHashMap<>();

    private BundleHash() {}

    /** Of one bundle. */
    public static String of(Bundle bundle) {
        return known.computeIfAbsent(
                new State(bundle.getBundleId(), bundle.getLastModified()), state -> compute(bundle));
    }

    /** Of the bundles that a bundle is wired to, directly and indirectly, and that are Karuta's own or were dropped in. */
    public static String ofGround(Bundle bundle) {
        var ground = new HashSet<Bundle>();
        collect(bundle, ground);
        ground.remove(bundle);
        return Hash.of(ground.stream()
                        .flatMap(each -> Stream.of(each.getSymbolicName() + " " + of(each)))
                        .sorted()
                        .toArray(String[]::new))
                .hex();
    }

    private static void collect(Bundle bundle, Set<Bundle> into) {
        if (into.add(bundle)) {
            providers(bundle).forEach(provider -> collect(provider, into));
        }
    }

    /** Those that a bundle is wired to itself and that are Karuta's own or were dropped in. */
    static Stream<Bundle> providers(Bundle bundle) {
        return Optional.ofNullable(bundle.adapt(BundleWiring.class)).stream()
                .flatMap(wiring -> wiring.getRequiredWires(null).stream())
                .map(wire -> wire.getProviderWiring().getBundle())
                .filter(provider -> provider.getSymbolicName().startsWith(OWN) || Dropins.dropped(provider));
    }

    private static String compute(Bundle bundle) {
        var entries = Optional.ofNullable(bundle.findEntries("/", "*", true))
                .map(Collections::list)
                .map(List::stream)
                .orElseGet(Stream::of);
        return Hash.of(entries.filter(BundleHash::counts)
                        .map(entry -> entry.getPath() + " " + hash(bundle, entry))
                        .sorted()
                        .toArray(String[]::new))
                .hex();
    }

    private static boolean counts(URL entry) {
        var path = entry.getPath().substring(1);
        return !path.endsWith("/")
                && LEFT_OUT.stream().noneMatch(path::startsWith)
                && !(path.startsWith("META-INF/") && isSignature(path));
    }

    private static boolean isSignature(String path) {
        return Arrays.asList(".SF", ".RSA", ".DSA", ".EC").contains(path.substring(Math.max(0, path.lastIndexOf('.'))));
    }

    private static String hash(Bundle bundle, URL entry) {
        try (var in = entry.openStream()) {
            return Sha256.of(in);
        } catch (IOException unreadable) {
            throw new KarutaException(
                    Dropins.describe(bundle) + " is damaged: its "
                            + entry.getPath().substring(1) + " cannot be read (" + unreadable.getMessage() + ").",
                    "Put the jar there again, or take it away.",
                    unreadable);
        }
    }
}
