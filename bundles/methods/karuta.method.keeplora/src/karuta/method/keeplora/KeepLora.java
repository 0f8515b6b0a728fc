package karuta.method.keeplora;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import karuta.api.Ability;
import karuta.api.BackboneSpec.Linear;
import karuta.api.Footprint;
import karuta.api.Input;
import karuta.api.Learner;
import karuta.api.Needs;
import karuta.api.Paper;
import karuta.api.Parameter;
import karuta.api.PromptedInput;
import karuta.api.Stage;
import karuta.api.StageData;
import karuta.api.State;
import karuta.api.StrategyBase;
import karuta.tensor.Room;
import karuta.tensor.Scope;
import karuta.tensor.Targets;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;

/**
 * KeepLoRA. Per linear layer {@code y = x W^T}: before all, {@code M = M_0}, the principal directions of {@code W}'s input.
 * Before task t, {@code G} is the mean gradient of {@code L_LM} by {@code W} over a share of the task's examples, {@code hat G^T
 * = G^T - M M^T G^T = U S V^T}, and {@code A = U_r^T} stays as it is; the task trains {@code B} alone, {@code y += alpha / r B A
 * x}. After it, B A stays beside the next one (merged into W, in the paper), and the directions of a new G that M lacks are
 * added to it. So an adapter adds nothing to inputs in the span of M.
 *
 * <p>As the published code has it: examples one by one, evenly spaced; the rules for both energies. Ours: the full
 * decomposition instead of a randomised one, in float64; directions that are mere rounding are left out.
 */
@Component(name = "keeplora", factory = Learner.KIND)
@Designate(ocd = KeepLoraOptions.class)
@Paper("Luo, Zhou, Zhang, Wan, Zhang, Wei: KeepLoRA: Continual Learning with Residual Gradient Adaptation, ICLR 2026;"
        + " details from the code, github.com/MaolinLuo/KeepLoRA")
@Needs(Ability.WEIGHTS)
public final class KeepLora extends StrategyBase implements Learner {

    private final Settings settings;
    private List<Site> sites = List.of();
    private long trained;

    /** Freed only when the next stage begins: until then others may still look at the parameters. */
    private final List<NDArray> outdated = new ArrayList<>();

    @Activate
    public KeepLora(KeepLoraOptions options) {
        this(Settings.of(options));
    }

    KeepLora(Settings settings) {
        this.settings = settings;
    }

    @Override
    public void beginStage(Stage stage, StageData data) {
        outdated.forEach(NDArray::close);
        outdated.clear();
        if (sites.isEmpty()) {
            var linears = linears();
            Room.forLearned(
                    "\"rank\": " + settings.rank() + " of learner.keeplora",
                    linears.stream()
                            .mapToDouble(linear -> (double) settings.rank() * (linear.in() + linear.out()))
                            .sum());
            sites = linears.stream().map(this::untouched).toList();
        }
        replace(data, this::opened);
        trained = trainable().stream()
                .mapToLong(parameter -> parameter.value().size())
                .sum();
    }

    private List<Linear> linears() {
        return Targets.among(context().backbone().spec().linears(), settings.targets());
    }

    private Site untouched(Linear linear) {
        try (var scope = Scope.open()) {
            var principal = Subspace.principal(context().backbone().weight(linear.name()), settings.weightEnergy());
            return new Site(linear, new Subspace(context().keep(principal.m())), Optional.empty(), Optional.empty());
        }
    }

    private Site opened(Site site, NDArray gradient) {
        var found = site.taken().outside(gradient, settings.rank());
        if (found.a().getShape().get(0) == 0) {
            return site.opened(Optional.empty());
        }
        var b = settings.gradientStart() ? found.b() : found.b().zerosLike();
        return site.opened(Optional.of(new Site.Open(
                context().keep(found.a()),
                context().keep(b),
                settings.gradientStart() ? Optional.of(context().keep(b)) : Optional.empty())));
    }

    private Site grown(Site site, NDArray gradient) {
        var next = site.taken().with(gradient, settings.gradientEnergy());
        return next == site.taken() ? site : site.grown(new Subspace(context().keep(next.m())));
    }

    /** Replaces every layer by what a gradient makes of it. All gradients are those of the layers as they were before. */
    private void replace(StageData data, BiFunction<Site, NDArray, Site> change) {
        var examples = FullGradient.examples(data, settings.share());
        var gradient = new FullGradient(context(), this::prompt);
        var changed = new ArrayList<Site>();
        for (var group : Passes.of(sites, settings.probes())) {
            try (var scope = Scope.open()) {
                var found = gradient.of(group.stream().map(Site::linear).toList(), data, examples);
                for (var i = 0; i < group.size(); i++) {
                    changed.add(change.apply(group.get(i), found.get(i)));
                }
            }
        }
        take(changed);
    }

    private void take(List<Site> changed) {
        var used = Collections.<NDArray>newSetFromMap(new IdentityHashMap<>());
        changed.forEach(site -> used.addAll(site.tensors().values()));
        sites.stream()
                .flatMap(site -> site.tensors().values().stream())
                .filter(tensor -> !used.contains(tensor))
                .forEach(outdated::add);
        sites = List.copyOf(changed);
    }

    @Override
    public List<Parameter> trainable() {
        return sites.stream()
                .flatMap(site -> site.open().stream()
                        .map(open -> new Parameter(site.linear().name() + ".lora_B.weight", open.b())))
                .toList();
    }

    @Override
    public List<PromptedInput> prompt(List<Input> inputs) {
        var inserts =
                sites.stream().flatMap(site -> site.inserts(settings.scale())).toList();
        return inputs.stream().map(input -> new PromptedInput(input, inserts)).toList();
    }

    @Override
    public void endStage(Stage stage, StageData data) {
        take(sites.stream().map(site -> site.closed(context())).toList());
        replace(data, this::grown);
    }

    /** Adapters, and M, which is needed to learn more. */
    @Override
    public Footprint footprint() {
        return new Footprint(trained, sites.stream().mapToLong(Site::size).sum(), 0, 0);
    }

    @Override
    public State save() {
        if (sites.isEmpty()) {
            return State.EMPTY;
        }
        var tensors = new HashMap<String, NDArray>();
        sites.forEach(site -> tensors.putAll(site.tensors()));
        var notes = new HashMap<>(settings.notes());
        notes.put("trained", String.valueOf(trained));
        return new State(tensors, notes);
    }

    @Override
    public void load(State state) {
        if (state.tensors().isEmpty()) {
            sites = List.of();
            return;
        }
        var kept = KeptSites.named(state);
        kept.requireSame(settings.notes());
        sites = KeptSites.read(state, linears(), context());
        trained = Optional.ofNullable(state.metadata().get("trained"))
                .map(Long::parseLong)
                .orElseThrow(() -> kept.unfit("has no metadata trained"));
    }
}
