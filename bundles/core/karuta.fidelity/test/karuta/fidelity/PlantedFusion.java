package karuta.fidelity;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import karuta.api.Cards;
import karuta.api.Fusion;
import karuta.api.Insert;
import karuta.api.Insert.Tokens;

/** Concatenation, with room for a fault. */
final class PlantedFusion implements Fusion {

    private final Optional<Fault> fault;

    PlantedFusion(Optional<Fault> fault) {
        this.fault = fault;
    }

    @Override
    public List<List<Insert>> fuse(List<Choice> samples, Cards cards) {
        return samples.stream().map(this::fuse).toList();
    }

    private List<Insert> fuse(Choice sample) {
        var prompts = new NDList();
        sample.selection()
                .picks()
                .forEach(pick -> pick.card().inserts().forEach(insert -> {
                    prompts.add(((Tokens) insert).embeddings());
                }));
        if (fault.equals(Optional.of(Fault.SUMMED))) {
            return List.of(new Tokens(NDArrays.stack(prompts).mean(new int[] {0})));
        }
        var inserts = new ArrayList<Insert>();
        prompts.forEach(prompt -> inserts.add(new Tokens(prompt)));
        if (fault.equals(Optional.of(Fault.TURNED))) {
            Collections.reverse(inserts);
        }
        if (fault.equals(Optional.of(Fault.PREFIX))) {
            NDArray last = prompts.get(prompts.size() - 1);
            inserts.add(new Insert.Prefix(0, last, last));
        }
        return inserts;
    }
}
