package karuta.engine.catalog;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import karuta.diagnosis.Finding;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.hooks.bundle.CollisionHook;
import org.osgi.framework.wiring.FrameworkWiring;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder's jars as bundles of which two versions can be there for a while: the framework is told that a bundle that gives way is no
 * collision (OSGi Core 8, 53.3, bundle collision hook).
 */
@Component(service = HotDropins.class)
public final class LiveDropins implements HotDropins {

    private static final Logger log = LoggerFactory.getLogger(LiveDropins.class);

    private static final String JAR = ".jar";

    /** What a file is known by without being read. */
    private record Stamp(long modified, long size, Object key) {}

    private final BundleContext framework;
    private final Strategies all;
    private final Optional<Path> folder;

    /** What a file was when it was taken, or refused. */
    private final Map<Path, Stamp> taken = new HashMap<>();

    /** What a file was at the last look. */
    private Map<Path, Stamp> seen = new HashMap<>();

    /** The bundle that counts for a file. */
    private final Map<Path, Bundle> current = new HashMap<>();

    private final Map<Path, List<Finding>> refused = new TreeMap<>();
    private final Set<Bundle> retired = new CopyOnWriteArraySet<>();
    private int versions = 1;

    /** @param dropins what lies in the folder is in already */
    @Activate
    public LiveDropins(BundleContext context, @Reference Dropins dropins, @Reference Strategies strategies) {
        framework = context.getBundle(0).getBundleContext();
        all = strategies;
        folder = Optional.ofNullable(context.getProperty(Dropins.FOLDER))
                .map(Path::of)
                .map(Path::toAbsolutePath)
                .filter(Files::isDirectory);
        CollisionHook hook = (type, target, candidates) -> givesWay(candidates);
        context.registerService(CollisionHook.class, hook, null);
        taken.putAll(stamps());
        seen = new HashMap<>(taken);
        taken.keySet()
                .forEach(file -> Arrays.stream(framework.getBundles())
                        .filter(bundle ->
                                bundle.getLocation().equals(file.toUri().toString()))
                        .forEach(bundle -> current.put(file, bundle)));
        dropins.findings().stream()
                .filter(Finding::isFault)
                .forEach(found -> taken.keySet().stream()
                        .filter(file -> found.where().startsWith(called(file)))
                        .forEach(file -> refused.merge(file, List.of(found), LiveDropins::both)));
    }

    private static List<Finding> both(List<Finding> some, List<Finding> others) {
        return Stream.concat(some.stream(), others.stream()).toList();
    }

    private void givesWay(Collection<Bundle> candidates) {
        candidates.removeIf(retired::contains);
    }

    private static String called(Path file) {
        return Dropins.NAME + file.getFileName();
    }

    private Map<Path, Stamp> stamps() {
        var stamps = new TreeMap<Path, Stamp>();
        folder.ifPresent(place -> {
            try (Stream<Path> files = Files.list(place)) {
                for (var file :
                        files.filter(each -> each.toString().endsWith(JAR)).toList()) {
                    stamp(file).ifPresent(stamp -> stamps.put(file, stamp));
                }
            } catch (IOException | java.io.UncheckedIOException unreadable) {
                log.warn("the dropins folder {} cannot be read: {}", place, unreadable.getMessage());
            }
        });
        return stamps;
    }

    /** Empty if it has gone meanwhile. */
    private static Optional<Stamp> stamp(Path file) {
        try {
            var attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return Optional.of(new Stamp(
                    attributes.lastModifiedTime().toMillis(),
                    attributes.size(),
                    Optional.ofNullable(attributes.fileKey()).orElse("")));
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    @Override
    public Strategies strategies() {
        return new CurrentStrategies(
                all, () -> retired.stream().map(Dropins::file).collect(Collectors.toSet()));
    }

    @Override
    public Optional<String> look() {
        var now = stamps();
        for (var file : List.copyOf(taken.keySet())) {
            if (!now.containsKey(file)) {
                gone(file);
            }
        }
        now.forEach((file, stamp) -> {
            if (!stamp.equals(taken.get(file)) && stamp.equals(seen.get(file))) {
                taken.put(file, stamp);
                come(file);
            }
        });
        seen = now;
        return refused.isEmpty()
                ? Optional.empty()
                : Optional.of(refused.values().stream()
                        .flatMap(List::stream)
                        .map(Finding::text)
                        .collect(Collectors.joining("\n")));
    }

    private void gone(Path file) {
        taken.remove(file);
        refused.remove(file);
        Optional.ofNullable(current.remove(file)).ifPresent(bundle -> {
            retired.add(bundle);
            log.info("{} was taken away", called(file));
        });
    }

    private void come(Path file) {
        var before = Optional.ofNullable(current.get(file));
        before.ifPresent(retired::add); // so that the framework lets the other one in
        var admission = new Admission(framework, jar -> jar.toUri() + "#" + ++versions);
        admission.admit(Map.of(called(file), file));
        var faults = admission.findings().stream().filter(Finding::isFault).toList();
        var bundle = admission.admitted().keySet().stream().findFirst();
        if (faults.isEmpty() && bundle.isPresent()) {
            current.put(file, bundle.get());
            refused.remove(file);
            log.info("{} {}", called(file), before.isPresent() ? "was replaced" : "was dropped in");
        } else {
            bundle.ifPresent(this::uninstall);
            before.ifPresent(retired::remove);
            refused.put(file, faults);
        }
    }

    @Override
    public void sweep() {
        if (retired.isEmpty()) {
            return;
        }
        var leaving = new ArrayList<>(retired);
        leaving.forEach(this::uninstall);
        retired.removeAll(leaving);
        var wiring = framework.getBundle().adapt(FrameworkWiring.class);
        var pending = wiring.getDependencyClosure(wiring.getRemovalPendingBundles());
        if (!pending.isEmpty() && pending.stream().allMatch(Dropins::dropped)) {
            wiring.refreshBundles(pending);
        }
    }

    private void uninstall(Bundle bundle) {
        try {
            bundle.uninstall();
        } catch (BundleException | IllegalStateException stuck) {
            log.warn("{} is still there: {}", Dropins.describe(bundle), stuck.getMessage());
        }
    }
}
