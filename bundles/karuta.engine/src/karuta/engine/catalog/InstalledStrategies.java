package karuta.engine.catalog;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import karuta.api.KarutaException;
import karuta.api.Strategy;
import karuta.model.study.Nearest;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.ComponentConstants;
import org.osgi.service.component.ComponentException;
import org.osgi.service.component.ComponentFactory;
import org.osgi.service.component.ComponentInstance;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.log.LogReaderService;

/**
 * The strategies of the installed bundles: their component factories. Asked anew every time, so that a bundle that
 * came or went counts at once.
 */
@Component(service = Strategies.class)
public final class InstalledStrategies implements Strategies {

    private static final String FACTORIES = "(" + ComponentConstants.COMPONENT_FACTORY + "=karuta.*)";

    private final BundleContext context;
    private final ServiceComponentRuntime runtime;
    private final LogReaderService log;
    private final Map<ServiceReference<?>, StrategyType> known = new ConcurrentHashMap<>();

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
                .map(factory -> known.computeIfAbsent(factory, f -> describe(f, kind(f).orElseThrow())))
                .sorted(StrategyType.ORDER)
                .toList();
    }

    @Override
    public Missing missing(Kind kind, String id) {
        var there = types().stream()
                .filter(t -> t.kind() == kind)
                .map(StrategyType::id)
                .toList();
        return new Unavailable(context, runtime)
                .explain(kind, id)
                .orElseGet(() -> new Missing(
                        "there is no " + kind.word() + " \"" + id + "\"" + Nearest.hint(id, there),
                        "`karuta strategies` lists what there is; a jar in the dropins folder can bring more"));
    }

    @Override
    public Instance create(StrategyType type, Map<String, Object> options) {
        var reference = factories().stream()
                .filter(f -> kind(f).filter(type.kind()::equals).isPresent()
                        && type.id().equals(type.kind().id(component(f))))
                .findFirst()
                .orElseThrow(() -> {
                    var missing = missing(type.kind(), type.id());
                    return new KarutaException(missing.what(), missing.remedy());
                });
        var factory = context.getService(reference);
        try (var failure = new ActivationFailure(log)) {
            try {
                var component = factory.newInstance(FrameworkUtil.asDictionary(options));
                return new Made(
                        component,
                        type.kind().contract().cast(component.getInstance()),
                        () -> context.ungetService(reference));
            } catch (ComponentException | ClassCastException failed) {
                context.ungetService(reference);
                throw explained(type, failure.cause().orElse(failed));
            }
        }
    }

    private static KarutaException explained(StrategyType type, Throwable cause) {
        return cause instanceof KarutaException meant
                ? meant
                : new KarutaException(
                        "the strategy " + type.name() + " of bundle " + type.bundle() + " " + type.version()
                                + " could not be made: " + cause,
                        "was the bundle built against another version of what it uses?",
                        cause);
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

    private StrategyType describe(ServiceReference<?> factory, Kind kind) {
        var bundle = factory.getBundle();
        var component = component(factory);
        var metatype = Metatype.of(bundle, component);
        return new StrategyType(
                kind,
                kind.id(component),
                bundle.getSymbolicName(),
                bundle.getVersion().toString(),
                paper(bundle, component),
                metatype.description(),
                metatype.options());
    }

    private Optional<String> paper(Bundle bundle, String component) {
        return Optional.ofNullable(runtime.getComponentDescriptionDTO(bundle, component))
                .flatMap(description -> Optional.ofNullable(description.properties.get("paper")))
                .map(Object::toString);
    }

    private static Optional<Kind> kind(ServiceReference<?> factory) {
        return Kind.ofFactory((String) factory.getProperty(ComponentConstants.COMPONENT_FACTORY));
    }

    private static String component(ServiceReference<?> factory) {
        return (String) factory.getProperty(ComponentConstants.COMPONENT_NAME);
    }
}
