package karuta.baseline.merge;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import karuta.api.Baseline;
import karuta.api.Footprint;
import karuta.api.KarutaException;
import karuta.api.LearnerWrapper;
import karuta.api.Paper;
import karuta.api.Stage;
import karuta.api.StageData;
import karuta.api.State;
import karuta.tensor.ParameterSnapshot;
import karuta.tensor.Scope;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/**
 * Merges what all stages learned whenever one ends, over any learner that goes on with its parameters theta. With {@code tau_i
 * = theta_i - theta_0}, where theta_0 is before the first stage and theta_i what stage i ended with, it answers with
 *
 * <pre>
 *   average      theta_0 + mean of tau_i             as a running average has it after every stage
 *   ema          theta_0 + m,  m = decay m + (1 - decay) tau_t,  m = tau_1 at first
 *   arithmetic   theta_0 + scale sum of tau_i        (Ilharco et al., ICLR 2023)
 *   magmax       theta_0 + scale tau                 number by number the tau_i of the largest size
 *   ties         theta_0 + scale tau                 trimmed to the largest {@code keep}, signs elected, disjoint mean
 * </pre>
 *
 * <p>Published rules merge weights. The weight that an adapter adds is the product B A, so by default it is the products
 * that are merged, linear layer by linear layer, and the result is brought back to the adapter's rank by its singular values:
 * what is lost is what needs a higher rank. All theta_i are kept, whatever the rule.
 */
@Component(name = "merge", factory = Baseline.KIND)
@Designate(ocd = MergeBaseline.Options.class)
@Paper(
        "Marczak, Twardowski, Trzcinski, Cygert: MagMax: Leveraging Model Merging for Seamless Continual Learning, ECCV 2024;"
                + " Yadav, Tam, Choshen, Raffel, Bansal: TIES-Merging, NeurIPS 2023; Ilharco et al.: Editing Models with Task"
                + " Arithmetic, ICLR 2023")
public final class MergeBaseline extends LearnerWrapper implements Baseline {

    /** Options of this baseline. */
    @ObjectClassDefinition(name = "Merging", description = "Answers with what all stages learned, merged.")
    public @interface Options {

        @AttributeDefinition(
                description = "How stages are merged.",
                options = {@Option("average"), @Option("ema"), @Option("arithmetic"), @Option("magmax"), @Option("ties")
                })
        String rule() default "magmax";

        /** By default as published: MagMax goes on from its own, averages too; task vectors are learned apart from each other. */
        @AttributeDefinition(
                description = "Where the next stage starts: where the last one ended (own), where the first one started"
                        + " (initial), at what was merged (merged), or as the rule was published.",
                options = {@Option("published"), @Option("own"), @Option("initial"), @Option("merged")})
        String start() default "published";

        /** By default 1, with which one stage is what it learned; published values are searched on validation data. */
        @AttributeDefinition(
                description = "How far the merged way is gone (magmax, arithmetic, ties); published: 0.3 to 1.",
                min = "0")
        double scale() default 1;

        @AttributeDefinition(description = "Of ema: what is left of older stages.", min = "0", max = "1")
        double decay() default 0.9;

        @AttributeDefinition(
                description = "Of ties: the share of a stage's numbers, the largest, that count.",
                min = "0",
                max = "1")
        double keep() default 0.2;

        /** By default products, since what is published merges weights, and the largest factors are not the largest product. */
        @AttributeDefinition(
                description = "Whether an adapter is merged as the product of its factors, or factor by factor.",
                options = {@Option("products"), @Option("factors")})
        String of() default "products";
    }

    private enum Start {
        OWN,
        INITIAL,
        MERGED
    }

    private final Rule rule;
    private final Start start;
    private final boolean products;
    private Optional<ParameterSnapshot> first = Optional.empty();
    private Optional<ParameterSnapshot> merged = Optional.empty();
    private final List<ParameterSnapshot> ends = new ArrayList<>();

    @Activate
    public MergeBaseline(Options options) {
        rule = switch (options.rule()) {
            case "average" -> Rule.average();
            case "ema" -> Rule.moving(options.decay());
            case "arithmetic" -> Rule.arithmetic(options.scale());
            case "ties" -> Rule.ties(options.keep(), options.scale());
            default -> Rule.largest(options.scale());
        };
        start = start(options);
        products = options.of().equals("products");
    }

    private static Start start(Options options) {
        if (!options.start().equals("published")) {
            return Start.valueOf(options.start().toUpperCase(Locale.ROOT));
        }
        return options.rule().equals("arithmetic") || options.rule().equals("ties") ? Start.INITIAL : Start.OWN;
    }

    /** @throws KarutaException if the learner starts the stage afresh */
    @Override
    protected void begun(Stage stage) {
        var parameters = trainable();
        if (first.isEmpty()) {
            first = Optional.of(ParameterSnapshot.of(parameters, context()));
        }
        merged.ifPresent(left -> {
            left.requireContinued("baseline.merge", parameters);
            switch (start) {
                case OWN -> ends.get(ends.size() - 1).restore(parameters);
                case INITIAL -> first.orElseThrow().restore(parameters);
                case MERGED -> {}
            }
        });
    }

    /** What all stages learned becomes what the learner below keeps. */
    @Override
    public void endStage(Stage stage, StageData data) {
        var known = first.orElseThrow();
        var parameters = trainable().stream()
                .filter(parameter -> known.of(parameter).isPresent())
                .toList();
        ends.add(ParameterSnapshot.of(parameters, context()));
        try (var scope = Scope.open()) {
            var space = Space.of(parameters, products);
            space.write(
                    known,
                    rule.merged(ends.stream().map(end -> space.way(known, end)).toList()));
        }
        merged.ifPresent(ParameterSnapshot::close);
        merged = Optional.of(ParameterSnapshot.of(parameters, context()));
        super.endStage(stage, data);
    }

    /** What the learner costs, and its parameters at the start, after each stage and merged. */
    @Override
    public Footprint footprint() {
        var kept = first.map(ParameterSnapshot::size).orElse(0L)
                + merged.map(ParameterSnapshot::size).orElse(0L)
                + ends.stream().mapToLong(ParameterSnapshot::size).sum();
        return super.footprint().plus(new Footprint(0, kept, 0, 0));
    }

    @Override
    public State save() {
        var tensors = new HashMap<String, NDArray>();
        first.ifPresent(values -> values.write("first.", tensors));
        merged.ifPresent(values -> values.write("merged.", tensors));
        for (var i = 0; i < ends.size(); i++) {
            ends.get(i).write("end." + i + ".", tensors);
        }
        return new State(tensors, Map.of("stages", String.valueOf(ends.size())));
    }

    @Override
    public void load(State state) {
        ends.clear();
        first = read("first.", state);
        merged = read("merged.", state);
        var stages = Integer.parseInt(state.metadata().getOrDefault("stages", "0"));
        for (var i = 0; i < stages; i++) {
            ends.add(ParameterSnapshot.read("end." + i + ".", state, context()));
        }
    }

    private Optional<ParameterSnapshot> read(String prefix, State state) {
        return Optional.of(ParameterSnapshot.read(prefix, state, context()))
                .filter(values -> !values.values().isEmpty());
    }
}
