package karuta.archive.trust;

import static karuta.archive.pool.Pools.MANIFEST;
import static karuta.archive.pool.Pools.NOON;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import karuta.api.KarutaException;
import karuta.archive.Programs;
import karuta.archive.git.Author;
import karuta.archive.git.Change;
import karuta.archive.git.Committer;
import karuta.archive.git.PoolRepository;
import karuta.archive.git.Snapshot;
import karuta.archive.pool.CardName;
import karuta.archive.pool.CardRecord;
import karuta.archive.pool.PoolFiles;
import karuta.archive.pool.Source;
import karuta.archive.ssh.SigningKey;
import karuta.archive.ssh.SshKey;
import karuta.files.FolderTree;
import karuta.files.Sha256;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A pool of Ada, its owner, the authors Ben and Dora, and the reader Carl; and what is done to it. */
class TrustTest {

    @TempDir
    private Path place;

    private Path folder;
    private Programs git;
    private Memory memory;

    @BeforeEach
    void foundThePool() {
        Programs.assumeSsh();
        folder = place.resolve("team.pool");
        git = new Programs(folder);
        memory = new Memory(place.resolve("memory"));
        for (var name : List.of("ada", "ben", "carl", "dora", "eve")) {
            new Programs(place).key(name, "-t", "ed25519");
        }
        try (var pool = PoolRepository.create(folder)) {
            pool.commit(PoolFiles.begun(MANIFEST), author("ada"), NOON, "Begins a pool");
            found(pool, memory, "ada");
        }
        guarded("ben", files -> files.with(card("ben", "invoices"), bytes("weights")), "Learns invoices");
        guarded("ada", files -> files.with(card("ada", "letters"), bytes("more weights")), "Learns letters");
    }

    private void found(PoolRepository pool, Memory memory, String owner) {
        pool.setGuard(new Trust(pool, memory));
        var roles = Roles.of(author(owner), keys(owner))
                .with(author("ben"), Role.AUTHOR, keys("ben"))
                .with(author("dora"), Role.AUTHOR, keys("dora"))
                .with(author("carl"), Role.READER, keys("carl"));
        pool.commit(roles.change(), signing(owner), NOON, "Gives roles");
    }

    @Test
    void whoMayDoesAndThePoolIsRight() {
        guarded("ben", files -> files.with(card("ben", "invoices"), bytes("better")), "Learns invoices again");
        guarded("ben", files -> files.renamed(new CardName("invoices"), new CardName("bills")), "Renames");
        guarded(
                "ben",
                files -> files.with(card("ben", "notes"), bytes("n")).and(files.withState(bytes("s"))),
                "Learns");
        guarded("ben", files -> files.without(new CardName("bills")), "Removes");
        guarded("ada", files -> files.without(new CardName("notes")), "An owner removes another's card");
        guarded(
                "ada",
                files -> PoolFiles.begun(MANIFEST).put("recipients.txt", bytes("")),
                "An owner changes settings");
        guarded("ada", files -> roles(files).without("carl@example.org").change(), "An owner changes roles");
        try (var pool = PoolRepository.read(folder)) {
            assertEquals(11, new Trust(pool, memory).verify().orElseThrow().revisions());
        }
    }

    @Test
    void gitTakesTheRolesForAllowedSigners() {
        committed("carl", change("x", "y"), "by a reader");
        var log = git.run(
                "git", "-c", "gpg.ssh.allowedSignersFile=" + folder.resolve(Roles.FILE), "log", "--format=%G? %GS");
        assertEquals(
                List.of("B ", "G ada@example.org", "G ben@example.org", "G ada@example.org", "N "),
                log.lines().toList());
    }

    @Test
    void whatIsNotSignedIsRefused() {
        refusedToWrite("is not signed", author("ben"), change("cards/a.safetensors", "x"));
        raw(author("ben"), change("cards/a.safetensors", "x"), "unsigned");
        refusedToUse("\"unsigned\" by ben <ben@example.org>) is not signed");
    }

    @Test
    void anUnknownKeyIsRefused() {
        refused("signed by a key that nobody of the pool has", "eve", change("pool.json", "{}"));
    }

    @Test
    void aReaderIsRefused() {
        refused("is signed by carl <carl@example.org>, who is a reader", "carl", change("state.safetensors", "x"));
    }

