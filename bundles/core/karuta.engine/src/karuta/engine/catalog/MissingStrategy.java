package karuta.engine.catalog;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import karuta.diagnosis.Fault;
import karuta.diagnosis.Finding;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import org.osgi.service.component.runtime.dto.ReferenceDTO;

/** Explains why a strategy that a bundle would bring is not there. */
record MissingStrategy(BundleContext context, ServiceComponentRuntime runtime) {

    /** Empty if no installed bundle would bring it. */
    Optional<Strategies.Missing> explain(Kind kind, String id) {
        return outdated(kind, id).or(() -> unresolved(kind, id)).or(() -> unsatisfied(kind, id));
    }

    private Optional<Strategies.Missing> outdated(Kind kind, String id) {
        return Arrays.stream(context.getBundle(0).getBundleContext().getBundles())
                .filter(bundle -> brings(bundle, kind, id))
                .flatMap(bundle -> ContractVersion.complaint(bundle).stream()
                        .map(complaint -> kind.key() + " \"" + id + "\" is in " + Dropins.describe(bundle) + ", which "
                                + complaint))
                .findFirst()
                .map(what -> new Strategies.Missing(what, "build the bundle anew against this Karuta"));
    }

    private Optional<Strategies.Missing> unresolved(Kind kind, String id) {
        return Arrays.stream(context.getBundle(0).getBundleContext().getBundles())
                .filter(bundle -> bundle.getState() == Bundle.INSTALLED && brings(bundle, kind, id))
                .findFirst()
                .map(bundle -> {
                    var why = reason(bundle);
                    return new Strategies.Missing(
                            kind.key() + " \"" + id + "\" is in " + why.where() + ", which " + why.what(), why.cure());
                });
    }

    private static boolean brings(Bundle bundle, Kind kind, String id) {
        return new ComponentFiles(bundle).ofKind(kind).anyMatch(name -> id.equals(kind.id(name)));
    }

    /** What the framework says when it is asked to start a bundle that it could not resolve. */
    private Finding reason(Bundle bundle) {
        var where = Dropins.describe(bundle);
        try {
            bundle.start();
            return new Finding(Fault.REQUIREMENT, where, "has only just been started", "try again");
        } catch (BundleException refused) {
            return Admission.requirement(
                    context.getBundle(0).getBundleContext(), where, String.valueOf(refused.getMessage()));
        }
    }

    private Optional<Strategies.Missing> unsatisfied(Kind kind, String id) {
        return runtime.getComponentDescriptionDTOs().stream()
                .filter(component -> kind.factory().equals(component.factory) && id.equals(kind.id(component.name)))
                .findFirst()
                .map(component -> {
                    var waiting = waiting(component);
                    return new Strategies.Missing(
                            kind.key() + " \"" + id + "\" of the bundle " + component.bundle.symbolicName + " "
                                    + waiting.what(),
                            waiting.cure());
                });
    }

    /** Why a component is not there that is described: it waits for a service, perhaps for one that waits for it. */
    Finding waiting(ComponentDescriptionDTO component) {
        var where = Optional.ofNullable(context.getBundle(component.bundle.id))
                .map(Dropins::describe)
                .orElse(component.bundle.symbolicName);
        var circle = circle(component, List.of());
        if (!circle.isEmpty()) {
            return new Finding(
                    Fault.CYCLE,
                    where,
                    "waits in a circle: " + String.join(", which waits for ", circle),
                    "take one @Reference out of the circle, or make it optional");
        }
        return new Finding(
                Fault.SERVICE,
                where,
                "waits for services that nobody provides: "
                        + Arrays.stream(component.references)
                                .filter(this::missing)
                                .map(reference -> reference.interfaceName)
                                .collect(Collectors.joining(", ")),
                "put the bundles that provide them into the dropins folder too, or take the @Reference out");
    }

    /** The names of components that wait for each other, beginning and ending with the same one; empty if there are none. */
    private List<String> circle(ComponentDescriptionDTO component, List<String> before) {
        var path = Stream.concat(before.stream(), Stream.of(component.name)).toList();
        if (before.contains(component.name)) {
            return path;
        }
        return Arrays.stream(component.references)
                .filter(this::missing)
                .flatMap(reference -> runtime.getComponentDescriptionDTOs().stream()
                        .filter(other -> other.factory == null
                                && Arrays.asList(other.serviceInterfaces).contains(reference.interfaceName)))
                .map(provider -> circle(provider, path))
                .filter(found -> !found.isEmpty())
                .findFirst()
                .orElse(List.of());
    }

    private boolean missing(ReferenceDTO reference) {
        try {
            return reference.cardinality.startsWith("1")
                    && context.getAllServiceReferences(reference.interfaceName, reference.target) == null;
        } catch (InvalidSyntaxException unreadable) {
            return true;
        }
    }
}
