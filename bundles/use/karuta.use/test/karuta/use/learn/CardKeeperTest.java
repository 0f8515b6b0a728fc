package karuta.use.learn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import karuta.api.KarutaException;
import karuta.api.Task;
import karuta.archive.git.Author;
import karuta.archive.git.Change;
import karuta.archive.git.Guard;
import karuta.archive.git.PoolRepository;
import karuta.archive.git.Snapshot;
import karuta.archive.pool.CardName;
import karuta.archive.pool.CardRecord;
import karuta.archive.pool.Pinned;
import karuta.archive.pool.Policy;
import karuta.archive.pool.PoolFiles;
import karuta.archive.pool.PoolManifest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Cards that are kept in a pool that may have changed while they were learned. */
class CardKeeperTest {

    private static final Author ADA = new Author("Ada", "ada@example.org");
    private static final PoolManifest MANIFEST = new PoolManifest(
            PoolManifest.FORM,
            "0.2.0",
            new Pinned("tiny", "ab"),
            new Pinned("tiny", "cd"),
            Policy.REFUSE,
            "study: s\n");

    @TempDir
    private Path place;

    private final List<String> warnings = new ArrayList<>();
    private Path folder = Path.of("");

    @BeforeEach
    void begin() {
        folder = place.resolve("team.pool");
    }

    private CardKeeper keeper() {
        return new CardKeeper(folder, () -> PoolRepository.open(folder), List.of(), ADA, warnings::add);
    }