    @Test
    void anAuthorKeepsToHisOwnCards() {
        var author = "is signed by dora <dora@example.org>, who is an author, and ";
        refused(
                author + "cards/invoices.json is of the card \"invoices\", which is ben",
                "dora",
                files -> files.without(new CardName("invoices")));
        refused(
                author + "cards/invoices.safetensors is of the card",
                "dora",
                change("cards/invoices.safetensors", "x"));
        refused(
                author + "cards/letters.json is of the card \"letters\", which is ada",
                "dora",
                files -> files.with(card("dora", "letters"), bytes("instead")));
        refused(
                author + "cards/own.json is of the card \"own\", which is ben",
                "dora",
                files -> files.with(card("ben", "own"), bytes("in his name")));
        refused(
                "cards/invoices.json is of the card \"invoices\", which is ada <ada@example.org>'s",
                "ben",
                files -> files.with(card("ada", "invoices"), bytes("weights")));
        refused(author + "cards/stray.safetensors belongs to no card", "dora", change("cards/stray.safetensors", "x"));
    }

    @Test
    void anAuthorChangesNothingOfThePoolItself() {
        for (var path : List.of(Roles.FILE, "pool.json", "recipients.txt", "README")) {
            refused(
                    "who is an author, and only an owner may change " + path,
                    "ben",
                    path.equals(Roles.FILE)
                            ? files -> roles(files)
                                    .with(author("ben"), Role.OWNER, keys("ben"))
                                    .change()
                            : change(path, "{}"));
        }
    }

    @Test
    void rolesStayAndAreWhole() {
        refused("takes the roles away", "ada", files -> Change.NONE.remove(Roles.FILE));
        refused("is not as Karuta writes it", "ada", change(Roles.FILE, "ada@example.org ssh-ed25519 AAAA\n"));
        refused("nobody is an owner", "ada", change(Roles.FILE, "\n"));
    }

    @Test
    void whoHasLostARoleIsRefused() {
        guarded("ada", files -> roles(files).without("ben@example.org").change(), "Ben leaves");
        refused("signed by a key that nobody", "ben", files -> files.without(new CardName("invoices")));
    }

    @Test
    void aRevisionInAnothersNameIsRefused() {
        refusedToWrite(
                "says that it is by ada <ada@example.org>, and is signed by the key of ben",
                Committer.signing(author("ada"), new SigningKey(place.resolve("ben"))),
                files -> files.without(new CardName("invoices")));
    }

    @Test
    void aSignatureOfAnotherRevisionIsRefused() throws IOException {
        // what Ada has signed, on a commit that takes a card away
        raw(author("ada"), files -> files.without(new CardName("letters")), "Removes letters");
        var signed = git.run("git", "cat-file", "commit", "HEAD~1");
        var signature = signed.substring(signed.indexOf("gpgsig "), signed.indexOf("END SSH SIGNATURE-----\n") + 23);
        var forged = git.run("git", "cat-file", "commit", "HEAD").replace("\n\n", "\n" + signature + "\n");
        Files.writeString(place.resolve("forged"), forged);
        var id =
                git.run("git", "hash-object", "-t", "commit", "-w", "../forged").strip();
        git.run("git", "reset", "-q", "--hard", id);
        refusedToUse("(\"Removes letters\" by ada <ada@example.org>) has a signature that was not made for it");
    }

    @Test
    void aChangedByteInACardOrRecordOrTheRolesIsTold() throws IOException {
        for (var path : List.of("cards/letters.safetensors", "cards/letters.json", Roles.FILE)) {
            var id = git.run("git", "rev-parse", "HEAD:" + path).strip();
            var object = folder.resolve(".git/objects/" + id.substring(0, 2) + "/" + id.substring(2));
            var whole = Files.readAllBytes(object);
            var text = new String(Files.readAllBytes(folder.resolve(path)), StandardCharsets.UTF_8);
            Files.writeString(place.resolve("changed"), text.substring(0, text.length() - 2) + "#\n");
            var other = git.run("git", "hash-object", "-w", "../changed").strip();
            Files.delete(object);
            Files.copy(folder.resolve(".git/objects/" + other.substring(0, 2) + "/" + other.substring(2)), object);
            try (var pool = PoolRepository.read(folder)) {
                var refusal = assertThrows(KarutaException.class, () -> {
                    new Trust(pool, memory).verify();
                    new PoolFiles(pool.head().orElseThrow()).verify();
                });
                assertTrue(refusal.getMessage().contains(path + " cannot be read"), refusal.getMessage());
                assertTrue(refusal.getMessage().contains("its contents were changed"), refusal.getMessage());
            }
            Files.delete(object);
            Files.write(object, whole);
        }
        use();
    }

