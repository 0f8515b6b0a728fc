package karuta.method.disco;

import java.util.List;
import java.util.stream.Stream;
import karuta.api.Cards;
import karuta.api.Fusion;
import karuta.api.Insert;
import karuta.api.Insert.Adapter;
import karuta.api.Paper;
import karuta.api.Selection.Pick;
import org.osgi.service.component.annotations.Component;

/**
 * DISCO's mixture in every layer, {@code y += s sum_i w_i B_i A_i x} with the weights of the picks; a pick without one counts
 * fully.
 */
@Component(name = "fusion.disco", factory = Fusion.KIND)
@Paper(
        "Guo et al.: Federated Continual Instruction Tuning, ICCV 2025 (DISCO); details from the code, github.com/Ghy0501/FCIT")
public final class DiscoFusion implements Fusion {

    @Override
    public List<List<Insert>> fuse(List<Choice> samples, Cards cards) {
        return samples.stream()
                .map(sample -> sample.selection().picks().stream()
                        .flatMap(DiscoFusion::weighted)
                        .toList())
                .toList();
    }

    private static Stream<Insert> weighted(Pick pick) {
        return pick.card().inserts().stream()
                .map(Adapter.class::cast)
                .map(adapter -> new Adapter(adapter.linear(), adapter.delta(), pick.weight()));
    }
}
