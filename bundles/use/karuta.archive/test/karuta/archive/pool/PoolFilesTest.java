package karuta.archive.pool;

import static karuta.archive.pool.Pools.ADA;
import static karuta.archive.pool.Pools.MANIFEST;
import static karuta.archive.pool.Pools.NOON;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.exceptionfactory.jagged.x25519.X25519KeyPairGenerator;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import karuta.api.KarutaException;
import karuta.archive.age.Identity;
import karuta.archive.age.Recipient;
import karuta.archive.git.Change;
import karuta.archive.git.PoolRepository;
import karuta.files.Sha256;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Cards in a repository. */
class PoolFilesTest {

    private PoolRepository pool;

    @BeforeEach
    void begin(@TempDir Path place) {
        pool = PoolRepository.create(place.resolve("team.pool"));
        commit(PoolFiles.begun(MANIFEST));
    }

    @AfterEach
    void end() {
        pool.close();
    }

    @Test
    void whatIsWrittenIsRead() {
        var card = card("invoices", 0, "weights");
        commit(files().with(card, bytes("weights")));
        assertEquals(MANIFEST, files().manifest());
        assertEquals(List.of(card), files().cards());
        assertArrayEquals(bytes("weights"), files().tensors(card));
        files().verify();
    }

    @Test
    void aRecordFromBeforeLikenessWasKeptIsRead() {
        var card = card("invoices", 0, "weights");
        var json = new String(PoolJson.write(card), StandardCharsets.UTF_8)
                .replaceAll("\\s*\"(likeness|share|seed)\": [^,\\n]*,?", "")
                .replaceAll("(\"validation\": 20),", "$1");
        assertFalse(json.contains("likeness") || json.contains("share"), json);
        commit(files().with(card, bytes("weights")).put("cards/invoices.json", bytes(json)));
        assertEquals(List.of(card), files().cards());
    }

    @Test
    void cardsStandInTheOrderTheyWereLearnedIn() {
        commit(files().with(card("zebra", 0, "z"), bytes("z")));
        commit(files().with(card("apple", 1, "a"), bytes("a")));
        assertEquals(
                List.of("zebra", "apple"),
                files().cards().stream().map(CardRecord::task).toList());
    }

    @Test
    void aCardIsRenamedAndRemoved() {
        commit(files().with(card("invoices", 0, "w"), bytes("w")));
        commit(files().renamed(new CardName("invoices"), new CardName("bills")));
        assertEquals("bills", files().cards().get(0).task());
        assertEquals(Map.of("bills", 97.5), files().cards().get(0).after());
        files().verify();
        commit(files().without(new CardName("bills")));
        assertEquals(List.of(), files().cards());
        var message = refusal(() -> files().card(new CardName("bills")));
        assertTrue(message.contains("no card \"bills\""), message);
    }

    @Test
    void aCardOfOtherBytesIsTold() {
        var card = card("invoices", 0, "w");
        commit(files().with(card, bytes("w")));
        commit(Change.NONE.put("cards/invoices.safetensors", bytes("v")));
        var message = refusal(files()::verify);
        assertTrue(message.contains("has the SHA-256"), message);
    }

    @Test
    void aRecordWithoutCardAndACardWithoutRecordAreTold() {
        commit(files().with(card("invoices", 0, "w"), bytes("w")));
        commit(Change.NONE.remove("cards/invoices.safetensors"));
        assertTrue(refusal(files()::verify).contains("has no cards/invoices.safetensors"));
        commit(Change.NONE.remove("cards/invoices.json").put("cards/invoices.safetensors", bytes("w")));
        assertTrue(refusal(files()::verify).contains("no card \"invoices\""));
    }

