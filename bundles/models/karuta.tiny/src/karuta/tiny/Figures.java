package karuta.tiny;

import java.util.LinkedHashMap;
import java.util.Map;
import karuta.api.Pretraining.Progress;

/** Running means of what is worth watching, told now and then. */
final class Figures {

    private static final double INERTIA = 0.97;
    private static final int EVERY = 50;

    private final String stage;
    private final int steps;
    private final Progress progress;
    private final Map<String, Double> means = new LinkedHashMap<>();

    Figures(String stage, int steps, Progress progress) {
        this.stage = stage;
        this.steps = steps;
        this.progress = progress;
    }

    void note(String name, double value) {
        means.merge(name, value, (mean, next) -> INERTIA * mean + (1 - INERTIA) * next);
    }

    /** @param step from 0, just done */
    void done(int step) {
        if ((step + 1) % EVERY == 0 || step + 1 == steps) {
            progress.at(stage, step + 1, steps, Map.copyOf(means));
        }
    }
}
