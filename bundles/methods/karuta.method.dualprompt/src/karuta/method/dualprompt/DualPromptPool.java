package karuta.method.dualprompt;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import karuta.api.Card;
import karuta.api.Forward;
import karuta.api.Guidance;
import karuta.api.Insert;
import karuta.api.Insert.Prefix;
import karuta.api.KarutaException;
import karuta.api.Paper;
import karuta.api.PromptPool;
import karuta.api.RandomStream;
import karuta.api.Stage;
import karuta.api.StageData;
import karuta.api.TrainingStep;
import karuta.tensor.CardShelf;
import karuta.tensor.GuidanceFeatures;
import karuta.tensor.Initial;
import karuta.tensor.Ops;
import karuta.tensor.Room;
import karuta.tensor.Scope;
import karuta.tensor.ShelfPool;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/**
 * DualPrompt's pool: a general card of prefixes, without a key, which every stage trains, and an expert card of prefixes per stage with
 * a key {@code [1, c]}. A loss {@code -pull mean cos(query, key)} draws the stage's key to its queries. Prefixes and keys start uniform
 * in [-1, 1]. Expert cards of earlier stages never change; the general card does, as published.
 */
@Component(name = "pool.dualprompt", factory = PromptPool.KIND)
@Designate(ocd = DualPromptPool.Options.class)
@Paper("Wang, Zhang, Ebrahimi, Sun, Zhang, Lee, Ren, Su, Perot, Dy, Pfister: DualPrompt: Complementary Prompting for"
        + " Rehearsal-free Continual Learning, ECCV 2022, section 4")
public final class DualPromptPool extends ShelfPool implements PromptPool {

    private static final String GENERAL = "general";

    /** Options of this pool. */
    @ObjectClassDefinition(
            name = "DualPrompt's pool",
            description = "A general prompt that all tasks train, and an expert prompt per task.")
    public @interface Options {

        @AttributeDefinition(description = "Length of the general prefixes.", min = "1")
        int generalLength() default 5;

        @AttributeDefinition(description = "Decoder layers with a general prefix, from 0; may be empty.")
        int[] generalLayers() default {0, 1};

        @AttributeDefinition(description = "Length of the expert prefixes.", min = "1")
        int expertLength() default 5;

        @AttributeDefinition(description = "Decoder layers with an expert prefix, from 0; at least one.")
        int[] expertLayers() default {2, 3, 4};

        @AttributeDefinition(
                description = "Whether an expert starts as a copy of the one before, as in the public code, rather than"
                        + " afresh.")
        boolean copy() default true;

        @AttributeDefinition(description = "How strongly the key is drawn to the queries (lambda).", min = "0")
        double pull() default 1;

        @AttributeDefinition(
                description = "The feature that keys are compared with; in the paper that of the image.",
                options = {@Option(Guidance.IMAGE), @Option(Guidance.TEXT)})
        String feature() default Guidance.IMAGE;
    }

    /**
     * Prefixes of one kind of card.
     *
     * @param option that names the layers
     * @param layers where
     * @param length of each
     */
    record Site(String option, List<Integer> layers, int length) {}

    private final Site general;
    private final Site expert;
    private final boolean copy;
    private final double pull;
    private final String feature;

    @Activate
    public DualPromptPool(Options options) {
        this(
                new Site("generalLayers", list(options.generalLayers()), options.generalLength()),
                new Site("expertLayers", list(options.expertLayers()), options.expertLength()),
                options.copy(),
                options.pull(),
                options.feature());
    }

    DualPromptPool(Site general, Site expert, boolean copy, double pull, String feature) {
        super("dualprompt");
        this.general = general;
        this.expert = expert;
        this.copy = copy;
        this.pull = pull;
        this.feature = feature;
    }

    private static List<Integer> list(int[] numbers) {
        return Arrays.stream(numbers).boxed().toList();
    }