    @Test
    void aMergeOfTwoAuthorsIsRightAndOneThatUndoesIsNot() {
        var clone = place.resolve("clone.pool");
        new Programs(place).run("git", "clone", "-q", "team.pool", "clone.pool");
        guarded("ada", files -> files.without(new CardName("letters")), "Removes letters");
        try (var pool = PoolRepository.open(clone)) {
            pool.setGuard(new Trust(pool, new Memory(place.resolve("dora.memory"))));
            commit(pool, signing("dora"), files -> files.with(card("dora", "notes"), bytes("n")), "Learns notes");
        }
        var before = git.run("git", "rev-parse", "HEAD").strip();
        merge("ben", "-m", "Merges");
        use();
        assertEquals(Set.of("invoices", "notes"), names());
        // the same, but the card that Ada has removed is back
        git.run("git", "reset", "-q", "--hard", before);
        merge("ben", "--no-commit");
        git.run("git", "checkout", "HEAD~1", "--", "cards");
        git("ben", "commit", "-q", "-S", "-m", "Merges");
        refusedToUse("who is an author, and cards/letters.json is of the card \"letters\", which is ada");
    }

    @Test
    void aMergeIsJudgedWithWhatItBringsAlong() {
        git.run("git", "checkout", "-q", "-b", "aside");
        committed("carl", change("state.safetensors", "x"), "by a reader");
        git.run("git", "checkout", "-q", "-b", "merged", "main");
        git("ben", "merge", "-q", "-S", "--no-ff", "-m", "Merges aside", "aside");
        git.run("git", "checkout", "-q", "main");
        try (var pool = PoolRepository.read(folder)) {
            var merged = pool.at("merged");
            var refusal = assertThrows(KarutaException.class, () -> new Trust(pool, memory).admit(merged));
            assertTrue(refusal.getMessage().contains("carl@example.org>, who is a reader"), refusal.getMessage());
        }
    }

    @Test
    void whatWasChangedBeforeThereWereRolesIsTheMergers() {
        git.run("git", "branch", "old", "HEAD~3"); // no roles yet
        git.run("git", "checkout", "-q", "old");
        raw(author("eve"), change("pool.json", "{}"), "Eve was here");
        git.run("git", "checkout", "-q", "main");
        git("ben", "merge", "-q", "-S", "-m", "Merges old", "old");
        refusedToUse("(\"Merges old\" by ben <ben@example.org>) is signed by ben <ben@example.org>, who is an author,"
                + " and only an owner may change pool.json");
    }

    @Test
    void anOlderStateIsRefusedAndCanBeAccepted() {
        use();
        git.run("git", "reset", "-q", "--hard", "HEAD~1");
        refusedToUse("which was its newest when it was used on");
        acceptAndUse();
    }

    @Test
    void anOlderStateIsRefusedInAnotherFolderToo() throws IOException {
        new Programs(place).run("git", "clone", "-q", "team.pool", "older.pool");
        guarded("ben", files -> files.without(new CardName("invoices")), "Removes invoices");
        FolderTree.delete(folder);
        Files.move(place.resolve("older.pool"), place.resolve("fetched.pool"));
        folder = place.resolve("fetched.pool");
        refusedToUse("this is an older copy of the pool, or its history was rewritten");
    }

    @Test
    void aStateFromBeforeTheRolesIsRefused() {
        git.run("git", "reset", "-q", "--hard", "HEAD~3");
        refusedToUse("has no roles, and had some");
        acceptAndUse();
    }

    @Test
    void rewrittenHistoryIsRefused() {
        git.run("git", "reset", "-q", "--hard", "HEAD~1");
        committed("ada", files -> files.with(card("ada", "other"), bytes("o")), "Learns other instead");
        refusedToUse("its history was rewritten");
        acceptAndUse();
    }

