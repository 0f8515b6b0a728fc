package karuta.scoring.pair;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import karuta.api.KarutaException;
import karuta.api.Query;
import karuta.api.Sample;
import karuta.scoring.file.GivenAnswer;

/**
 * The samples that were asked.
 *
 * @param name what they are, such as suite and task, for messages
 * @param samples in their order, of different ids
 */
public record Gold(String name, List<Sample> samples) {

    /** Copies the list. */
    public Gold {
        samples = List.copyOf(samples);
    }

    /**
     * What a file of predictions itself says of the samples: references, image, prompt. Fields that rules need beyond these
     * are not there.
     *
     * @throws KarutaException if a record has no reference
     */
    public static Gold of(AnswerSource source) {
        var samples = new ArrayList<Sample>();
        var ids = new HashSet<String>();
        source.each(answer -> {
            var id = answer.id().orElseGet(() -> Integer.toString(samples.size() + 1));
            if (ids.add(id)) {
                samples.add(sample(id, answer, source));
            }
        });
        return new Gold("what " + source.name() + " says itself", samples);
    }

    private static Sample sample(String id, GivenAnswer answer, AnswerSource source) {
        if (answer.references().isEmpty()) {
            throw new KarutaException(
                    source.name() + " does not say what was expected (of the answer to " + id + ", for one).",
                    "Say what it answers: --suite and --task, or --data with a folder of tasks.");
        }
        var fields = new HashMap<String, List<String>>();
        answer.image().ifPresent(path -> fields.put("image", List.of(path)));
        return new Sample(id, new Query(Optional.empty(), answer.prompt().orElse("")), answer.references(), fields);
    }
}
