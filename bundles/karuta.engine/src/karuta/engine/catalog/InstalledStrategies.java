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
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.runtime.ServiceComponentRuntime;

/**
 * The strategies of the installed bundles: their component factories. Asked anew every time, so that a bundle that came or
 * went counts at once.
 */
@Component(service = Strategies.class)
public final class InstalledStrategies implements Strategies {

    private static final String FACTORIES = "(" + ComponentConstants.COMPONENT_FACTORY + "=karuta.*)";

    private final BundleContext context;
    private final ServiceComponentRuntime runtime;
    private final Map<ServiceReference<?>, StrategyType> known = new ConcurrentHashMap<>();

    @Activate
    public InstalledStrategies(BundleContext context, @Reference ServiceComponentRuntime runtime) {
        this.context = context;
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
        var there = types().stream().filter(t -> t.kind() == kind).map(StrategyType::id).toList();
        return new Unavailable(context, runtime)
                .explain(kind, id)
                .orElseGet(() -> new Missing(
                        "there is no " + kind.word() + " \"" + id + "\"" + Nearest.hint(id, there),
                        "`karuta strategies` lists what there is; a jar in the dropins folder can bring more"));
    }

    @Override
    public Instance create(StrategyType type, Map<String, Object> options) {
        var reference = factories().stream()
                .filter(f -> type.kind().equals(kind(f).orElse(null)) && type.id().equals(id(f)))
                .findFirst()
                .orElseThrow(() -> {
                    var missing = missing(type.kind(), type.id());
                    return new KarutaException(missing.what(), missing.remedy());
                });
        var factory = context.getService(reference);
        try {
            var component = factory.newInstance(FrameworkUtil.asDictionary(options));
            var strategy = type.kind().contract().cast(component.getInstance());
            return new Instance() {
                @Override
                public Strategy strategy() {
                    return strategy;
                }

                @Override
                public void close() {
                    strategy.close();
                    component.dispose();
                    context.ungetService(reference);
                }
            };
        } catch (ComponentException | ClassCastException failed) {
            context.ungetService(reference);
            throw new KarutaException(
                    "the strategy " + type.name() + " of bundle " + type.bundle() + " " + type.version()
                            + " could not be made: " + Optional.ofNullable(failed.getCause()).orElse(failed).getMessage(),
                    "see log.txt; was the bundle built against another version of karuta.api?",
                    failed);
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
        var id = id(factory);
        var metatype = Metatype.of(bundle, id);
        return new StrategyType(
                kind,
                id,
                bundle.getSymbolicName(),
                bundle.getVersion().toString(),
                paper(bundle, id),
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

    private static String id(ServiceReference<?> factory) {
        return (String) factory.getProperty(ComponentConstants.COMPONENT_NAME);
    }
}
