package karuta.engine.catalog;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Collectors;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ReferenceDTO;

/** Explains why a strategy that a bundle would bring is not there. */
record MissingStrategy(BundleContext context, ServiceComponentRuntime runtime) {

    private static final String UNRESOLVED = "Unresolved requirement: ";

    /** Empty if no installed bundle would bring it. */
    Optional<Strategies.Missing> explain(Kind kind, String id) {
        return outdated(kind, id).or(() -> unresolved(kind, id)).or(() -> unsatisfied(kind, id));
    }

    private Optional<Strategies.Missing> outdated(Kind kind, String id) {
        return Arrays.stream(context.getBundle(0).getBundleContext().getBundles())
                .filter(bundle -> brings(bundle, kind, id))
                .flatMap(bundle -> ContractVersion.complaint(bundle).stream()
                        .map(complaint -> kind.key() + " \"" + id + "\" is in " + Dropins.describe(bundle) + ", which "
                                + complaint.substring(0, complaint.indexOf(';'))))
                .findFirst()
                .map(what -> new Strategies.Missing(what, "build the bundle anew against this Karuta"));
    }

    private Optional<Strategies.Missing> unresolved(Kind kind, String id) {
        return Arrays.stream(context.getBundle(0).getBundleContext().getBundles())
                .filter(bundle -> bundle.getState() == Bundle.INSTALLED && brings(bundle, kind, id))
                .findFirst()
                .map(bundle -> new Strategies.Missing(
                        kind.key() + " \"" + id + "\" is in the bundle " + bundle.getSymbolicName() + " "
                                + bundle.getVersion() + ", which cannot be used: " + reason(bundle),
                        "install a bundle that brings what is missing, or build " + bundle.getSymbolicName()
                                + " against what is installed"));
    }

    private static boolean brings(Bundle bundle, Kind kind, String id) {
        return new ComponentFiles(bundle).ofKind(kind).anyMatch(name -> id.equals(kind.id(name)));
    }

    /** What the framework says when it is asked to start a bundle that it could not resolve. */
    static String reason(Bundle bundle) {
        try {
            bundle.start();
            return "it has only just been started; try again";
        } catch (BundleException refused) {
            return requirement(refused.getMessage());
        }
    }

    /** Of the requirements that the framework names, the one that is indented most: the others only follow from it. */
    static String requirement(String message) {
        return message.lines()
                .filter(line -> line.strip().startsWith(UNRESOLVED))
                .max(Comparator.comparingInt(line -> line.indexOf(UNRESOLVED)))
                .map(line -> "nobody provides " + line.strip().substring(UNRESOLVED.length()))
                .orElse(message);
    }

    private Optional<Strategies.Missing> unsatisfied(Kind kind, String id) {
        return runtime.getComponentDescriptionDTOs().stream()
                .filter(component -> kind.factory().equals(component.factory) && id.equals(kind.id(component.name)))
                .findFirst()
                .map(component -> new Strategies.Missing(
                        kind.key() + " \"" + id + "\" of the bundle " + component.bundle.symbolicName
                                + " waits for services that nobody provides: "
                                + Arrays.stream(component.references)
                                        .filter(this::missing)
                                        .map(reference -> reference.interfaceName)
                                        .collect(Collectors.joining(", ")),
                        "install the bundles that provide them"));
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
