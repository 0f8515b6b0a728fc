package karuta.engine.catalog;

import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import karuta.api.KarutaException;
import karuta.api.Strategy;
import karuta.yaml.Suggestion;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.ComponentConstants;
import org.osgi.service.component.ComponentFactory;
import org.osgi.service.component.ComponentInstance;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.log.LogReaderService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The strategies of the installed bundles: their component factories. Asked anew every time, so that a bundle that
 * came or went counts at once.
 */
@Component(service = Strategies.class)
public final class InstalledStrategies implements Strategies {

    private static final String FACTORIES = "(" + ComponentConstants.COMPONENT_FACTORY + "=karuta.*)";

    private static final Logger complaints = LoggerFactory.getLogger(InstalledStrategies.class);

    private final BundleContext context;
    private final ServiceComponentRuntime runtime;
    private final LogReaderService log;
    private final Map<ServiceReference<?>, Optional<StrategyType>> known = new ConcurrentHashMap<>();

    @Activate
    public InstalledStrategies(
            BundleContext context, @Reference ServiceComponentRuntime runtime, @Reference LogReaderService log) {
        this.context = context;
        this.log = log;
        this.runtime = runtime;
    }

    @Override
    public List<StrategyType> types() {
        var factories = factories();
        known.keySet().retainAll(factories);
        return factories.stream()
                .filter(factory -> kind(factory).isPresent())
                .flatMap(factory -> known.computeIfAbsent(factory, f -> describe(f, kind(f).orElseThrow())).stream())
                .sorted(StrategyType.ORDER)
                .toList();
    }

    @Override
    public Missing missing(Kind kind, String id) {
        var there = types().stream()
                .filter(t -> t.kind() == kind)
                .map(StrategyType::id)
                .toList();
        return ambiguous(kind, id)
                .or(() -> new MissingStrategy(context, runtime).explain(kind, id))
                .orElseGet(() -> new Missing(
                        "there is no " + kind.key() + " \"" + id + "\"" + Suggestion.hint(id, there),
                        "`karuta strategies` lists what there is; a jar in the dropins folder can bring more, and `karuta doctor`"
                                + " says why one does not"));
    }

    @Override
    public Optional<Culprit> culprit(Throwable thrown) {
        return new Culprits(context).nearest(thrown);
    }

    @Override
    public Instance create(StrategyType type, Map<String, Object> options) {
        var reference = factories().stream()
                .filter(f -> known.getOrDefault(f, Optional.empty()).equals(Optional.of(type)))
                .findFirst()
                .orElseThrow(() -> {
                    var missing = missing(type.kind(), type.id());
                    return new KarutaException(missing.what(), missing.remedy());
                });
        var factory = context.getService(reference);
        var bundle = reference.getBundle();
        try (var failure = new ActivationFailure(log);
                var patience = Patience.with(bundle, type)) {
            try {
                var component = factory.newInstance(FrameworkUtil.asDictionary(options));
                return new Made(
                        component,
                        type.kind().contract().cast(component.getInstance()),
                        () -> context.ungetService(reference));
            } catch (RuntimeException | Error failed) { // of the component runtime, and of a constructor
                context.ungetService(reference);
                throw Unmade.explain(type, failure.cause().orElse(failed), name -> Admission.has(bundle, name));
            }
        }
    }

    private record Made(ComponentInstance<?> component, Strategy strategy, Runnable release) implements Instance {

        @Override
        public void close() {
            strategy.close();
            component.dispose();
            release.run();
        }
    }

    @SuppressWarnings("unchecked") // the registry guarantees it
    private List<ServiceReference<ComponentFactory<?>>> factories() {
        try {
            return context.getServiceReferences(ComponentFactory.class, FACTORIES).stream()
                    .map(reference -> (ServiceReference<ComponentFactory<?>>) (ServiceReference<?>) reference)
                    .toList();
        } catch (InvalidSyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Empty, and told once, if its description cannot be read. */
    private Optional<StrategyType> describe(ServiceReference<?> factory, Kind kind) {
        var bundle = factory.getBundle();
        var component = component(factory);
        var source = new Source(
                bundle.getSymbolicName(),
                bundle.getVersion().toString(),
                Dropins.file(bundle),
                BundleHash.of(bundle),
                BundleHash.ofGround(bundle));
        try {
            var metatype = Metatype.of(bundle, component);
            var properties = properties(bundle, component);
            return Optional.of(new StrategyType(
                    kind,
                    kind.id(component),
                    source,
                    Optional.ofNullable(properties.get("paper")).map(Object::toString),
                    metatype.description(),
                    metatype.options(),
                    RuleFacts.of(properties),
                    Abilities.of(properties)));
        } catch (UncheckedIOException | IllegalArgumentException broken) {
            complaints.warn(
                    "the {} \"{}\" of {} is left out: {}",
                    kind.key(),
                    kind.id(component),
                    source.describe(),
                    broken.getMessage());
            return Optional.empty();
        }
    }

    private Map<String, Object> properties(Bundle bundle, String component) {
        return Optional.ofNullable(runtime.getComponentDescriptionDTO(bundle, component))
                .map(description -> description.properties)
                .orElse(Map.of());
    }

    private static Optional<Kind> kind(ServiceReference<?> factory) {
        return Kind.ofFactory((String) factory.getProperty(ComponentConstants.COMPONENT_FACTORY));
    }

    private static String component(ServiceReference<?> factory) {
        return (String) factory.getProperty(ComponentConstants.COMPONENT_NAME);
    }
}
