package karuta.engine.catalog;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import karuta.api.KarutaException;
import karuta.diagnosis.Fault;
import karuta.diagnosis.Finding;
import karuta.diagnosis.Thrown;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;

/**
 * Says what is wrong with jars that did not come with the program: it reads them, lets those in that may come in, and makes one
 * object of each strategy that they bring, on a thread that it can leave.
 */
@Component(service = Doctor.class)
public final class JarDoctor implements Doctor {

    private final BundleContext framework;
    private final Dropins dropins;
    private final Strategies strategies;
    private final ServiceComponentRuntime runtime;

    /** @param dropins what lies in the folder is in already */
    @Activate
    public JarDoctor(
            BundleContext context,
            @Reference Dropins dropins,
            @Reference Strategies strategies,
            @Reference ServiceComponentRuntime runtime) {
        this.framework = context.getBundle(0).getBundleContext();
        this.dropins = dropins;
        this.strategies = strategies;
        this.runtime = runtime;
    }

    @Override
    public boolean isLeftWithCode() {
        return Attempt.Lost.any();
    }

    @Override
    public List<Finding> dropped(Duration limit, Witness witness) {
        var findings = new ArrayList<>(dropins.findings());
        Stream.of(framework.getBundles())
                .filter(Dropins::dropped)
                .forEach(bundle -> look(bundle, Dropins.describe(bundle), findings, limit, witness));
        return findings;
    }

    @Override
    public List<Finding> examine(Map<String, Path> jars, Duration limit, Witness witness) {
        var admission = new Admission(framework, true);
        witness.before(List.of(), ending(String.join(", ", jars.keySet()), "it was let in"));
        admission.admit(jars);
        var findings = new ArrayList<>(admission.findings());
        admission.admitted().forEach((bundle, where) -> look(bundle, where, findings, limit, witness));
        return findings;
    }

    private static Finding ending(String where, String when) {
        return new Finding(
                Fault.EXIT,
                where,
                "ended the whole program while " + when
                        + ": it calls System.exit or Runtime.halt in a way that cannot be read out of the jar (by reflection,"
                        + " in a library), or its native code broke down",
                "throw an exception instead: Karuta then ends this arm, and tells why; until then take the jar away");
    }

    /** What shows only when its strategies are made; where something is wrong already, its code does not run. */
    private void look(Bundle bundle, String where, List<Finding> findings, Duration limit, Witness witness) {
        if (findings.stream().anyMatch(found -> found.isFault() && found.where().equals(where))) {
            return;
        }
        Witness all = (soFar, ifItEnds) -> witness.before(List.copyOf(findings), ifItEnds);
        runtime.getComponentDescriptionDTOs(bundle)
                .forEach(component -> Kind.ofFactory(
                                Optional.ofNullable(component.factory).orElse(""))
                        .flatMap(kind -> look(bundle, where, component, kind, limit, all))
                        .ifPresent(findings::add));
    }

    private Optional<Finding> look(
            Bundle bundle,
            String where,
            ComponentDescriptionDTO component,
            Kind kind,
            Duration limit,
            Witness witness) {
        var id = kind.id(component.name);
        var type = strategies.types().stream()
                .filter(each -> each.kind() == kind
                        && each.id().equals(id)
                        && each.source().file().equals(Dropins.file(bundle)))
                .findFirst();
        if (type.isEmpty()) {
            var waiting = new MissingStrategy(framework, runtime).waiting(component);
            return Optional.of(new Finding(waiting.fault(), where, waiting.what(), waiting.cure()));
        }
        var ambiguous = strategies.ambiguous(kind, id);
        if (ambiguous.isPresent()) {
            return Optional.of(new Finding(
                    Fault.SAME_ID,
                    where,
                    "brings a strategy that others bring too: "
                            + ambiguous.get().what(),
                    ambiguous.get().remedy()));
        }
        var needed = type.get().options().stream()
                .filter(option -> option.defaults().isEmpty())
                .map(OptionType::name)
                .findFirst();
        return needed.isPresent()
                ? Optional.of(new Finding(
                        Fault.UNTRIED,
                        where,
                        "brings " + type.get().name() + ", which was not tried: it needs the option \"" + needed.get()
                                + "\"",
                        "name a study that uses it: `karuta doctor STUDY.yaml`"))
                : attempt(type.get(), Map.of(), where, limit, witness);
    }

    @Override
    public Optional<Finding> attempt(
            StrategyType type, Map<String, Object> options, String where, Duration limit, Witness witness) {
        witness.before(List.of(), ending(where, type.name() + " was being made"));
        var attempt = Attempt.of("attempt at " + type.name(), limit, () -> {
            strategies.create(type, options).close();
            return type;
        });
        if (attempt instanceof Attempt.Failed<StrategyType> failed) {
            return Optional.of(failure(type, where, failed.thrown()));
        }
        return attempt instanceof Attempt.Endless<StrategyType> endless
                ? Optional.of(endless.finding(where, type.name(), limit, name -> isOf(type, name)))
                : Optional.empty();
    }

    private Finding failure(StrategyType type, String where, Throwable thrown) {
        var words = thrown.getCause() instanceof Unmade unmade
                ? unmade.thrown()
                : thrown instanceof KarutaException meant
                        ? new Thrown(Fault.CONSTRUCTOR, meant.getMessage().strip(), "do as it says, or mend the class")
                        : Thrown.explain(thrown, name -> isOf(type, name));
        return new Finding(
                words.fault(),
                where,
                "brings " + type.name() + ", which cannot be made: " + words.what(),
                words.cure());
    }

    private boolean isOf(StrategyType type, String className) {
        return Stream.of(framework.getBundles())
                .filter(bundle -> Dropins.file(bundle).equals(type.source().file()))
                .anyMatch(bundle -> Admission.has(bundle, className));
    }
}