    @Override
    public void beginStage(Stage stage, StageData data) {
        requireLayers(general);
        requireLayers(expert);
        if (expert.layers().isEmpty()) {
            throw new KarutaException(
                    "\"expertLayers\" of pool.dualprompt is empty, so that no task would have a prompt of its own.",
                    "Name at least one layer.");
        }
        Room.forLearned("the prefixes of pool.dualprompt", size(general) + size(expert));
        var draws = context().random("pool.dualprompt");
        var experts =
                shelf().cards().stream().filter(card -> !card.keys().isEmpty()).toList();
        if (shelf().cards().isEmpty() && !general.layers().isEmpty()) {
            shelf().train(List.of(
                    new Card(GENERAL, Optional.empty(), true, Map.of(), prefixes(general, draws.fork(GENERAL)))));
        }
        shelf().train(card -> card.keys().isEmpty());
        var own = draws.fork(stage.number());
        var key = uniform(new Shape(1, context().encoder().size(feature)), own.fork("key"));
        var inserts = copy && !experts.isEmpty()
                ? experts.get(experts.size() - 1).inserts().stream()
                        .map(this::copied)
                        .toList()
                : prefixes(expert, own);
        shelf().train(List.of(new Card(
                shelf().unused(String.join("+", stage.tasks())),
                CardShelf.task(stage),
                true,
                Map.of(feature, key),
                inserts)));
    }

    private void requireLayers(Site site) {
        var most = context().backbone().spec().layers();
        if (site.layers().stream().anyMatch(layer -> layer < 0 || layer >= most)) {
            throw new KarutaException(
                    "\"" + site.option() + "\" of pool.dualprompt is " + site.layers()
                            + ", but the backbone has the layers 0 to " + (most - 1) + ".",
                    "Name layers that it has.");
        }
    }

    private double size(Site site) {
        return 2.0
                * site.layers().size()
                * site.length()
                * context().backbone().spec().keyValueSize();
    }

    private List<Insert> prefixes(Site site, RandomStream draws) {
        var shape = new Shape(site.length(), context().backbone().spec().keyValueSize());
        return site.layers().stream()
                .<Insert>map(layer -> new Prefix(
                        layer,
                        uniform(shape, draws.fork("keys").fork(layer)),
                        uniform(shape, draws.fork("values").fork(layer))))
                .toList();
    }

    private NDArray uniform(Shape shape, RandomStream draws) {
        try (var scope = Scope.open()) {
            return context().keep(Initial.uniform(context().manager(), shape, 1, draws));
        }
    }

    private Insert copied(Insert insert) {
        var prefix = (Prefix) insert;
        return new Prefix(
                prefix.layer(), context().keep(prefix.keys()), context().keep(prefix.values()));
    }

    /** Of the card that is trained, whose key belongs to the stage: training knows the task, as published. */
    @Override
    public Map<String, NDArray> losses(Forward forward, TrainingStep step) {
        var open = shelf().cards().stream()
                .filter(card -> card.trainable() && !card.keys().isEmpty())
                .toList();
        if (pull == 0 || open.isEmpty()) {
            return Map.of();
        }
        NDArray cosines =
                Ops.cosine(GuidanceFeatures.of(forward.guidance(), feature), GuidanceFeatures.keys(open, feature));
        return Map.of("pull", Ops.scale(cosines.mean(), -pull));
    }

    @Override
    protected boolean fits(Card card) {
        var site = card.keys().isEmpty() ? general : expert;
        var width = context().backbone().spec().keyValueSize();
        var shape = new Shape(site.length(), width);
        var prefixes = card.inserts().stream().map(Prefix.class::cast).toList();
        return prefixes.stream().map(Prefix::layer).toList().equals(site.layers())
                && prefixes.stream()
                        .flatMap(prefix -> Stream.of(prefix.keys(), prefix.values()))
                        .allMatch(array -> array.getShape().equals(shape))
                && card.keys().values().stream()
                        .allMatch(key -> key.getShape()
                                .equals(new Shape(1, context().encoder().size(feature))));
    }
}
