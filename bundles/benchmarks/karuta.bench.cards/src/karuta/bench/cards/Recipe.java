package karuta.bench.cards;

import java.util.List;
import java.util.Optional;
import karuta.api.RandomStream;

/**
 * What a sample is drawn from, apart from chance.
 *
 * @param part of a task that shares samples with another one; empty in other tasks
 * @param domain of its picture
 * @param tone of its picture; empty if it is the domain's
 * @param asks what may be asked
 */
record Recipe(Optional<Part> part, Domain domain, Optional<Tone> tone, List<QuestionType> asks) {

    /** Copies the list. */
    Recipe {
        asks = List.copyOf(asks);
    }

    /** The scene of a place. */
    Scene scene(RandomStream draws) {
        var scene = domain.scene(draws);
        return tone.map(scene::in).orElse(scene);
    }
}
