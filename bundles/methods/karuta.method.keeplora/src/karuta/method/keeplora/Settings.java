package karuta.method.keeplora;

import java.util.List;
import java.util.Map;

/** The options of a run; see {@link KeepLoraOptions}. */
record Settings(
        int rank,
        double alpha,
        double weightEnergy,
        double gradientEnergy,
        double share,
        int probes,
        boolean gradientStart,
        List<String> targets) {

    static Settings of(KeepLoraOptions options) {
        return new Settings(
                options.rank(),
                options.alpha(),
                options.weightEnergy(),
                options.gradientEnergy(),
                options.share(),
                options.probes(),
                options.gradientStart(),
                List.of(options.targets()));
    }

    double scale() {
        return alpha / rank;
    }

    /** What a kept state must have in common with a run that takes it up. */
    Map<String, String> notes() {
        return Map.of("rank", String.valueOf(rank), "alpha", String.valueOf(alpha));
    }
}
