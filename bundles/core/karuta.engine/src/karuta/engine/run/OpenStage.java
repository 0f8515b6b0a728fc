package karuta.engine.run;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import karuta.api.Forward;
import karuta.api.State;
import karuta.api.Strategy;
import karuta.api.Trainable;
import karuta.api.TrainingStep;

/**
 * What the strategies of a run have changed in the steps of a stage that is open.
 *
 * @param members by their place in the arm
 */
record OpenStage(Map<String, Strategy> members) {

    /** What each has changed; empty if one of them cannot say. */
    Optional<Map<String, State>> save() {
        var states = new HashMap<String, State>();
        for (var member : trainables().toList()) {
            var own = saved(member.getValue());
            if (own.isEmpty()) {
                return Optional.empty();
            }
            states.put(member.getKey(), own.get());
        }
        return Optional.of(states);
    }

    private static Optional<State> saved(Trainable member) {
        return isSilent(member) ? Optional.empty() : member.saveWithin();
    }

    /** Gives each what it had changed. */
    void load(Map<String, State> states) {
        trainables().forEach(member -> member.getValue().loadWithin(states.getOrDefault(member.getKey(), State.EMPTY)));
    }

    /** The places of those that cannot say what they change in a step. */
    List<String> silent() {
        return trainables()
                .filter(member -> saved(member.getValue()).isEmpty())
                .map(Map.Entry::getKey)
                .toList();
    }

    private Stream<Map.Entry<String, Trainable>> trainables() {
        return members.entrySet().stream()
                .filter(member -> member.getValue() instanceof Trainable)
                .map(member -> Map.entry(member.getKey(), (Trainable) member.getValue()));
    }

    /** One that does something after each step, and does not say what: it was made before anybody asked. */
    private static boolean isSilent(Trainable member) {
        return isOwn(member, "afterStep", Forward.class, TrainingStep.class) && !isOwn(member, "saveWithin");
    }

    private static boolean isOwn(Trainable member, String method, Class<?>... parameters) {
        try {
            var declared = member.getClass().getMethod(method, parameters).getDeclaringClass();
            return declared.getPackage() != Trainable.class.getPackage();
        } catch (NoSuchMethodException impossible) {
            throw new IllegalStateException("every Trainable has " + method, impossible);
        }
    }
}
