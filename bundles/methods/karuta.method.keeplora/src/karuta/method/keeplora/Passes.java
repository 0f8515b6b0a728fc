package karuta.method.keeplora;

import java.util.ArrayList;
import java.util.List;
import karuta.api.BackboneSpec.Linear;

/** Which layers' gradients are taken in one pass over the examples: more of them take fewer passes, and more memory. */
final class Passes {

    /** What the probes of a pass may take where no number of layers is set. */
    private static final long BUDGET = 1L << 30;

    /** The probe, its gradient and the sum over examples, each as large as the weight. */
    private static final int COPIES = 3;

    private Passes() {}

    /**
     * All layers in their order, cut into passes.
     *
     * @param most layers of a pass; 0 for as many as fit into the budget, at least one
     */
    static List<List<Site>> of(List<Site> sites, int most) {
        var passes = new ArrayList<List<Site>>();
        var from = 0;
        var taken = 0L;
        for (var i = 0; i < sites.size(); i++) {
            var bytes = bytes(sites.get(i).linear());
            if (i > from && (most == 0 ? taken + bytes > BUDGET : i - from == most)) {
                passes.add(sites.subList(from, i));
                from = i;
                taken = 0;
            }
            taken += bytes;
        }
        if (from < sites.size()) {
            passes.add(sites.subList(from, sites.size()));
        }
        return passes;
    }

    private static long bytes(Linear linear) {
        return (long) COPIES * Float.BYTES * linear.in() * linear.out();
    }
}
