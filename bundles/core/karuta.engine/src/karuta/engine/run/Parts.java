package karuta.engine.run;

import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import karuta.api.Task;
import karuta.engine.catalog.BundleHash;
import karuta.engine.catalog.Kind;
import karuta.engine.catalog.Strategies;
import karuta.engine.catalog.StrategyType;
import karuta.engine.features.Hash;
import karuta.engine.plan.ArmPlan;
import karuta.engine.plan.StrategyConfig;
import karuta.engine.plan.StudyPlan;
import karuta.study.KarutaFactory;
import karuta.study.Part;
import org.osgi.framework.FrameworkUtil;

/**
 * The strategies that take part in a run, by content: another build of one that computes something else is another one.
 *
 * @param types by name and bundle, each once
 */
record Parts(List<StrategyType> types) {

    static Parts of(Strategies strategies, StudyPlan.Shared shared, ArmPlan arm, List<Task> tasks) {
        var scorers = tasks.stream().map(Task::scorer).flatMap(id -> strategies.find(Kind.SCORER, id).stream());
        var chosen = Stream.concat(shared.strategies(), arm.strategies()).map(StrategyConfig::type);
        var byName = new TreeMap<String, StrategyType>();
        Stream.concat(chosen, scorers).forEach(type -> byName.put(called(type), type));
        return new Parts(List.copyOf(byName.values()));
    }

    /** A study may use two of one kind and id, if it names their bundles. */
    private static String called(StrategyType type) {
        return type.name() + " " + type.source().bundle();
    }

    /** Equal only where the same classes compute: those of the parts, of what they are wired to, and of this engine. */
    String fingerprint() {
        var parts = types.stream()
                .map(type -> called(type) + " " + type.source().hash() + " "
                        + type.source().ground());
        return Hash.of(Stream.concat(parts, Stream.of(engine())).toArray(String[]::new))
                .hex();
    }

    /** Empty outside OSGi. */
    private static String engine() {
        var bundle = FrameworkUtil.getBundle(Parts.class);
        return bundle == null ? "" : BundleHash.of(bundle) + " " + BundleHash.ofGround(bundle);
    }

    /** The symbolic names of the bundles that bring them. */
    Set<String> bundles() {
        return types.stream().map(type -> type.source().bundle()).collect(Collectors.toSet());
    }

    /** As the record keeps them. */
    List<Part> records() {
        return types.stream().map(Parts::record).toList();
    }

    private static Part record(StrategyType type) {
        var part = KarutaFactory.eINSTANCE.createPart();
        part.setName(type.name());
        part.setBundle(type.source().bundle());
        part.setVersion(type.source().version());
        part.setFile(type.source().file());
        part.setSha256(type.source().hash());
        part.setGround(type.source().ground());
        return part;
    }
}
