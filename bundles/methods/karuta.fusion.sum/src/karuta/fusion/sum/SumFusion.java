package karuta.fusion.sum;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import karuta.api.Cards;
import karuta.api.Fusion;
import karuta.api.Insert;
import karuta.api.Insert.Adapter;
import karuta.api.Insert.Prefix;
import karuta.api.Insert.Tokens;
import karuta.api.KarutaException;
import karuta.api.Paper;
import karuta.api.Selection.Pick;
import karuta.tensor.Inserts;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * Sums the chosen cards by the weights that the selector gave them: the soft tokens to one prompt, the prefixes of a layer to one
 * prefix, both as long as those of one card; adapters count by their card's weight. A card without a weight counts fully. Gradients
 * flow into weights and cards.
 */
@Component(name = "sum", factory = Fusion.KIND)
@Designate(ocd = SumFusion.About.class)
@Paper("Smith, Karlinsky, Gutta, Cascante-Bonilla, Kim, Arbelle, Panda, Feris, Kira: CODA-Prompt: COntinual Decomposed"
        + " Attention-based Prompting for Rehearsal-Free Continual Learning, CVPR 2023, equation 3")
public final class SumFusion implements Fusion {

    /** It has no options. */
    @ObjectClassDefinition(name = "Sum", description = "The chosen cards summed by their weights.")
    public @interface About {}

    /**
     * Something of a chosen card that is summed.
     *
     * @param card its id
     * @param array {@code [M, size]}
     * @param weight empty for fully
     */
    private record Term(String card, NDArray array, Optional<NDArray> weight) {}

    /** Samples that have chosen the same cards share what is stacked of these; each has a sum of its own, whatever its company. */
    @Override
    public List<List<Insert>> fuse(List<Choice> samples, Cards cards) {
        var stacks = new HashMap<List<String>, NDArray>();
        return samples.stream()
                .map(sample -> fuse(sample.selection().picks(), stacks))
                .toList();
    }

    private static List<Insert> fuse(List<Pick> picks, Map<List<String>, NDArray> stacks) {
        var sites = new LinkedHashMap<String, List<Term>>();
        var prefixes = new LinkedHashMap<Integer, String>();
        var fused = new ArrayList<Insert>();
        for (var pick : picks) {
            for (var insert : pick.card().inserts()) {
                if (insert instanceof Tokens tokens) {
                    add(sites, "tokens", pick, tokens.embeddings());
                } else if (insert instanceof Prefix prefix) {
                    var site = "layer " + prefix.layer();
                    prefixes.put(prefix.layer(), site);
                    add(sites, site + " keys", pick, prefix.keys());
                    add(sites, site + " values", pick, prefix.values());
                } else if (insert instanceof Adapter adapter) {
                    fused.add(pick.weight()
                            .map(weight -> Inserts.weighed(adapter, weight))
                            .orElse(adapter));
                }
            }
        }
        Function<String, NDArray> sum = site -> sum(site, sites.get(site), stacks);
        if (sites.containsKey("tokens")) {
            fused.add(new Tokens(sum.apply("tokens")));
        }
        prefixes.forEach(
                (layer, site) -> fused.add(new Prefix(layer, sum.apply(site + " keys"), sum.apply(site + " values"))));
        return fused;
    }

    private static void add(Map<String, List<Term>> sites, String site, Pick pick, NDArray array) {
        sites.computeIfAbsent(site, key -> new ArrayList<>())
                .add(new Term(pick.card().id(), array, pick.weight()));
    }

    private static NDArray sum(String site, List<Term> terms, Map<List<String>, NDArray> stacks) {
        var key = new ArrayList<>(terms.stream().map(Term::card).toList());
        key.add(site);
        NDArray stacked = stacks.computeIfAbsent(key, missing -> stacked(site, terms));
        NDArray fully = stacked.getManager().ones(new Shape());
        NDArray weights = NDArrays.stack(new NDList(
                terms.stream().map(term -> term.weight().orElse(fully)).toList()));
        return stacked.mul(weights.reshape(-1, 1, 1)).sum(new int[] {0});
    }

    /** {@code [cards, M, size]}. */
    private static NDArray stacked(String site, List<Term> terms) {
        var shape = terms.get(0).array().getShape();
        for (var term : terms) {
            if (!term.array().getShape().equals(shape)) {
                throw new KarutaException(
                        "The fusion \"sum\" cannot add the " + site + " of card " + term.card() + ", "
                                + term.array().getShape() + ", to others of shape " + shape + ".",
                        "Use a pool whose cards are of one size, or the fusion \"concat\".");
            }
        }
        return NDArrays.stack(new NDList(terms.stream().map(Term::array).toList()));
    }
}
