package karuta.lmm.exchange;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import karuta.api.KarutaException;
import karuta.lmm.config.LlavaDecoder;
import karuta.lmm.peft.SoftPrompt;
import karuta.tensor.SavedNames;

/**
 * The cards that the pool {@code prototype} keeps: {@code card.I.prompt} [M, d], and a note with the id of each. Their
 * prototypes have no place in an adapter.
 *
 * @param cards in the pool's order
 */
record PoolState(List<SoftCard> cards) {

    private static final Pattern PROMPT = Pattern.compile("card\\.(\\d{1,9})\\." + SavedNames.PROMPT);

    /** A card without its prototype. */
    record SoftCard(String id, SoftPrompt prompt) {}

    /** Whether a strategy has kept this. */
    static boolean matches(StrategyState kept) {
        return numbers(kept).findAny().isPresent();
    }

    private static IntStream numbers(StrategyState kept) {
        return kept.names().stream()
                .map(PROMPT::matcher)
                .filter(Matcher::matches)
                .mapToInt(name -> Integer.parseInt(name.group(1)))
                .sorted();
    }

    /** @throws KarutaException if it is incomplete, or not of this model */
    static PoolState read(StrategyState kept, LlavaDecoder model, NDManager manager) {
        return new PoolState(numbers(kept)
                .mapToObj(card -> new SoftCard(
                        kept.note(SavedNames.card(card, SavedNames.ID)),
                        new SoftPrompt(prompt(kept, SavedNames.card(card, SavedNames.PROMPT), model, manager))))
                .toList());
    }

    private static NDArray prompt(StrategyState kept, String name, LlavaDecoder model, NDManager manager) {
        var found = kept.shape(name);
        return kept.tensor(
                name,
                new Shape(
                        found.dimension() == 0 ? 1 : found.get(0), model.text().hidden()),
                manager);
    }

    /** Writes a folder for each card. */
    void write(Path out, LlavaDecoder model, Consumer<String> log) {
        var names = new FolderNames();
        for (var card : cards) {
            var folder = out.resolve(names.of(card.id()));
            card.prompt().write(folder, model.text());
            var length = card.prompt().embeddings().getShape().get(0);
            log.accept("card " + card.id() + ", " + length + " soft tokens: " + folder);
        }
        log.accept("note: PEFT puts soft tokens before the start token (BOS). A study does so where its backbone says"
                + " softTokens: beforeStart;\nby default they are behind it, as in ModalPrompt, and with such prompts"
                + " PEFT answers otherwise than the study did");
    }
}
