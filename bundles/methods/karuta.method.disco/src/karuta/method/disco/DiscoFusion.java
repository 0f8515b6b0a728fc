package karuta.method.disco;

import java.util.List;
import java.util.stream.Stream;
import karuta.api.Cards;
import karuta.api.Fusion;
import karuta.api.Insert;
import karuta.api.Insert.Adapter;
import karuta.api.Paper;
import karuta.api.Selection.Pick;
import karuta.api.TrainingStep;
import karuta.tensor.AdapterDropout;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * DISCO's mixture in every layer, {@code y += s sum_i w_i B_i A_i x} with the weights of the picks; a pick without one counts
 * fully.
 */
@Component(name = "fusion.disco", factory = Fusion.KIND)
@Paper(
        "Guo et al.: Federated Continual Instruction Tuning, ICCV 2025 (DISCO); details from the code, github.com/Ghy0501/FCIT")
@Designate(ocd = DiscoFusion.Options.class)
public final class DiscoFusion implements Fusion {

    /** Options of this fusion. */
    @ObjectClassDefinition(name = "DISCO", description = "Adds the adapters of all cards by their weights.")
    public @interface Options {

        /** As the authors' code has it. */
        @AttributeDefinition(
                description = "Share of the trained adapter's input that is dropped in training.",
                min = "0",
                max = "0.99")
        double dropout() default 0.05;
    }

    private final double dropout;

    @Activate
    public DiscoFusion(Options options) {
        dropout = options.dropout();
    }

    @Override
    public List<List<Insert>> fuse(List<Choice> samples, Cards cards) {
        return samples.stream()
                .map(sample -> sample.selection().picks().stream()
                        .flatMap(DiscoFusion::weighted)
                        .toList())
                .toList();
    }

    @Override
    public List<List<Insert>> fuse(List<Choice> samples, Cards cards, TrainingStep step) {
        return AdapterDropout.in(fuse(samples, cards), dropout, step.random());
    }

    private static Stream<Insert> weighted(Pick pick) {
        return pick.card().inserts().stream()
                .map(Adapter.class::cast)
                .map(adapter -> new Adapter(adapter.linear(), adapter.delta(), pick.weight()));
    }
}
