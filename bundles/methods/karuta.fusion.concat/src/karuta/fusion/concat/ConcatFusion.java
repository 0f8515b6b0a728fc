package karuta.fusion.concat;

import java.util.List;
import java.util.stream.Stream;
import karuta.api.Cards;
import karuta.api.Fusion;
import karuta.api.Insert;
import karuta.api.KarutaException;
import karuta.api.Paper;
import karuta.api.Selection.Pick;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * Puts the chosen cards one after the other, in the order of the selection: the best earlier one nearest to the text,
 * and the one that is being learned last. Knowledge of the earlier tasks thereby reaches the new one (transfer).
 */
@Component(name = "concat", factory = Fusion.KIND)
@Designate(ocd = ConcatFusion.About.class)
@Paper("Zeng, Zhu, Guo, Zhang, Liu: ModalPrompt: Towards Efficient Multimodal Continual Instruction Tuning with"
        + " Dual-Modality Guided Prompt, EMNLP 2025, section 3 (prompt fusion)")
public final class ConcatFusion implements Fusion {

    /** It has no options. */
    @ObjectClassDefinition(
            name = "Concatenation",
            description = "The chosen cards one after the other, the best one nearest to the text.")
    public @interface About {}

    @Override
    public List<List<Insert>> fuse(List<Choice> samples, Cards cards) {
        return samples.stream()
                .map(sample -> sample.selection().picks().stream()
                        .flatMap(ConcatFusion::inserts)
                        .toList())
                .toList();
    }

    private static Stream<Insert> inserts(Pick pick) {
        if (pick.weight().isPresent()) {
            throw new KarutaException(
                    "The fusion \"concat\" cannot weigh cards, but the selector gave card "
                            + pick.card().id() + " a weight.",
                    "Use a fusion that sums by weight, or a selector that only chooses.");
        }
        return pick.card().inserts().stream();
    }
}
