package karuta.use.learn;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import karuta.api.KarutaException;
import karuta.api.State;
import karuta.archive.pool.CardName;
import karuta.archive.pool.CardRecord;
import karuta.archive.pool.CardStates;
import karuta.engine.loop.Evaluation;
import karuta.engine.loop.StageListener;
import karuta.engine.loop.StageResult;

/** Takes what comes out of a lesson: the evaluation before it, the one after it, and the new card. */
final class LessonResults implements StageListener {

    private static final double PERCENT = 100;

    /** So many cards are named in a message. */
    private static final int NAMED = 3;

    private final List<String> earlier;
    private final CardName card;
    private Optional<Evaluation> before = Optional.empty();
    private Optional<Evaluation> after = Optional.empty();
    private Optional<StageResult> result = Optional.empty();
    private Optional<CardStates> states = Optional.empty();
    private Map<String, byte[]> known = Map.of();

    /**
     * @param earlier the cards that are there, in their order
     * @param card the one that is learned
     */
    LessonResults(List<String> earlier, CardName card) {
        this.earlier = List.copyOf(earlier);
        this.card = card;
    }

    @Override
    public void complete(Optional<StageResult> done, Evaluation evaluation, Map<String, State> kept) {
        if (done.isEmpty()) {
            before = Optional.of(evaluation);
            known = earlier.isEmpty() ? Map.of() : byId(CardStates.split(kept));
        } else {
            result = done;
            after = Optional.of(evaluation);
            states = Optional.of(CardStates.split(kept));
        }
    }

    private static Map<String, byte[]> byId(CardStates states) {
        var files = new LinkedHashMap<String, byte[]>();
        states.cards().forEach(part -> files.put(part.id(), part.tensors()));
        return files;
    }

    StageResult result() {
        return result.orElseThrow();
    }

    /**
     * The new card's file.
     *
     * @throws KarutaException if it is not the only new one, or another card is not as it was
     */
    byte[] card() {
        var now = byId(states.orElseThrow());
        known.forEach((id, file) -> {
            if (!Arrays.equals(file, now.get(id))) {
                throw new KarutaException(
                        "The arm has changed the card \"" + id + "\", and a pool's earlier cards stay as they are.",
                        "Take an arm whose cards do not change later, such as ModalPrompt.");
            }
        });
        now.keySet().removeAll(known.keySet());
        var file = now.remove(card.value());
        if (file == null || !now.isEmpty()) {
            throw new KarutaException(
                    (file == null ? "The arm has made no card for the task" : "The arm has made one card for the task")
                            + others(List.copyOf(now.keySet())) + ".",
                    "Take an arm that makes one, such as ModalPrompt.");
        }
        return file;
    }

    private static String others(List<String> cards) {
        var more = cards.size() - NAMED;
        return cards.isEmpty()
                ? ""
                : ", and others: " + String.join(", ", cards.subList(0, Math.min(NAMED, cards.size())))
                        + (more > 0 ? " and " + more + " more" : "");
    }

    byte[] rest() {
        return states.orElseThrow().rest();
    }

    /** Scores before, by task, in percent; of what is validated alone. */
    Map<String, Double> scoresBefore() {
        return scores(before.orElseThrow());
    }

    /** Scores after. */
    Map<String, Double> scoresAfter() {
        return scores(after.orElseThrow());
    }

    private Map<String, Double> scores(Evaluation evaluation) {
        var scores = new LinkedHashMap<String, Double>();
        earlier.forEach(task -> put(task, evaluation, scores));
        put(card.value(), evaluation, scores);
        return scores;
    }

    private static void put(String task, Evaluation evaluation, Map<String, Double> scores) {
        Optional.ofNullable(evaluation.values().get(task)).ifPresent(value -> scores.put(task, PERCENT * value));
    }

    /** What a watched task scored before and after, in words; empty if nothing was asked of it. */
    Optional<String> watched(String task) {
        return Optional.ofNullable(after.orElseThrow().values().get(task))
                .map(value -> String.format(
                        Locale.ROOT,
                        "%.1f before, %.1f after",
                        PERCENT * before.orElseThrow().values().get(task),
                        PERCENT * value));
    }

    /** See {@link CardRecord}. */
    List<Double> likeness() {
        return CardRecord.kept(after.orElseThrow().predictions().stream()
                .filter(prediction -> prediction.task().equals(card.value()))
                .flatMap(prediction -> prediction.best().stream())
                .flatMap(best -> best.score().stream().boxed())
                .sorted()
                .toList());
    }
}