    @Test
    void whatIsNotAsItWasWrittenIsTold() {
        for (UnaryOperator<String> fault : List.<UnaryOperator<String>>of(
                json -> "",
                json -> "null",
                json -> "[]",
                json -> json.substring(0, json.length() / 2),
                json -> json.replace("\"encoder\"", "\"eyes\""),
                json -> json.replace("\"fingerprint\": \"cd34\"", "\"print\": 1"),
                json -> json.replace("refuse", "perhaps"),
                json -> json.replace("pool/1", "pool/2"))) {
            var good = new String(PoolJson.write(MANIFEST), StandardCharsets.UTF_8);
            var bad = fault.apply(good);
            assertNotEquals(good, bad);
            commit(Change.NONE.put("pool.json", bytes(bad)));
            refusal(files()::verify);
        }
        commit(Change.NONE.remove("pool.json"));
        assertTrue(refusal(files()::verify).contains("it is no pool"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a/b", "..", "Rechnung", "rechnung", "😀", "👩‍👩‍👧", "a b", "con", "ä", "%41", "a+b", "."})
    void anyNameHasFilesOfItsOwn(String name) {
        var card = new CardName(name);
        assertEquals(card, CardName.ofFile(card.file()));
        assertTrue(card.file().matches("[a-z0-9_%A-F-]+"), card.file());
        commit(files().with(card(name, 0, "w"), bytes("w")));
        assertEquals(name, files().cards().get(0).task());
        files().verify();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", " a", "a\n", "a\u0000b", "\u202Eabc", "a\u200Bb"})
    void namesThatNobodyCanSeeAreRefused(String name) {
        assertThrows(KarutaException.class, () -> new CardName(name));
    }

    @Test
    void anEncryptedPoolOpensForItsRecipientsAlone(@TempDir Path keys) throws Exception {
        var ada = key(keys, "ada");
        var bob = key(keys, "bob");
        var invoices = card("invoices", 0, "w");
        commit(files().with(invoices, bytes("w")));
        commit(files().protectedFor(List.of(ada.recipient)));
        assertEquals(
                Set.of("pool.json", "recipients.txt", "cards/invoices.json", "cards/invoices.safetensors.age"),
                files().snapshot().paths());
        assertArrayEquals(bytes("w"), files(ada).tensors(invoices));
        assertTrue(refusal(() -> files(bob).tensors(invoices)).contains("cannot be opened"));
        assertTrue(refusal(files()::verify).contains("is encrypted"));
        var letters = card("letters", 1, "v");
        commit(files().with(letters, bytes("v"))); // who learns need not be able to read
        commit(files().renamed(new CardName("invoices"), new CardName("bills")));
        assertEquals(2, files(ada).cards().size());
        files(ada).verify();
        commit(files(ada).protectedFor(List.of(ada.recipient, bob.recipient)));
        files(bob).verify();
        commit(files(bob).protectedFor(List.of()));
        files().verify();
        assertFalse(files().snapshot().paths().contains("recipients.txt"));
    }

    @Test
    void aClearCardInAnEncryptedPoolIsTold(@TempDir Path keys) throws Exception {
        var ada = key(keys, "ada");
        commit(files().protectedFor(List.of(ada.recipient)));
        var card = card("invoices", 0, "w");
        commit(files().with(card, bytes("w")));
        commit(Change.NONE.remove("cards/invoices.safetensors.age").put("cards/invoices.safetensors", bytes("w")));
        assertTrue(refusal(files(ada)::verify).contains("is not encrypted"));
    }

    private record Key(Recipient recipient, List<Identity> identities) {}

    private static Key key(Path place, String name) throws Exception {
        var pair = new X25519KeyPairGenerator().generateKeyPair();
        var file = Files.writeString(place.resolve(name), pair.getPrivate().toString());
        return new Key(new Recipient(pair.getPublic().toString(), name), Identity.read(file));
    }

    private PoolFiles files(Key key) {
        return new PoolFiles(pool.head().orElseThrow(), key.identities);
    }

    @Test
    void namesThatLookTheSameAreTheSame() {
        assertEquals(new CardName("\u00e4"), new CardName("a\u0308"));
        assertThrows(KarutaException.class, () -> new CardName("x".repeat(300)));
    }

    private static CardRecord card(String task, int number, String tensors) {
        return new CardRecord(
                task,
                number,
                ADA.toString(),
                NOON,
                new Source("data", "00", 80, 20),
                Map.of("length", "8"),
                Map.of(task, 12.5),
                Map.of(task, 97.5),
                List.of(),
                new Sha256().add(bytes(tensors)).hex());
    }

    private void commit(Change change) {
        pool.commit(change, ADA, NOON, "change");
    }

    private PoolFiles files() {
        return new PoolFiles(pool.head().orElseThrow());
    }

    private static String refusal(Runnable work) {
        return assertThrows(KarutaException.class, work::run).getMessage();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