    @Test
    void anotherPoolInItsPlaceIsRefused() throws IOException {
        var other = new Memory(place.resolve("eves.memory"));
        FolderTree.delete(folder);
        try (var pool = PoolRepository.create(folder)) {
            pool.commit(PoolFiles.begun(MANIFEST), author("ada"), NOON, "Begins a pool");
            found(pool, other, "eve");
        }
        refusedToUse("has got its roles from eve <eve@example.org> SHA256:");
        acceptAndUse();
    }

    @Test
    void otherRolesInTheSameHistoryAreRefused() {
        git.run("git", "reset", "-q", "--hard", "HEAD~3");
        try (var pool = PoolRepository.open(folder)) {
            found(pool, new Memory(place.resolve("eves.memory")), "eve");
        }
        refusedToUse("its whole history was replaced");
        // and merged into the true one: by somebody who has a role in both
        git.run("git", "branch", "eves");
        git.run("git", "reset", "-q", "--hard", "main@{2}");
        use();
        git("ben", "merge", "-q", "-S", "-s", "ours", "-m", "Merges eves", "eves");
        refusedToUse("brings other roles into a history that has roles already");
    }

    @Test
    void aShallowCloneIsRefused() {
        new Programs(place).run("git", "clone", "-q", "--depth", "1", "file://" + folder, "shallow.pool");
        folder = place.resolve("shallow.pool");
        refusedToUse("is a shallow clone");
    }

    @Test
    void aRevisionBesideTheHistoryIsNotUsed() {
        git.run("git", "checkout", "-q", "-b", "aside");
        raw(author("eve"), change("pool.json", "{}"), "Eve was here");
        git.run("git", "checkout", "-q", "main");
        try (var pool = PoolRepository.read(folder)) {
            var trust = new Trust(pool, memory);
            trust.admitUse(pool.at("HEAD~2"));
            var aside = pool.at("aside");
            var refusal = assertThrows(KarutaException.class, () -> trust.admitUse(aside));
            assertTrue(refusal.getMessage().contains("nobody has judged it"), refusal.getMessage());
        }
    }

    @Test
    void anAuthorGoesBackToWhatIsHisOwn() {
        guarded("ben", files -> files.without(new CardName("invoices")), "Removes invoices");
        try (var pool = PoolRepository.open(folder)) {
            pool.setGuard(new Trust(pool, memory));
            pool.restore(pool.at("HEAD~1"), Set.of(Roles.FILE), signing("ben"), NOON, "Back");
            var first = pool.at("HEAD~3");
            var refusal = assertThrows(
                    KarutaException.class,
                    () -> pool.restore(first, Set.of(Roles.FILE), signing("ben"), NOON, "Back too far"));
            assertTrue(refusal.getMessage().contains("card \"letters\""), refusal.getMessage());
        }
        assertEquals(Set.of("invoices", "letters"), names());
    }

    @Test
    void aPoolWithoutRolesIsNotRemembered() {
        var plain = place.resolve("plain.pool");
        try (var pool = PoolRepository.create(plain)) {
            var trust = new Trust(pool, new Memory(place.resolve("none")));
            pool.setGuard(trust);
            pool.commit(PoolFiles.begun(MANIFEST), author("ada"), NOON, "Begins a pool");
            pool.commit(change("a", "b").apply(new PoolFiles(pool.head().orElseThrow())), author("eve"), NOON, "More");
            assertTrue(trust.verify().isEmpty());
            trust.admitUse(pool.at("HEAD~1"));
        }
        assertFalse(Files.exists(place.resolve("none")));
    }

    @Test
    void theFirstRolesAreSignedByAnOwner() {
        var plain = place.resolve("plain.pool");
        try (var pool = PoolRepository.create(plain)) {
            pool.setGuard(new Trust(pool, memory));
            pool.commit(PoolFiles.begun(MANIFEST), author("ada"), NOON, "Begins a pool");
            var roles = Roles.of(author("ada"), keys("ada")).with(author("ben"), Role.AUTHOR, keys("ben"));
            for (var by : List.of(author("ada"), signing("ben"), signing("eve"))) {
                assertThrows(KarutaException.class, () -> pool.commit(roles.change(), by, NOON, "Roles"));
            }
            pool.commit(roles.change(), signing("ada"), NOON, "Roles");
        }
    }

    // what somebody does who uses Karuta
    private void guarded(String name, Function<PoolFiles, Change> change, String message) {
        try (var pool = PoolRepository.open(folder)) {
            pool.setGuard(new Trust(pool, memory));
            commit(pool, signing(name), change, message);
        }
    }

