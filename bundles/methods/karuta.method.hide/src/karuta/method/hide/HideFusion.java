package karuta.method.hide;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.stream.Stream;
import karuta.api.Card;
import karuta.api.Cards;
import karuta.api.Fusion;
import karuta.api.Insert;
import karuta.api.Insert.Adapter;
import karuta.api.Paper;
import karuta.api.Selection;
import karuta.api.Selection.Pick;
import karuta.api.StrategyBase;
import karuta.api.TrainingStep;
import karuta.tensor.AdapterDropout;
import karuta.tensor.LoraLayer;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/**
 * HiDe-LLaVA's expansion and fusion. With adapters B_i A_i of tasks i = 1..t, weights w of the selector and s their scale:
 *
 * <pre>
 *   top layer   mixture    y += s sum_i w_i B_i A_i x            best      y += s B_j A_j x,  j the heaviest
 *   below       factors    y += s (sum_i B_i) (sum_i A_i) x      products  y += s sum_i B_i A_i x
 *               mean       y += s / t  sum_i B_i A_i x
 * </pre>
 *
 * <p>In training the open card's adapters alone, in all layers.
 */
@Component(name = "fusion.hide", factory = Fusion.KIND)
@Designate(ocd = HideFusion.Options.class)
@Paper("Guo et al.: HiDe-LLaVA, ACL 2025; details from the code, github.com/Ghy0501/HiDe-LLaVA")
public final class HideFusion extends StrategyBase implements Fusion {

    /** Options of this fusion. */
    @ObjectClassDefinition(
            name = "HiDe-LLaVA",
            description = "Mixes adapters in the top layer and fuses those below for good.")
    public @interface Options {

        /** By default as the authors' code has it, cross terms B_i A_j and all; Prism's port has products, others a mean. */
        @AttributeDefinition(
                description = "Below the top layer: the product of summed factors, the sum of products, or their mean.",
                options = {@Option("factors"), @Option("products"), @Option("mean")})
        String fuse() default "factors";

        /** By default as the authors' code has it; Prism's port takes the best. */
        @AttributeDefinition(
                description = "In the top layer: all adapters by their weights, or that of the largest weight.",
                options = {@Option("mixture"), @Option("best")})
        String top() default "mixture";

        /** As the authors' code has it. */
        @AttributeDefinition(
                description = "Share of the trained adapter's input that is dropped in training.",
                min = "0",
                max = "0.99")
        double dropout() default 0.05;
    }

    private final String fuse;
    private final boolean best;
    private final double dropout;

    @Activate
    public HideFusion(Options options) {
        fuse = options.fuse();
        best = options.top().equals("best");
        dropout = options.dropout();
    }

    /** The adapters below the top layer: the same objects for all samples. */
    private record Below(List<Insert> adapters) implements AutoCloseable {

        @Override
        public void close() {
            adapters.forEach(adapter -> {
                pair(adapter).a().close();
                pair(adapter).b().close();
            });
        }
    }

    @Override
    public List<List<Insert>> fuse(List<Choice> samples, Cards cards) {
        if (cards.trainable().length > 0) {
            return samples.stream()
                    .map(sample -> sample.selection().picks().get(0).card().inserts())
                    .toList();
        }
        var below = cards.once(Below.class, this::below).adapters();
        return samples.stream().map(sample -> with(below, sample.selection())).toList();
    }

    @Override
    public List<List<Insert>> fuse(List<Choice> samples, Cards cards, TrainingStep step) {
        return AdapterDropout.in(fuse(samples, cards), dropout, step.random());
    }

    private List<Insert> with(List<Insert> below, Selection selection) {
        var inserts = new ArrayList<>(below);
        if (best) {
            inserts.addAll(heaviest(selection).card().inserts().stream()
                    .filter(this::top)
                    .toList());
        } else {
            selection.picks().forEach(pick -> mixed(pick).forEach(inserts::add));
        }
        return inserts;
    }

    /** The order of weights is that of scores; of equals the newer one. */
    private static Pick heaviest(Selection selection) {
        return selection.picks().stream()
                .reduce((one, other) -> Comparator.comparingDouble(Pick::score).compare(other, one) >= 0 ? other : one)
                .orElseThrow();
    }

    private Stream<Adapter> mixed(Pick pick) {
        return pick.card().inserts().stream()
                .filter(this::top)
                .map(Adapter.class::cast)
                .map(adapter -> new Adapter(adapter.linear(), adapter.delta(), pick.weight()));
    }

    private Below below(List<Card> cards) {
        if (cards.isEmpty()) {
            return new Below(List.of());
        }
        return new Below(cards.get(0).inserts().stream()
                .filter(insert -> !top(insert))
                .map(insert -> ((Adapter) insert).linear())
                .<Insert>map(linear -> new Adapter(linear, fused(linear, cards)))
                .toList());
    }

    private LoraLayer fused(String linear, List<Card> cards) {
        var pairs = cards.stream()
                .flatMap(card -> card.inserts().stream())
                .filter(insert -> ((Adapter) insert).linear().equals(linear))
                .map(HideFusion::pair)
                .toList();
        var scale = pairs.get(0).scale();
        return fuse.equals("factors")
                ? joined(pairs, NDArray::add, NDArray::add, scale)
                : joined(
                        pairs,
                        (one, other) -> NDArrays.concat(new NDList(one, other)),
                        (one, other) -> NDArrays.concat(new NDList(one, other), 1),
                        fuse.equals("mean") ? scale / pairs.size() : scale);
    }

    private LoraLayer joined(
            List<LoraLayer> pairs, BinaryOperator<NDArray> joinA, BinaryOperator<NDArray> joinB, double scale) {
        return new LoraLayer(
                context().keep(pairs.stream().map(LoraLayer::a).reduce(joinA).orElseThrow()),
                context().keep(pairs.stream().map(LoraLayer::b).reduce(joinB).orElseThrow()),
                scale);
    }

    private static LoraLayer pair(Insert adapter) {
        return (LoraLayer) ((Adapter) adapter).delta();
    }

    private boolean top(Insert adapter) {
        return ((Adapter) adapter)
                .linear()
                .startsWith("layers." + (context().backbone().spec().layers() - 1) + ".");
    }
}
