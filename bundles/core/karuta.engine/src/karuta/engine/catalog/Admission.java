package karuta.engine.catalog;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import karuta.diagnosis.Fault;
import karuta.diagnosis.Finding;
import karuta.diagnosis.JarExam;
import karuta.diagnosis.Requirement;
import karuta.diagnosis.Seams;
import karuta.diagnosis.Thrown;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.wiring.BundleWiring;

/**
 * Lets jars in that did not come with the program. Each is read before the framework sees it, and what is damaged or dangerous
 * stays outside; of the others it is told what will not work.
 */
final class Admission {

    private static final Seams SEAMS =
            new Seams(Arrays.stream(Kind.values()).collect(Collectors.toMap(Kind::factory, Kind::contract)));

    /** How long a bundle may take to start. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final BundleContext framework;
    private final boolean replacing;
    private final Optional<Function<Path, String>> beside;
    private final Map<Bundle, String> admitted = new LinkedHashMap<>();
    private final List<Finding> findings = new ArrayList<>();

    /** @param replacing whether a jar takes the place of one that is the same bundle; otherwise it is refused */
    Admission(BundleContext framework, boolean replacing) {
        this(framework, replacing, Optional.empty());
    }

    /** @param beside under which location a jar comes in, whatever came out of its file before and is still there */
    Admission(BundleContext framework, Function<Path, String> beside) {
        this(framework, false, Optional.of(beside));
    }

    private Admission(BundleContext framework, boolean replacing, Optional<Function<Path, String>> beside) {
        this.framework = framework;
        this.replacing = replacing;
        this.beside = beside;
    }

    /** Those that are in, with their names for messages. */
    Map<Bundle, String> admitted() {
        return admitted;
    }

    List<Finding> findings() {
        return List.copyOf(findings);
    }

    /**
     * Looks at jars and installs those that may come in. They may need each other, and are started when all are there.
     *
     * @param jars by what the user calls them
     */
    void admit(Map<String, Path> jars) {
        jars.forEach((called, jar) -> {
            var exam = JarExam.of(jar, called, SEAMS);
            findings.addAll(exam.findings());
            if (exam.findings().stream().noneMatch(found -> found.fault().weight() == Fault.Weight.REFUSED)) {
                exam.bundle().ifPresent(name -> makeRoom(name, jar));
                install(jar, exam.where());
            }
        });
        admitted.forEach(this::start);
    }

    /** A jar that is about to be dropped in takes the place of the same bundle that was before. */
    private void makeRoom(String name, Path jar) {
        if (!replacing) {
            return;
        }
        Arrays.stream(framework.getBundles())
                .filter(bundle -> Dropins.dropped(bundle) && name.equals(bundle.getSymbolicName()))
                .filter(bundle -> !bundle.getLocation().equals(jar.toUri().toString()))
                .forEach(bundle -> {
                    try {
                        bundle.uninstall();
                    } catch (BundleException refused) {
                        findings.add(unfit(Dropins.describe(bundle), refused));
                    }
                });
    }

    private void install(Path jar, String where) {
        try {
            var bundle = bundle(jar);
            bundle.adapt(BundleStartLevel.class).setStartLevel(1); // so that starting it does not wait for a level
            admitted.put(bundle, where);
        } catch (BundleException refused) {
            findings.add(
                    refused.getType() == BundleException.DUPLICATE_BUNDLE_ERROR ? twice(where) : unfit(where, refused));
        } catch (IOException | RuntimeException | LinkageError broken) {
            findings.add(unfit(where, broken));
        }
    }

    private Bundle bundle(Path jar) throws BundleException, IOException {
        if (beside.isPresent()) {
            try (var content = Files.newInputStream(jar)) {
                return framework.installBundle(beside.get().apply(jar), content);
            }
        }
        var bundle = framework.installBundle(jar.toUri().toString());
        if (bundle.getLastModified() < Files.getLastModifiedTime(jar).toMillis()) {
            bundle.update();
        }
        return bundle;
    }

    private static Finding twice(String where) {
        return new Finding(
                Fault.TWICE,
                where,
                "is there twice: another jar is the same bundle in the same version",
                "take one of them away, or give this one another Bundle-Version");
    }

    private static Finding unfit(String where, Throwable broken) {
        return new Finding(
                Fault.HEADER,
                where,
                "cannot be installed: " + reason(broken),
                "let the build write the manifest: `karuta build-strategy`, or bnd");
    }

    private void start(Bundle bundle, String where) {
        var old = ContractVersion.complaint(bundle);
        if (old.isPresent()) { // started, it would fail wherever it meets what has changed
            findings.add(new Finding(Fault.CONTRACTS, where, old.get(), "build it anew against this Karuta"));
            return;
        }
        BorrowedMemory.complaint(bundle).ifPresent(findings::add);
        if (bundle.getHeaders().get("Service-Component") == null) {
            return;
        }
        var start = Attempt.of("start of " + where, PATIENCE, () -> {
            bundle.start(Bundle.START_TRANSIENT);
            return bundle;
        });
        if (start instanceof Attempt.Failed<Bundle> failed) {
            findings.add(refusal(bundle, where, failed.thrown()));
        } else if (start instanceof Attempt.Endless<Bundle> endless) {
            findings.add(endless.finding(where, "its start", PATIENCE, type -> has(bundle, type)));
        }
    }

    /** Whether a class is of a bundle; nothing is loaded. */
    static boolean has(Bundle bundle, String type) {
        return bundle.getEntry(type.replace('.', '/') + ".class") != null;
    }

    private Finding refusal(Bundle bundle, String where, Throwable refused) {
        if (bundle.getState() != Bundle.INSTALLED) { // it is resolved, so that its own code has thrown
            var thrown = Thrown.explain(refused, type -> has(bundle, type));
            return new Finding(thrown.fault(), where, "cannot be started: " + thrown.what(), thrown.cure());
        }
        return requirement(framework, where, reason(refused));
    }

    /** In words, what the framework says of a bundle that it cannot resolve. */
    static Finding requirement(BundleContext framework, String where, String message) {
        var packages = new TreeMap<String, List<String>>();
        for (var bundle : framework.getBundles()) {
            Optional.ofNullable(bundle.adapt(BundleWiring.class)).stream()
                    .flatMap(wiring -> wiring.getCapabilities(PackageNamespace.PACKAGE_NAMESPACE).stream())
                    .map(capability -> capability.getAttributes())
                    .forEach(exported -> packages.computeIfAbsent(
                                    String.valueOf(exported.get(PackageNamespace.PACKAGE_NAMESPACE)),
                                    name -> new ArrayList<>())
                            .add(String.valueOf(exported.get(PackageNamespace.CAPABILITY_VERSION_ATTRIBUTE))));
        }
        var bundles = Arrays.stream(framework.getBundles())
                .map(Bundle::getSymbolicName)
                .toList();
        return Requirement.explain(where, message, packages, bundles);
    }

    private static String reason(Throwable failed) {
        var said = Optional.ofNullable(failed.getMessage()).orElseGet(failed::toString);
        var below = Optional.ofNullable(failed.getCause()).map(Throwable::getMessage);
        return said
                + below.filter(more -> !said.contains(more))
                        .map(more -> ": " + more)
                        .orElse("");
    }
}
