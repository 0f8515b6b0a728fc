package my.lab.weighing;

import java.util.List;
import karuta.api.Cards;
import karuta.api.Fusion;
import karuta.api.Insert;
import karuta.api.Selection.Pick;
import karuta.api.StrategyBase;
import karuta.tensor.Inserts;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Puts the chosen cards one after the other, each frozen one weighed by {@code n exp(score) / sum exp(score)}: 1 on the average. */
@Component(name = "weighing", factory = Fusion.KIND)
@Designate(ocd = Weighing.About.class)
public final class Weighing extends StrategyBase implements Fusion {

    @ObjectClassDefinition(
            description = "Puts cards one after the other, weighed by their scores. Needs a selector with scores.")
    public @interface About {}

    @Override
    public List<List<Insert>> fuse(List<Choice> samples, Cards cards) {
        return samples.stream()
                .map(sample -> weighed(sample.selection().picks()))
                .toList();
    }

    private List<Insert> weighed(List<Pick> picks) {
        var frozen = picks.stream().filter(pick -> !pick.card().trainable()).toList();
        var mean = frozen.stream()
                .mapToDouble(pick -> Math.exp(pick.score()))
                .average()
                .orElse(1);
        return picks.stream()
                .flatMap(pick -> pick.card().inserts().stream()
                        .map(insert -> pick.card().trainable()
                                ? insert
                                : Inserts.weighed(insert, Math.exp(pick.score()) / mean, context())))
                .toList();
    }
}