    private Draft draft(String card, Earlier earlier, String rest) {
        var data = new TaskData(
                place,
                new CardName(card),
                new Task(card, List.of(), List.of(), "exact"),
                HoldOut.DEFAULT,
                new Task(card, List.of(), List.of(), "exact"),
                "00");
        return new Draft(
                data,
                MANIFEST,
                earlier,
                bytes("weights of " + card),
                bytes(rest),
                Map.of(),
                Map.of(card, 50.0),
                List.of(0.5),
                8,
                Map.of());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Learns, while something happens to the pool. */
    private Draft draftWhile(String card, String rest, Runnable meanwhile) {
        var draft = draft(card, Earlier.of(files(), new CardName(card)), rest);
        meanwhile.run();
        return draft;
    }

    private void keep(String card) {
        keeper().keep(draft(card, Earlier.of(files(), new CardName(card)), "rest"), false);
    }

    private PoolFiles files() {
        return new PoolFiles(PoolRepository.read(folder).head().orElseThrow());
    }

    private void commit(Change change, Instant when) {
        try (var pool = PoolRepository.open(folder)) {
            pool.commit(change, ADA, when, "change");
        }
    }

    private List<String> cards() {
        var files = files();
        files.verify();
        return files.cards().stream().map(CardRecord::task).toList();
    }

    private static String refusal(Supplier<?> work) {
        return assertThrows(KarutaException.class, work::get).getMessage();
    }

    @Test
    void aPoolBeginsWholeOrNotAtAll() throws IOException {
        keeper().keep(draft("invoices", Earlier.none(), "rest"), false);
        assertEquals(List.of("invoices"), cards());
        try (var beside = Files.list(place)) {
            assertEquals(List.of(folder), beside.toList());
        }
        var late = draft("letters", Earlier.none(), "rest");
        assertTrue(refusal(() -> keeper().keep(late, false)).contains("is there already and not empty"));
        assertEquals(List.of("invoices"), cards());
    }

    @Test
    void whatOthersHaveLearnedMeanwhileStays() {
        keeper().keep(draft("invoices", Earlier.none(), "rest"), false);
        var draft = draftWhile("letters", "rest", () -> keep("plans"));
        keeper().keep(draft, false);
        assertEquals(List.of("invoices", "plans", "letters"), cards());
        assertTrue(warnings.toString().contains("\"plans\" has come into the pool meanwhile"), warnings.toString());
    }

    @Test
    void aCardOfTheSameNameIsNotOverwritten() {
        keeper().keep(draft("invoices", Earlier.none(), "rest"), false);
        var draft = draftWhile("letters", "rest", () -> keep("letters"));
        var head = files().snapshot().revision();
        assertTrue(refusal(() -> keeper().keep(draft, false)).contains("it has a card \"letters\" by Ada"));
        assertTrue(refusal(() -> keeper().keep(draft, true)).contains("it has a card \"letters\" by Ada"));
        assertEquals(head, files().snapshot().revision());
        var again = draftWhile("letters", "rest", () -> {});
        keeper().keep(again, true);
        assertEquals(List.of("invoices", "letters"), cards());
    }

    @Test
    void whatBelongsToNoCardAloneIsNotOverwritten() {
        keeper().keep(draft("invoices", Earlier.none(), "rest"), false);
        var same = draftWhile("letters", "new", () -> commit(files().withState(bytes("new")), Instant.now()));
        keeper().keep(same, false);
        var other = draftWhile("plans", "mine", () -> commit(files().withState(bytes("theirs")), Instant.now()));
        assertTrue(refusal(() -> keeper().keep(other, false)).contains("what belongs to no card alone"));
        assertEquals(Optional.of("theirs"), files().state().map(String::new));
    }

    @Test
    void aPoolOfOtherModelsIsRefused() {
        keeper().keep(draft("invoices", Earlier.none(), "rest"), false);
        var other = new PoolManifest(
                PoolManifest.FORM, "0.2.0", MANIFEST.backbone(), new Pinned("clip", "ef"), Policy.REFUSE, "study: s\n");
        var draft = draftWhile("letters", "rest", () -> commit(PoolFiles.begun(other), Instant.now()));
        assertTrue(refusal(() -> keeper().keep(draft, false)).contains("its models or its study are others"));
    }

    @Test
    void aClockThatWasSetBackIsTold() {
        keeper().keep(draft("invoices", Earlier.none(), "rest"), false);
        commit(
                files().withState(bytes("rest")).put("note", bytes("x")),
                Instant.now().plusSeconds(9000));
        keep("letters");
        assertTrue(warnings.toString().contains("one of the two clocks is wrong"), warnings.toString());
        assertEquals(List.of("invoices", "letters"), cards());
    }

    @Test
    void whoMayNotKeepACardIsRefusedBeforeItIsLearned() {
        keeper().keep(draft("invoices", Earlier.none(), "rest"), false);
        var head = files().snapshot().revision();
        keeper().rehearse(new CardName("letters"));
        assertEquals(head, files().snapshot().revision());
        assertEquals(List.of("invoices"), cards());

        Supplier<PoolRepository> guarded = () -> {
            var pool = PoolRepository.open(folder);
            pool.setGuard(new Guard() {
                @Override
                public void admit(Snapshot next) {
                    var card = new PoolFiles(next).card(new CardName("letters"));
                    throw new KarutaException(card.author() + " may not.", "Ask.");
                }

                @Override
                public void made(Snapshot newest) {
                    throw new AssertionError("nothing is made");
                }
            });
            return pool;
        };
        var reader = new CardKeeper(folder, guarded, List.of(), ADA, warnings::add);
        var refusal = assertThrows(KarutaException.class, () -> reader.rehearse(new CardName("letters")));
        assertTrue(refusal.getMessage().contains("Ada <ada@example.org> may not"), refusal.getMessage());
        assertEquals(head, files().snapshot().revision());
    }

    @Test
    void whereNoPoolCanBeMadeNoneIsBegun() throws IOException {
        Files.writeString(place.resolve("file"), "");
        var nowhere = new CardKeeper(
                place.resolve("file/team.pool"), () -> PoolRepository.open(folder), List.of(), ADA, warnings::add);
        var refusal = assertThrows(KarutaException.class, () -> nowhere.rehearse(new CardName("letters")));
        assertTrue(refusal.getMessage().contains("nothing can be written into"), refusal.getMessage());
        keeper().rehearse(new CardName("letters"));
        assertFalse(Files.exists(folder), "nothing has begun");
    }

    @Test
    void onlyALossOfEarlierTasksCounts() {
        keeper().keep(draft("invoices", Earlier.none(), "rest"), false);
        var plain = draft("letters", Earlier.of(files(), new CardName("letters")), "rest");
        var draft = new Draft(
                plain.data(),
                MANIFEST,
                plain.earlier(),
                plain.tensors(),
                plain.rest(),
                Map.of("invoices", 90.0, "letters", 50.0),
                Map.of("invoices", 87.5, "letters", 10.0),
                List.of(),
                8,
                Map.of());
        assertEquals(Map.of("invoices", 2.5), draft.worse(2));
        assertEquals(Map.of(), draft.worse(2.5));
        assertFalse(draft.worse(-100).containsKey("letters"));
    }
}