    // what somebody does who uses something else, signed
    private void committed(String name, Function<PoolFiles, Change> change, String message) {
        raw(signing(name), change, message);
    }

    private void raw(Committer by, Function<PoolFiles, Change> change, String message) {
        try (var pool = PoolRepository.open(folder)) {
            commit(pool, by, change, message);
        }
    }

    private static Snapshot commit(
            PoolRepository pool, Committer by, Function<PoolFiles, Change> change, String message) {
        return pool.commit(change.apply(new PoolFiles(pool.head().orElseThrow())), by, NOON, message);
    }

    /** Karuta does not write it, and does not use it where something else has written it. */
    private void refused(String words, String name, Function<PoolFiles, Change> change) {
        refusedToWrite(words, signing(name), change);
        committed(name, change, "planted");
        refusedToUse(words);
        git.run("git", "reset", "-q", "--hard", "HEAD~1");
        use();
    }

    private void refusedToWrite(String words, Committer by, Function<PoolFiles, Change> change) {
        try (var pool = PoolRepository.open(folder)) {
            pool.setGuard(new Trust(pool, memory));
            var before = pool.head().orElseThrow().revision();
            var refusal = assertThrows(KarutaException.class, () -> commit(pool, by, change, "tried"));
            assertTrue(refusal.getMessage().contains(words), refusal.getMessage());
            assertEquals(before, pool.head().orElseThrow().revision());
        }
    }

    private void refusedToUse(String words) {
        for (var i = 0; i < 2; i++) { // a refusal is not forgotten
            var refusal = assertThrows(KarutaException.class, this::use).getMessage();
            assertTrue(refusal.contains(words), refusal);
            assertTrue(refusal.contains(folder.toString()) || refusal.contains("roles"), refusal);
        }
    }

    private void use() {
        try (var pool = PoolRepository.read(folder)) {
            new Trust(pool, memory).check();
        }
    }

    private void acceptAndUse() {
        try (var pool = PoolRepository.read(folder)) {
            new Trust(pool, memory).accept();
        }
        use();
    }

    private void merge(String name, String... options) {
        var command = new java.util.ArrayList<>(List.of("fetch", "-q", "../clone.pool", "main"));
        git(name, command.toArray(String[]::new));
        command = new java.util.ArrayList<>(List.of("merge", "-q", "-S", "FETCH_HEAD"));
        command.addAll(List.of(options));
        git(name, command.toArray(String[]::new));
    }

    private void git(String name, String... words) {
        var command = new java.util.ArrayList<>(List.of("git"));
        for (var setting : Map.of(
                        "gpg.format",
                        "ssh",
                        "user.signingkey",
                        place.resolve(name).toString(),
                        "user.name",
                        name,
                        "user.email",
                        name + "@example.org")
                .entrySet()) {
            command.addAll(List.of("-c", setting.getKey() + "=" + setting.getValue()));
        }
        command.addAll(List.of(words));
        git.run(command.toArray(String[]::new));
    }

    private Set<String> names() {
        try (var pool = PoolRepository.read(folder)) {
            return Set.copyOf(new PoolFiles(pool.head().orElseThrow())
                    .cards().stream().map(CardRecord::task).toList());
        }
    }

    private static Roles roles(PoolFiles files) {
        return Roles.of(files.snapshot()).orElseThrow();
    }

    private static Author author(String name) {
        return new Author(name, name + "@example.org");
    }

    private Committer signing(String name) {
        return Committer.signing(author(name), new SigningKey(place.resolve(name)));
    }

    private List<SshKey> keys(String name) {
        return SshKey.read(place.resolve(name + ".pub"));
    }

    private static Function<PoolFiles, Change> change(String path, String text) {
        return files -> Change.NONE.put(path, bytes(text));
    }

    private static CardRecord card(String author, String task) {
        var tensors = Map.of(
                "invoices", "weights", "letters", "more weights", "notes", "n", "other", "o", "own", "in his name");
        return new CardRecord(
                task,
                0,
                author(author).toString(),
                NOON,
                new Source("data", "00", 1, 0),
                Map.of(),
                Map.of(),
                Map.of(),
                new Sha256().add(bytes(tensors.get(task))).hex());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
